package io.stackel.families;

import io.stackel.problem.PairRule;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.PreferenceProtocol;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Reinforcement learning from preferences on a classic control task; see {@link PreferenceProblem}.
 *
 * @param reward r_x
 * @param discount in [0, 1)
 * @param entropyWeight tau, at least 0
 * @param regularization at least 0
 * @param pairs how pairs are cut and labelled
 * @param protocol how pairs are gathered
 */
record TaskPreferences(
        TaskReward reward,
        double discount,
        double entropyWeight,
        double regularization,
        PairRule pairs,
        PreferenceProtocol protocol)
        implements PreferenceProblem, LearntTask {

    @Override
    public double addMeanLoss(DenseVector upper, PreferencePairs kept, double[] gradientInto) {
        TaskReward.Pass pass = reward.at(upper.values());
        int places = 2 * kept.segmentLength() * kept.size();
        int[] rowOf = new int[places];
        int inputs = reward.network().inputs();
        double[] features = new double[Math.multiplyExact(places, inputs)];
        double[] steps = kept.steps();
        int rows = 0;
        for (int step = 0; step < places; step++) {
            if (kept.hasStep(step)) {
                int from = step * kept.stepSize() + 1;
                pass.writeFeatures(steps, from, steps, from + observationSize(), features, rows * inputs);
                rowOf[step] = rows++;
            }
        }
        double[] rewards = new double[rows];
        double[] weights = new double[rows];
        pass.rewards(features, rows, rewards);
        double loss = kept.meanLoss(objective().ofModel(), new PreferencePairs.Rewards() {
            @Override
            public double of(int step) {
                return rewards[rowOf[step]];
            }

            @Override
            public void addGradient(int step, double derivative) {
                weights[rowOf[step]] += derivative;
            }
        });
        pass.addGradients(features, rows, weights, gradientInto);
        return loss;
    }
}
