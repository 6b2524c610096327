package io.stackel.algorithm;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import org.apache.spark.ml.linalg.DenseVector;

/** The game and the rewards of another finite problem, without its term in x; what is altered is overridden. */
interface AlteredProblem extends FiniteProblem {

    /** The other one. */
    FiniteProblem ground();

    @Override
    default int upperSize() {
        return ground().upperSize();
    }

    @Override
    default MarkovGame game(int context) {
        return ground().game(context);
    }

    @Override
    default double entropyWeight() {
        return ground().entropyWeight();
    }

    @Override
    default void lowerReward(DenseVector upper, int context, double[] into) {
        ground().lowerReward(upper, context, into);
    }

    @Override
    default void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        ground().addLowerRewardGradient(upper, context, weights, into);
    }

    @Override
    default void upperReward(DenseVector upper, int context, double[] into) {
        ground().upperReward(upper, context, into);
    }

    @Override
    default Dependence dependence() {
        return ground().dependence();
    }
}
