package io.stackel.mdp;

import static io.stackel.math.Requirements.require;

/**
 * The dynamics of a finite Markov game of a leader and a follower who see the state and move at once, in flat arrays; a
 * Markov decision process is the game whose leader has one action.
 *
 * <p>With S states, A leader actions and B follower actions, the joint action of (a, b) is {@code c = a * B + b} and
 * {@code transition[(s * A * B + c) * S + next]} is the probability of {@code next}. A row may sum to less than one: the
 * rest is the probability that the episode terminates there, with value zero afterwards. Rewards are no part of it,
 * since they may depend on the upper variable.
 *
 * @param states S, at least 1
 * @param leaderActions A, at least 1
 * @param followerActions B, at least 1
 * @param transition S x A x B x S probabilities, row-major; shared, not to be written to
 * @param start probabilities of the first state, length S
 * @param discount in [0, 1)
 */
public record MarkovGame(
        int states, int leaderActions, int followerActions, double[] transition, double[] start, double discount) {

    private static final double TOLERANCE = 1e-9;

    public MarkovGame {
        require(states >= 1, "states must be at least 1, but was " + states);
        require(leaderActions >= 1, "leaderActions must be at least 1, but was " + leaderActions);
        require(followerActions >= 1, "followerActions must be at least 1, but was " + followerActions);
        require(discount >= 0 && discount < 1, "discount must be in [0, 1), but was " + discount);
        long cells = (long) states * leaderActions * followerActions * states;
        require(transition.length == cells, "transition must have " + cells + " cells, but has " + transition.length);
        require(start.length == states, "start must have " + states + " cells, but has " + start.length);
        for (int row = 0; row < states * leaderActions * followerActions; row++) {
            requireSubDistribution(transition, row * states, states, "transition row " + row);
        }
        double total = requireSubDistribution(start, 0, states, "start");
        require(total > 1 - TOLERANCE, "start must sum to 1, but sums to " + total);
    }

    /** A decision process of one agent: {@code transition} is S x B x S. */
    public static MarkovGame ofProcess(int states, int actions, double[] transition, double[] start, double discount) {
        return new MarkovGame(states, 1, actions, transition, start, discount);
    }

    /** A x B. */
    public int jointActions() {
        return leaderActions * followerActions;
    }

    /** S x A x B: the length of a reward table. */
    public int jointCells() {
        return states * leaderActions * followerActions;
    }

    /** S x A: the length of a table of the leader's policy. */
    public int leaderCells() {
        return states * leaderActions;
    }

    /** S x B: the length of a table of the follower's policy. */
    public int followerCells() {
        return states * followerActions;
    }

    /**
     * The follower's own transitions when the leader plays {@code leaderPolicy}.
     *
     * @param leaderPolicy S x A probabilities
     * @return S x B x S: sum over a of leaderPolicy(a|s) transition(s, a, b, next); the stored array itself if A = 1
     */
    public double[] followerTransition(double[] leaderPolicy) {
        if (leaderActions == 1) {
            return transition;
        }
        return followerRows(leaderPolicy, transition, states);
    }

    /**
     * The average of a joint table over the leader's action.
     *
     * @param leaderPolicy S x A probabilities
     * @param joint S x A x B
     * @return S x B
     */
    public double[] followerTable(double[] leaderPolicy, double[] joint) {
        return followerRows(leaderPolicy, joint, 1);
    }

    /** The average over the leader's action of a joint table with {@code width} numbers a cell. */
    private double[] followerRows(double[] leaderPolicy, double[] joint, int width) {
        int row = followerActions * width;
        double[] result = new double[states * row];
        for (int cell = 0; cell < leaderCells(); cell++) {
            int to = cell / leaderActions * row;
            for (int i = 0; i < row; i++) {
                result[to + i] += leaderPolicy[cell] * joint[cell * row + i];
            }
        }
        return result;
    }

    private static double requireSubDistribution(double[] values, int offset, int count, String name) {
        double total = 0;
        for (int i = 0; i < count; i++) {
            double p = values[offset + i];
            if (!(p >= 0 && p <= 1 + TOLERANCE)) {
                throw new IllegalArgumentException(name + " must hold probabilities, but cell " + i + " was " + p);
            }
            total += p;
        }
        require(total <= 1 + TOLERANCE, name + " must sum to at most 1, but sums to " + total);
        return total;
    }
}
