package io.stackel.algorithm;

import io.stackel.math.VectorMath;
import io.stackel.problem.FiniteProblem;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/** A problem whose follower's rewards are no numbers as soon as |x| is above an edge. */
record Cliff(FiniteProblem ground, double edge) implements AlteredProblem {

    @Override
    public void lowerReward(DenseVector upper, int context, double[] into) {
        ground.lowerReward(upper, context, into);
        if (VectorMath.norm(upper.values()) > edge) {
            Arrays.fill(into, Double.NaN);
        }
    }
}
