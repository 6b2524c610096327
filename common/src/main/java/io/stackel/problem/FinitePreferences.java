package io.stackel.problem;

import org.apache.spark.ml.linalg.DenseVector;

/**
 * A {@link PreferenceProblem} on a finite process: {@link #lowerReward} is the learnt reward r_x and {@link #upperReward} the
 * true one, and a step of a pair is the number of its cell.
 */
public interface FinitePreferences extends PreferenceProblem, FiniteProblem {

    @Override
    default int stepSize() {
        return 1;
    }

    @Override
    default double addMeanLoss(DenseVector upper, PreferencePairs pairs, double[] gradientInto) {
        double[] reward = new double[game(0).jointCells()];
        lowerReward(upper, 0, reward);
        double[] inReward = new double[reward.length];
        double loss = pairs.addMeanLoss(objective().ofModel(), reward, inReward);
        addLowerRewardGradient(upper, 0, inReward, gradientInto);
        return loss;
    }
}
