package io.stackel.families;

import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A process without a leader's actions, to whose lower reward the leader adds x, cell by cell, and pays
 * {@code regularization/2 |x|^2} for it.
 */
interface AddedReward extends FiniteProblem, Regularized {

    /** The process. */
    MarkovGame game();

    /** The lower reward to which x is added, a number a cell. */
    double[] reward();

    /** u, a number a cell. */
    double[] upperReward();

    @Override
    default int upperSize() {
        return reward().length;
    }

    /** The state and the follower's action, or the joint one. */
    @Override
    default String upperName(int i) {
        int actions = reward().length / states();
        return stateName(i / actions) + ", " + actionName(i % actions);
    }

    @Override
    default MarkovGame game(int context) {
        return game();
    }

    @Override
    default void lowerReward(DenseVector upper, int context, double[] into) {
        System.arraycopy(reward(), 0, into, 0, upperSize());
        VectorMath.addScaled(1, upper.values(), into);
    }

    @Override
    default void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        VectorMath.addScaled(1, weights, into);
    }

    @Override
    default void upperReward(DenseVector upper, int context, double[] into) {
        System.arraycopy(upperReward(), 0, into, 0, upperSize());
    }

    @Override
    default Dependence dependence() {
        return new Dependence(false, true, false);
    }
}
