package io.stackel.families;

import io.stackel.mdp.MarkovGame;

/**
 * What a log says: shares of transitions, mean rewards and the follower's choices.
 *
 * <p>What the log does not show must not tempt the follower, since it did not do it: a state-action that was never seen stays
 * where it is and pays the lowest reward that was seen less 20 tau, so that it is played with a probability of about
 * {@code exp(-20)} or less, and a bonus on it counts for nothing. In a state of which no action was seen, because
 * trajectories were cut there, all actions stay and pay the mean of the log.
 *
 * @param game the follower's process
 * @param seen which state-actions were seen, S x B
 * @param avoided which were not, in states of which others were, S x B
 * @param reward mean of the follower's rewards without what was offered, S x B
 * @param upperReward mean of the leader's rewards, S x B
 * @param choices how often each action was taken, by offer, S x B
 */
record LoggedGame(
        MarkovGame game, boolean[] seen, boolean[] avoided, double[] reward, double[] upperReward, long[][] choices) {

    private static final double AVOIDED = 20;

    /** What a log says without the trajectories of one group. */
    static LoggedGame of(FollowerLog log, double discount, int[] groups, int leftOut) {
        int states = log.states();
        int actions = log.actions();
        int size = RandomTables.cells(states, actions);
        double[] transition = new double[RandomTables.cells(size, states)];
        double[] visits = new double[size];
        double[] reward = new double[size];
        double[] upperReward = new double[size];
        double[] starts = new double[states];
        long[][] choices = new long[log.offers().length][size];
        double trajectories = 0;
        for (int i = 0; i < log.trajectories(); i++) {
            if (groups[i] == leftOut) {
                continue;
            }
            starts[log.start()[i]]++;
            trajectories++;
            for (int k = log.first(i); k < log.end()[i]; k++) {
                int cell = log.cells()[k];
                visits[cell]++;
                choices[log.offer()[i]][cell]++;
                reward[cell] += log.rewards()[k];
                upperReward[cell] += log.upperRewards()[k];
                if (log.next()[k] < states) {
                    transition[cell * states + log.next()[k]]++;
                }
            }
        }
        divide(starts, trajectories);
        boolean[] seen = new boolean[size];
        for (int cell = 0; cell < size; cell++) {
            seen[cell] = visits[cell] > 0;
            for (int t = 0; t < states && seen[cell]; t++) {
                transition[cell * states + t] /= visits[cell];
            }
            if (!seen[cell]) {
                transition[cell * states + cell / actions] = 1;
            }
        }
        boolean[] avoided = avoided(seen, actions);
        fill(reward, visits, avoided);
        fill(upperReward, visits, avoided);
        MarkovGame game = MarkovGame.ofProcess(states, actions, transition, starts, discount);
        return new LoggedGame(game, seen, avoided, reward, upperReward, choices);
    }

    /** What was not seen in states of which something was. */
    private static boolean[] avoided(boolean[] seen, int actions) {
        boolean[] avoided = new boolean[seen.length];
        for (int first = 0; first < seen.length; first += actions) {
            boolean known = false;
            for (int cell = first; cell < first + actions; cell++) {
                known |= seen[cell];
            }
            for (int cell = first; cell < first + actions; cell++) {
                avoided[cell] = known && !seen[cell];
            }
        }
        return avoided;
    }

    private static void divide(double[] values, double by) {
        for (int i = 0; i < values.length; i++) {
            values[i] /= by;
        }
    }

    /** Sums of rewards become means: the lowest of them where it is avoided, that of the log in a state without any. */
    private static void fill(double[] sums, double[] visits, boolean[] avoided) {
        double total = 0;
        double steps = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int cell = 0; cell < sums.length; cell++) {
            if (visits[cell] > 0) {
                total += sums[cell];
                steps += visits[cell];
                sums[cell] /= visits[cell];
                lowest = Math.min(lowest, sums[cell]);
            }
        }
        for (int cell = 0; cell < sums.length; cell++) {
            if (visits[cell] == 0) {
                sums[cell] = avoided[cell] ? lowest : total / steps;
            }
        }
    }

    /**
     * Writes the follower's reward at an upper variable, S x B.
     *
     * @param entropyWeight tau
     */
    void lowerReward(RewardFeatures features, double[] upper, double entropyWeight, double[] into) {
        features.rewards(upper, into);
        for (int cell = 0; cell < into.length; cell++) {
            double bonus = seen[cell] ? into[cell] : 0;
            into[cell] = reward[cell] + bonus - (avoided[cell] ? AVOIDED * entropyWeight : 0);
        }
    }

    /** Adds the pullback of the follower's reward. */
    void addLowerRewardGradient(RewardFeatures features, double[] weights, double[] into) {
        double[] counting = new double[weights.length];
        for (int cell = 0; cell < counting.length; cell++) {
            counting[cell] = seen[cell] ? weights[cell] : 0;
        }
        features.addPullback(counting, into);
    }
}
