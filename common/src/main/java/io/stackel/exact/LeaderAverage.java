package io.stackel.exact;

import io.stackel.mdp.MarkovGame;
import java.util.Arrays;

/**
 * The follower's transitions as the leader's policy moves: which cells can be non-zero is worked out once a game, so
 * that a new policy costs one pass over the game's non-zero probabilities.
 */
final class LeaderAverage {

    private final MarkovGame game;
    private final SparseTransitions joint;
    private final int[] start;
    private final int[] next;
    private final int[] target;

    LeaderAverage(MarkovGame game) {
        this.game = game;
        joint = SparseTransitions.of(game.states(), game.jointActions(), game.transition());
        target = new int[joint.entries()];
        start = new int[game.followerCells() + 1];
        int[] found = new int[joint.entries()];
        int filled = 0;
        int[] position = new int[game.states()];
        for (int cell = 0; cell < game.followerCells(); cell++) {
            filled = mergeRows(cell, position, found, filled);
            start[cell + 1] = filled;
        }
        next = Arrays.copyOf(found, filled);
    }

    /** Appends the next states that some action of the leader reaches from a follower's cell, in ascending order. */
    private int mergeRows(int cell, int[] position, int[] found, int filled) {
        Arrays.fill(position, -1);
        for (int a = 0; a < game.leaderActions(); a++) {
            int row = jointRow(cell, a);
            for (int i = joint.start(row); i < joint.start(row + 1); i++) {
                position[joint.next(i)] = 0;
            }
        }
        int end = filled;
        for (int t = 0; t < position.length; t++) {
            if (position[t] == 0) {
                position[t] = end;
                found[end++] = t;
            }
        }
        for (int a = 0; a < game.leaderActions(); a++) {
            int row = jointRow(cell, a);
            for (int i = joint.start(row); i < joint.start(row + 1); i++) {
                target[i] = position[joint.next(i)];
            }
        }
        return end;
    }

    private int jointRow(int followerCell, int leaderAction) {
        int s = followerCell / game.followerActions();
        int b = followerCell % game.followerActions();
        return (s * game.leaderActions() + leaderAction) * game.followerActions() + b;
    }

    /** The game's own transitions; row {@code (s * A + a) * B + b}. */
    SparseTransitions joint() {
        return joint;
    }

    /**
     * The follower's transitions P_x: sum over a of mu(a|s) P(. | s, a, b).
     *
     * @param leaderPolicy mu, S x A
     */
    SparseTransitions follower(double[] leaderPolicy) {
        if (game.leaderActions() == 1) {
            return joint;
        }
        double[] probability = new double[next.length];
        for (int cell = 0; cell < game.leaderCells(); cell++) {
            int first = joint.start(cell * game.followerActions());
            int last = joint.start((cell + 1) * game.followerActions());
            joint.scatter(leaderPolicy[cell], first, last, target, probability);
        }
        return new SparseTransitions(game.states(), game.followerActions(), start, next, probability);
    }
}
