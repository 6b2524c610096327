package io.stackel.algorithm;

import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import org.apache.spark.ml.linalg.DenseVector;

/** A finite problem in two contexts: in the second one the follower is paid the opposite. */
record Opposed(FiniteProblem ground) implements AlteredProblem {

    @Override
    public int contexts() {
        return 2;
    }

    @Override
    public MarkovGame game(int context) {
        return ground.game(0);
    }

    @Override
    public void lowerReward(DenseVector upper, int context, double[] into) {
        ground.lowerReward(upper, 0, into);
        for (int i = 0; i < into.length && context == 1; i++) {
            into[i] = -into[i];
        }
    }

    @Override
    public void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        ground.addLowerRewardGradient(upper, 0, context == 1 ? VectorMath.scaled(-1, weights) : weights, into);
    }

    @Override
    public void upperReward(DenseVector upper, int context, double[] into) {
        ground.upperReward(upper, 0, into);
    }
}
