package io.stackel.problem;

import org.apache.spark.ml.linalg.DenseVector;

/**
 * A problem whose upper level learns a reward from comparisons of what the lower level's policy does:
 *
 * <pre>
 *   lower:  max over pi of  J(x, pi) = E sum_t discount^t ( r_x(t) - tau log pi(b_t|s_t) )
 *   upper:  min over x of   f(x, pi) = E loss( R_x(d1) - R_x(d0), y )  +  upperTerm(x)          d0, d1 segments of pi
 * </pre>
 *
 * <p>with R_x the undiscounted sum of r_x over a segment, and segments, labels y and loss as in {@link PairRule}. The policy
 * decides which pairs are compared: that term is what makes the problem bilevel.
 *
 * <p>or the objective that {@link PairObjective} names instead.
 *
 * <p>The follower's reward is the learnt one r_x and the leader's the true one, by which pairs are labelled and policies are
 * judged; the upper objective is f above, not the return of that reward. There is one context and no leader. The learnt
 * reward is zero where x starts.
 */
public interface PreferenceProblem extends TrajectoryProblem {

    /** How pairs are cut and labelled. */
    PairRule pairs();

    /** What the upper level minimises; by default the loss on pairs. */
    default PairObjective objective() {
        return PairObjective.CROSS_ENTROPY;
    }

    /** How pairs are gathered. */
    PreferenceProtocol protocol();

    /**
     * Whether the true reward is known, so that new pairs can be labelled and policies judged; by default it is. Where it is
     * not, it is zero, and all that there is to learn from are the pairs that were labelled elsewhere.
     */
    default boolean labelsPairs() {
        return true;
    }

    @Override
    default boolean upperRewardHidden() {
        return true;
    }

    /** How many numbers a step of a kept pair has; see {@link PreferencePairs}. */
    default int stepSize() {
        return 1 + observationSize() + actionSize();
    }

    /** Pairs that were labelled elsewhere, which stand in the place of the initial ones; by default none. */
    default PreferencePairs given() {
        return PreferencePairs.none(pairs().segmentLength(), stepSize());
    }

    /**
     * The mean over pairs of the loss that {@link PairObjective#ofModel} names, at least one of which there must be.
     *
     * @param gradientInto receives the gradient in x, length m, which is added
     */
    double addMeanLoss(DenseVector upper, PreferencePairs pairs, double[] gradientInto);
}
