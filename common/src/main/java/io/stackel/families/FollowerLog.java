package io.stackel.families;

import java.util.Arrays;

/**
 * What a follower was seen to do in a finite process under several offers of the leader, one trajectory under one offer.
 *
 * @param states S
 * @param actions B
 * @param offers the upper variable of each offer
 * @param offer of each trajectory
 * @param start the first state of each trajectory
 * @param end where in the arrays of steps each trajectory ends
 * @param cells of the steps: state x B + action
 * @param next of the steps: a state, or S where the episode ended
 * @param rewards of the steps: the follower's, without what was offered
 * @param upperRewards of the steps: the leader's
 */
record FollowerLog(
        int states,
        int actions,
        double[][] offers,
        int[] offer,
        int[] start,
        int[] end,
        int[] cells,
        int[] next,
        double[] rewards,
        double[] upperRewards) {

    private static final int NONE = -1;

    /** Steps as they come; mutable. */
    static final class Builder {

        private final int states;
        private final int actions;
        private final double[][] offers;
        private final int[] offer;
        private final int[] start;
        private final int[] end;
        private final int[] cells;
        private final int[] next;
        private final double[] rewards;
        private final double[] upperRewards;
        private int trajectories;
        private int steps;

        /** Room for so many steps at most, which also bound the trajectories. */
        Builder(int states, int actions, double[][] offers, int most) {
            this.states = states;
            this.actions = actions;
            this.offers = offers;
            offer = new int[most];
            start = new int[most];
            end = new int[most];
            cells = new int[most];
            next = new int[most];
            rewards = new double[most];
            upperRewards = new double[most];
        }

        /** Begins a trajectory. */
        void begin(int ofOffer, int state) {
            offer[trajectories] = ofOffer;
            start[trajectories] = state;
            end[trajectories++] = steps;
        }

        /** A step of the trajectory that has begun. */
        void add(int cell, int to, double reward, double upperReward) {
            cells[steps] = cell;
            next[steps] = to;
            rewards[steps] = reward;
            upperRewards[steps++] = upperReward;
            end[trajectories - 1] = steps;
        }

        FollowerLog log() {
            return new FollowerLog(
                    states,
                    actions,
                    offers,
                    Arrays.copyOf(offer, trajectories),
                    Arrays.copyOf(start, trajectories),
                    Arrays.copyOf(end, trajectories),
                    Arrays.copyOf(cells, steps),
                    Arrays.copyOf(next, steps),
                    Arrays.copyOf(rewards, steps),
                    Arrays.copyOf(upperRewards, steps));
        }
    }

    int trajectories() {
        return offer.length;
    }

    /** Where in the arrays of steps a trajectory begins. */
    int first(int trajectory) {
        return trajectory == 0 ? 0 : end[trajectory - 1];
    }

    /** A group for each trajectory, dealt in the order of the offers, so that groups have as many of each as can be. */
    int[] groups(int count) {
        int[] groups = new int[trajectories()];
        int dealt = 0;
        for (int o = 0; o < offers.length; o++) {
            for (int i = 0; i < groups.length; i++) {
                if (offer[i] == o) {
                    groups[i] = dealt++ % count;
                }
            }
        }
        return groups;
    }

    /** What the whole log says. */
    LoggedGame game(double discount) {
        return LoggedGame.of(this, discount, new int[trajectories()], NONE);
    }
}
