package io.stackel.exact;

import io.stackel.mdp.MarkovGame;
import io.stackel.mdp.Transitions;
import java.util.Arrays;

/**
 * The follower's transitions as the leader's policy moves: which cells can be non-zero is worked out once a game, so
 * that a new policy costs one pass over the game's non-zero probabilities.
 */
final class LeaderAverage {

    private static final int NOT_REACHED = -1;

    private final MarkovGame game;
    private final Transitions joint;
    private final int[] start;
    private final int[] next;
    private final int[] target;

    LeaderAverage(MarkovGame game) {
        this.game = game;
        joint = game.transitions();
        target = new int[joint.entries()];
        start = new int[game.followerCells() + 1];
        int[] found = new int[joint.entries()];
        int filled = 0;
        int[] position = new int[game.states()];
        int[] reached = new int[game.states()];
        Arrays.fill(position, NOT_REACHED);
        for (int cell = 0; game.leaderActions() > 1 && cell < game.followerCells(); cell++) {
            filled = mergeRows(cell, position, reached, found, filled);
            start[cell + 1] = filled;
        }
        next = Arrays.copyOf(found, filled);
    }

    /** Appends the next states that some action of the leader reaches from a follower's cell, in ascending order. */
    private int mergeRows(int cell, int[] position, int[] reached, int[] found, int filled) {
        int count = 0;
        for (int a = 0; a < game.leaderActions(); a++) {
            int row = jointRow(cell, a);
            for (int i = joint.start(row); i < joint.start(row + 1); i++) {
                int t = joint.next(i);
                if (position[t] == NOT_REACHED) {
                    position[t] = 0;
                    reached[count++] = t;
                }
            }
        }
        Arrays.sort(reached, 0, count);
        for (int k = 0; k < count; k++) {
            position[reached[k]] = filled + k;
            found[filled + k] = reached[k];
        }
        for (int a = 0; a < game.leaderActions(); a++) {
            int row = jointRow(cell, a);
            for (int i = joint.start(row); i < joint.start(row + 1); i++) {
                target[i] = position[joint.next(i)];
            }
        }
        for (int k = 0; k < count; k++) {
            position[reached[k]] = NOT_REACHED;
        }
        return filled + count;
    }

    private int jointRow(int followerCell, int leaderAction) {
        int s = followerCell / game.followerActions();
        int b = followerCell % game.followerActions();
        return (s * game.leaderActions() + leaderAction) * game.followerActions() + b;
    }

    /** The game's own transitions; row {@code (s * A + a) * B + b}. */
    Transitions joint() {
        return joint;
    }

    /**
     * The follower's transitions P_x: sum over a of mu(a|s) P(. | s, a, b).
     *
     * @param leaderPolicy mu, S x A
     */
    Transitions follower(double[] leaderPolicy) {
        if (game.leaderActions() == 1) {
            return joint;
        }
        double[] probability = new double[next.length];
        for (int cell = 0; cell < game.leaderCells(); cell++) {
            int first = joint.start(cell * game.followerActions());
            int last = joint.start((cell + 1) * game.followerActions());
            joint.scatter(leaderPolicy[cell], first, last, target, probability);
        }
        return new Transitions(game.states(), game.followerActions(), start, next, probability);
    }
}
