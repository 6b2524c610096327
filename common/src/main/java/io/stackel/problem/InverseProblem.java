package io.stackel.problem;

import org.apache.spark.ml.linalg.DenseVector;

/**
 * A problem whose upper level learns the reward that experts follow, from what they did:
 *
 * <pre>
 *   lower:  max over pi of  J(x, pi) = E sum_t discount^t ( r_x(t) - tau log pi(b_t|s_t) )
 *   upper:  min over x of   f(x, pi) = -E_{d ~ experts} sum_t discount^t log pi(b_t|s_t)  +  upperTerm(x)
 * </pre>
 *
 * <p>There is one context and no leader; it starts where the experts start.
 */
public interface InverseProblem extends TrajectoryProblem {

    /** Adds {@code weight E_experts sum_t discount^t grad_x r_x(t)} over the steps that the experts took. */
    void addExpertGradient(DenseVector upper, double weight, double[] into);

    /**
     * The discounted share of the experts that were cut in each state, where there are numbered states, length S; else empty:
     * then policies are cut where experts are, and what would follow is left out of both.
     */
    double[] ends();

    @Override
    default boolean upperRewardHidden() {
        return true;
    }
}
