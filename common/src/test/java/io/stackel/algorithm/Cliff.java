package io.stackel.algorithm;

import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/** A problem whose follower's rewards are no numbers as soon as |x| is above an edge. */
record Cliff(FiniteProblem ground, double edge) implements FiniteProblem {

    @Override
    public int upperSize() {
        return ground.upperSize();
    }

    @Override
    public MarkovGame game(int context) {
        return ground.game(context);
    }

    @Override
    public double entropyWeight() {
        return ground.entropyWeight();
    }

    @Override
    public Dependence dependence() {
        return ground.dependence();
    }

    @Override
    public void lowerReward(DenseVector upper, int context, double[] into) {
        ground.lowerReward(upper, context, into);
        if (VectorMath.norm(upper.values()) > edge) {
            Arrays.fill(into, Double.NaN);
        }
    }

    @Override
    public void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        ground.addLowerRewardGradient(upper, context, weights, into);
    }

    @Override
    public void upperReward(DenseVector upper, int context, double[] into) {
        ground.upperReward(upper, context, into);
    }
}
