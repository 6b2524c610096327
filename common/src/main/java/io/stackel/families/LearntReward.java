package io.stackel.families;

import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A process of one agent, whose reward {@code r_x = phi . x} is learnt:
 *
 * <pre>
 *   upperTerm(x) = regularization/2 |x|^2
 * </pre>
 */
interface LearntReward extends FiniteProblem {

    /** The decision process without its reward. */
    MarkovGame game();

    /** phi. */
    RewardFeatures features();

    /** At least 0. */
    double regularization();

    @Override
    default int upperSize() {
        return features().size();
    }

    @Override
    default MarkovGame game(int context) {
        return game();
    }

    @Override
    default void lowerReward(DenseVector upper, int context, double[] into) {
        features().rewards(upper.values(), into);
    }

    @Override
    default void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        features().addPullback(weights, into);
    }

    @Override
    default double upperTerm(DenseVector upper) {
        return regularization() / 2 * VectorMath.normSquared(upper.values());
    }

    @Override
    default void addUpperTermGradient(DenseVector upper, double[] into) {
        VectorMath.addScaled(regularization(), upper.values(), into);
    }
}
