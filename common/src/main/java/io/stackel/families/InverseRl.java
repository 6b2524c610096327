package io.stackel.families;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.ExpertVisits;
import io.stackel.problem.FiniteInverse;

/**
 * Inverse reinforcement learning on a finite process: a reward model {@code r_x = phi . x} is learnt from the trajectories
 * of experts; see {@link io.stackel.problem.InverseProblem}.
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
        implements FiniteInverse, LearntReward {

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
}
