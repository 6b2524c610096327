package io.stackel.problem;

/**
 * A finite problem whose upper level learns a reward from comparisons of what the lower level's policy does:
 *
 * <pre>
 *   lower:  max over pi of  J(x, pi) = E sum_t discount^t ( r_x(s_t,b_t) - tau log pi(b_t|s_t) )
 *   upper:  min over x of   f(x, pi) = E loss( R_x(d1) - R_x(d0), y )  +  upperTerm(x)          d0, d1 segments of pi
 * </pre>
 *
 * <p>with R_x the undiscounted sum of r_x over a segment, and segments, labels y and loss as in {@link PairRule}. The policy
 * decides which pairs are compared: that term is what makes the problem bilevel.
 *
 * <p>As a {@link FiniteProblem} it has one context and no leader, {@link #lowerReward} is the learnt reward r_x and {@link
 * #upperReward} the true one, by which pairs are labelled and policies are judged; the upper objective is f above, not the
 * return of that reward.
 */
public interface PreferenceProblem extends FiniteProblem {

    /** How pairs are cut and labelled. */
    PairRule pairs();

    /** How pairs are gathered. */
    PreferenceProtocol protocol();

    /**
     * Whether the true reward is known, so that new pairs can be labelled and policies judged; by default it is. Where it is
     * not, {@link #upperReward} is zero, and all that there is to learn from are the pairs that were labelled elsewhere.
     */
    default boolean labelsPairs() {
        return true;
    }

    /** Pairs that were labelled elsewhere, which stand in the place of the initial ones; by default none. */
    default PreferencePairs given() {
        return PreferencePairs.none(pairs().segmentLength());
    }
}
