package io.stackel.mdp;

/**
 * A Markov game estimated from counted transitions: what was never seen stays where it is and pays the state's mean reward.
 *
 * <p>Each row of counts, of a state and a joint action, has one pseudo-count: a self-loop that pays the mean reward over the
 * joint actions that were seen in the state. Its weight fades with the counts.
 *
 * @param game the estimated dynamics
 * @param visits how often each row was seen, S x A x B
 */
public record CountedProcess(MarkovGame game, long[] visits) {

    /**
     * The game of counts.
     *
     * @param start probabilities of the first state, length S
     * @param counts tallies by {@code cell * (S + 1) + next}, next = S for termination
     */
    public static CountedProcess of(
            int states, int leaderActions, int followerActions, double[] start, double discount, long[] counts) {
        int joint = leaderActions * followerActions;
        long[] visits = new long[states * joint];
        double[] transition = new double[visits.length * states];
        for (int cell = 0; cell < visits.length; cell++) {
            int from = cell * (states + 1);
            for (int next = 0; next <= states; next++) {
                visits[cell] += counts[from + next];
            }
            double rows = visits[cell] + 1.0;
            for (int next = 0; next < states; next++) {
                transition[cell * states + next] = counts[from + next] / rows;
            }
            transition[cell * states + cell / joint] += 1 / rows;
        }
        return new CountedProcess(
                new MarkovGame(states, leaderActions, followerActions, transition, start, discount), visits);
    }

    /** The length of a table of counts. */
    public static long size(int states, int jointActions) {
        return (long) states * jointActions * (states + 1);
    }

    /** Rewards with the pseudo-counts, in place: {@code r(cell) <- ( n(cell) r(cell) + mean of the state ) / ( n(cell) + 1 )}. */
    public void shrink(double[] rewards) {
        int joint = game.jointActions();
        for (int s = 0; s < game.states(); s++) {
            double total = 0;
            long seen = 0;
            for (int cell = s * joint; cell < (s + 1) * joint; cell++) {
                total += visits[cell] * rewards[cell];
                seen += visits[cell];
            }
            double mean = seen == 0 ? 0 : total / seen;
            for (int cell = s * joint; cell < (s + 1) * joint; cell++) {
                rewards[cell] = (visits[cell] * rewards[cell] + mean) / (visits[cell] + 1.0);
            }
        }
    }

    /** Weights of shrunk rewards as weights of the real ones: {@link #shrink} is linear. */
    public double[] shrinkTransposed(double[] weights) {
        double[] real = new double[weights.length];
        int joint = game.jointActions();
        for (int s = 0; s < game.states(); s++) {
            double ofMean = 0;
            long seen = 0;
            for (int cell = s * joint; cell < (s + 1) * joint; cell++) {
                real[cell] = weights[cell] / (visits[cell] + 1.0);
                ofMean += real[cell];
                seen += visits[cell];
            }
            double each = seen == 0 ? 0 : ofMean / seen;
            for (int cell = s * joint; cell < (s + 1) * joint; cell++) {
                real[cell] = visits[cell] * (real[cell] + each);
            }
        }
        return real;
    }
}
