package io.stackel.families;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import org.apache.spark.ml.linalg.DenseVector;

/** A process of one agent, whose reward {@code r_x = phi . x} is learnt. */
interface LearntReward extends FiniteProblem, Regularized {

    Parameter REGULARIZATION = Parameter.real(
            "regularization",
            0.001,
            Range.NON_NEGATIVE,
            "Weight decay: regularization / 2 times the squared norm of x is added to the upper objective.");

    /** The decision process without its reward. */
    MarkovGame game();

    /** phi. */
    RewardFeatures features();

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
}
