package io.stackel.problem;

import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A finite problem whose upper level learns the reward that experts follow, from what they did:
 *
 * <pre>
 *   lower:  max over pi of  J(x, pi) = E sum_t discount^t ( r_x(s_t,b_t) - tau log pi(b_t|s_t) )
 *   upper:  min over x of   f(x, pi) = -E_{d ~ experts} sum_t discount^t log pi(b_t|s_t)  +  upperTerm(x)
 * </pre>
 *
 * <p>As a {@link FiniteProblem} it has one context and no leader; it starts where the experts start, and u is zero: the upper
 * objective is f above, not a return.
 */
public interface InverseProblem extends FiniteProblem {

    /** What the experts did. */
    ExpertVisits experts();

    /** The reward that the experts follow, S x B, by which policies are judged; empty if it is not known. */
    double[] trueReward();

    @Override
    default void upperReward(DenseVector upper, int context, double[] into) {
        Arrays.fill(into, 0);
    }

    @Override
    default Dependence dependence() {
        return new Dependence(false, true, false);
    }
}
