package io.stackel.families;

import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.ExpertVisits;
import io.stackel.problem.FiniteInverse;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Inverse reinforcement learning on a finite process: a reward model {@code r_x = phi . x} is learnt from the trajectories
 * of experts; see {@link io.stackel.problem.InverseProblem}.
 *
 * <pre>
 *   upperTerm(x) = regularization/2 |x|^2
 * </pre>
 *
 * @param game a process of one agent, which starts where the experts start
 * @param features phi
 * @param entropyWeight tau, at least 0
 * @param regularization at least 0
 * @param experts what they did
 * @param trueReward S x B, or empty
 */
record InverseRl(
        MarkovGame game,
        RewardFeatures features,
        double entropyWeight,
        double regularization,
        ExpertVisits experts,
        double[] trueReward)
        implements FiniteInverse {

    /** The problem of experts in a process, whatever that process's own start is. */
    static InverseRl of(
            MarkovGame process,
            RewardFeatures features,
            double entropyWeight,
            double regularization,
            ExpertVisits experts,
            double[] trueReward) {
        MarkovGame game = MarkovGame.ofProcess(
                process.states(),
                process.followerActions(),
                process.transition(),
                experts.starts(),
                process.discount());
        return new InverseRl(game, features, entropyWeight, regularization, experts, trueReward);
    }

    @Override
    public int upperSize() {
        return features.size();
    }

    @Override
    public MarkovGame game(int context) {
        return game;
    }

    @Override
    public void lowerReward(DenseVector upper, int context, double[] into) {
        features.rewards(upper.values(), into);
    }

    @Override
    public void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        features.addPullback(weights, into);
    }

    @Override
    public double upperTerm(DenseVector upper) {
        return regularization / 2 * VectorMath.normSquared(upper.values());
    }

    @Override
    public void addUpperTermGradient(DenseVector upper, double[] into) {
        VectorMath.addScaled(regularization, upper.values(), into);
    }
}
