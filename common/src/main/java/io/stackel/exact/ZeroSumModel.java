package io.stackel.exact;

import io.stackel.problem.FiniteProblem;
import io.stackel.problem.ZeroSumProblem;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A two-player zero-sum game in one context, ready for exact computation; immutable, so that threads may share it.
 *
 * <p>Both players' policies travel in one array: log p, S x A, followed by log q, S x B.
 */
public final class ZeroSumModel {

    final ExactModel joint;
    final int states;
    final int firstActions;
    final int secondActions;
    private final PlayerProcess first;
    private final PlayerProcess second;
    private final ExactModel firstModel;
    private final ExactModel secondModel;

    /** Prepares a context of a problem, in [0, contexts). */
    public ZeroSumModel(ZeroSumProblem problem, int context) {
        this(problem, context, problem.firstActions());
    }

    /**
     * Prepares a game given as the process of its joint actions, as counted transitions give it.
     *
     * @param joint joint action c = a * B + b, without a leader; {@code lowerReward} is the payoff
     * @param firstActions A
     */
    public ZeroSumModel(FiniteProblem joint, int context, int firstActions) {
        this.joint = new ExactModel(joint, context);
        this.firstActions = firstActions;
        states = this.joint.game.states();
        secondActions = this.joint.game.followerActions() / firstActions;
        first = new PlayerProcess(joint, context, firstActions, true);
        second = new PlayerProcess(joint, context, firstActions, false);
        firstModel = new ExactModel(first, 0);
        secondModel = new ExactModel(second, 0);
    }

    /** The game with its tables at an upper variable of length m. */
    public ZeroSumPoint at(DenseVector upper) {
        return new ZeroSumPoint(this, upper);
    }

    /** The first player's decision process against log q. */
    ExactPoint firstProcess(DenseVector upper, double[] secondLogs) {
        return firstModel.at(first.upper(upper, secondLogs));
    }

    /** The second player's decision process against log p. */
    ExactPoint secondProcess(DenseVector upper, double[] firstLogs) {
        return secondModel.at(second.upper(upper, firstLogs));
    }
}
