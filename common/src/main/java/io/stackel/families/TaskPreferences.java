package io.stackel.families;

import io.stackel.math.VectorMath;
import io.stackel.problem.PairRule;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.PreferenceProtocol;
import io.stackel.problem.Simulator;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Reinforcement learning from preferences on a classic control task; see {@link PreferenceProblem}.
 *
 * <pre>
 *   upperTerm(x) = regularization/2 |x|^2
 * </pre>
 *
 * <p>The follower observes the scaled observation and a constant 1; the true reward is the task's own.
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
        implements PreferenceProblem {

    @Override
    public int upperSize() {
        return reward.network().parameters();
    }

    @Override
    public DenseVector upperStart(RandomStream random) {
        return reward.start(random);
    }

    @Override
    public double upperTerm(DenseVector upper) {
        return regularization / 2 * VectorMath.normSquared(upper.values());
    }

    @Override
    public void addUpperTermGradient(DenseVector upper, double[] into) {
        VectorMath.addScaled(regularization, upper.values(), into);
    }

    @Override
    public int actions() {
        return reward.task().actions();
    }

    @Override
    public int actionSize() {
        return reward.task().actionSize();
    }

    @Override
    public int observationSize() {
        return reward.task().size() + 1;
    }

    @Override
    public Simulator simulator(DenseVector upper, int context) {
        return new TaskSimulator(reward, upper.values());
    }

    @Override
    public double addMeanLoss(DenseVector upper, PreferencePairs kept, double[] gradientInto) {
        TaskReward.Pass pass = reward.at(upper.values());
        int places = 2 * kept.segmentLength() * kept.size();
        int[] rowOf = new int[places];
        int inputs = reward.network().inputs();
        double[] features = new double[Math.multiplyExact(places, inputs)];
        int rows = 0;
        for (int step = 0; step < places; step++) {
            if (kept.hasStep(step)) {
                int from = step * kept.stepSize() + 1;
                int action = from + observationSize();
                pass.writeFeatures(
                        Arrays.copyOfRange(kept.steps(), from, action),
                        Arrays.copyOfRange(kept.steps(), action, action + actionSize()),
                        features,
                        rows * inputs);
                rowOf[step] = rows++;
            }
        }
        double[] rewards = new double[rows];
        double[] weights = new double[rows];
        pass.rewards(features, rows, rewards);
        double loss = kept.meanLoss(new PreferencePairs.Rewards() {
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
