package io.stackel.mdp;

import static io.stackel.math.Requirements.require;

/**
 * The dynamics of a finite Markov game of a leader and a follower who see the state and move at once, in flat arrays; a
 * Markov decision process is the game whose leader has one action.
 *
 * <p>With S states, A leader actions and B follower actions, the joint action of (a, b) is {@code c = a * B + b} and
 * row {@code s * A * B + c} of the transitions has the probabilities of the next states. A row may sum to less than one: the
 * rest is the probability that the episode terminates there, with value zero afterwards. Rewards are no part of it,
 * since they may depend on the upper variable.
 *
 * @param states S, at least 1
 * @param leaderActions A, at least 1
 * @param followerActions B, at least 1
 * @param transitions of the A x B joint actions of each state
 * @param start probabilities of the first state, length S
 * @param discount in [0, 1)
 */
public record MarkovGame(
        int states, int leaderActions, int followerActions, Transitions transitions, double[] start, double discount) {

    private static final double TOLERANCE = 1e-9;

    /** The start in place of the number of a row. */
    private static final int START = -1;

    public MarkovGame {
        requireSizes(states, leaderActions, followerActions);
        require(discount >= 0 && discount < 1, "discount must be in [0, 1), but was " + discount);
        require(
                transitions.states() == states && transitions.actions() == leaderActions * followerActions,
                "transitions must be those of the game's states and joint actions");
        require(start.length == states, "start must have " + states + " cells, but has " + start.length);
        for (int row = 0; row < states * leaderActions * followerActions; row++) {
            requireSubDistribution(transitions, row);
        }
        double total = 0;
        for (int s = 0; s < states; s++) {
            requireProbability(start[s], START, s);
            total += start[s];
        }
        requireAtMostOne(total, START);
        require(total > 1 - TOLERANCE, "start must sum to 1, but sums to " + total);
    }

    /**
     * A game from a full table.
     *
     * @param transition S x A x B x S probabilities, row-major: that of {@code next} after joint action c of s stands at
     *     {@code (s * A * B + c) * S + next}; shared, not to be written to
     */
    public MarkovGame(
            int states, int leaderActions, int followerActions, double[] transition, double[] start, double discount) {
        this(
                states,
                leaderActions,
                followerActions,
                compressed(states, leaderActions, followerActions, transition),
                start,
                discount);
    }

    private static Transitions compressed(int states, int leaderActions, int followerActions, double[] transition) {
        requireSizes(states, leaderActions, followerActions);
        return Transitions.of(states, leaderActions * followerActions, transition);
    }

    private static void requireSizes(int states, int leaderActions, int followerActions) {
        require(states >= 1, "states must be at least 1, but was " + states);
        require(leaderActions >= 1, "leaderActions must be at least 1, but was " + leaderActions);
        require(followerActions >= 1, "followerActions must be at least 1, but was " + followerActions);
    }

    /** A decision process of one agent: {@code transition} is S x B x S. */
    public static MarkovGame ofProcess(int states, int actions, double[] transition, double[] start, double discount) {
        return new MarkovGame(states, 1, actions, transition, start, discount);
    }

    /** The full table, S x A x B x S, row-major; written out where the game came without one. */
    public double[] transition() {
        return transitions.dense();
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
            return transition();
        }
        return followerRows(leaderPolicy, transition(), states);
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

    private static void requireSubDistribution(Transitions transitions, int row) {
        double total = 0;
        for (int i = transitions.start(row); i < transitions.start(row + 1); i++) {
            boolean ascending = i == transitions.start(row) || transitions.next(i) > transitions.next(i - 1);
            if (!ascending || transitions.next(i) < 0 || transitions.next(i) >= transitions.states()) {
                throw new IllegalArgumentException(
                        name(row) + " must name next states in ascending order, but has " + transitions.next(i));
            }
            requireProbability(transitions.probability(i), row, transitions.next(i));
            total += transitions.probability(i);
        }
        requireAtMostOne(total, row);
    }

    private static void requireProbability(double p, int row, int cell) {
        if (!(p >= 0 && p <= 1 + TOLERANCE)) {
            throw new IllegalArgumentException(name(row) + " must hold probabilities, but cell " + cell + " was " + p);
        }
    }

    private static void requireAtMostOne(double total, int row) {
        if (!(total <= 1 + TOLERANCE)) {
            throw new IllegalArgumentException(name(row) + " must sum to at most 1, but sums to " + total);
        }
    }

    private static String name(int row) {
        return row == START ? "start" : "transition row " + row;
    }
}
