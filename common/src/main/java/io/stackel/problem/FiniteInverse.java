package io.stackel.problem;

import io.stackel.math.VectorMath;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * An {@link InverseProblem} on a finite process. As a {@link FiniteProblem} its u is zero: the upper objective is the
 * likelihood, not a return.
 */
public interface FiniteInverse extends InverseProblem, FiniteProblem {

    /** What the experts did. */
    ExpertVisits experts();

    /** The reward that the experts follow, S x B, by which policies are judged; empty if it is not known. */
    double[] trueReward();

    @Override
    default void addExpertGradient(DenseVector upper, double weight, double[] into) {
        addLowerRewardGradient(upper, 0, VectorMath.scaled(weight, experts().occupancy()), into);
    }

    @Override
    default double[] ends() {
        return experts().ends();
    }

    @Override
    default void upperReward(DenseVector upper, int context, double[] into) {
        Arrays.fill(into, 0);
    }

    @Override
    default Dependence dependence() {
        return new Dependence(false, true, false);
    }
}
