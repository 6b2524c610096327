package io.stackel.families;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.PairRule;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProtocol;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Reinforcement learning from preferences on a finite process: a reward model {@code r_x = phi . x} is learnt from labelled
 * pairs of segments, and a policy is optimal for it; see {@link io.stackel.problem.PreferenceProblem}.
 *
 * <p>Source: Shen, Yang, Chen, Principled penalty-based methods for bilevel reinforcement learning and RLHF, JMLR 26 (114),
 * 2025, section 6.2, on finite worlds instead of simulated robots.
 *
 * @param game a process of one agent
 * @param trueReward S x B
 * @param features phi
 * @param entropyWeight tau, at least 0
 * @param regularization at least 0
 * @param pairs how pairs are cut and labelled
 * @param protocol how pairs are gathered
 * @param given pairs that were labelled elsewhere
 * @param known what is known beside the given pairs
 */
record Preferences(
        MarkovGame game,
        double[] trueReward,
        RewardFeatures features,
        double entropyWeight,
        double regularization,
        PairRule pairs,
        PreferenceProtocol protocol,
        PreferencePairs given,
        Known known)
        implements FinitePreferences, LearntReward {

    /** What is known beside labelled pairs. */
    enum Known {
        /** Nothing: the process stands for none, and only the loss on the pairs has a meaning. */
        PAIRS,
        /** The process, in which policies are learnt; the true reward is zero for none. */
        PROCESS,
        /** The process and the true reward. */
        REWARD
    }

    @Override
    public boolean labelsPairs() {
        return known == Known.REWARD;
    }

    @Override
    public void upperReward(DenseVector upper, int context, double[] into) {
        System.arraycopy(trueReward, 0, into, 0, trueReward.length);
    }

    @Override
    public Dependence dependence() {
        return new Dependence(false, true, false);
    }
}
