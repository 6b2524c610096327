package io.stackel.families;

import io.stackel.math.VectorMath;
import io.stackel.mdp.CountedProcess;

/**
 * What a log says: the counted process, the mean rewards and the follower's choices.
 *
 * @param process counted over all offers, on which transitions do not depend
 * @param reward mean of the follower's rewards without what was offered, S x B; 0 where none was seen
 * @param upperReward mean of the leader's rewards, with the pseudo-counts of the process, S x B
 * @param choices how often each action was taken, by offer, S x B
 */
record LoggedGame(CountedProcess process, double[] reward, double[] upperReward, long[][] choices) {

    /** Writes the follower's reward at an upper variable, with the pseudo-counts, S x B. */
    void lowerReward(RewardFeatures features, double[] upper, double[] into) {
        features.rewards(upper, into);
        VectorMath.addScaled(1, reward, into);
        process.shrink(into);
    }
}
