package io.stackel.check;

import static io.stackel.math.Requirements.require;

import io.stackel.problem.FiniteProblem;
import io.stackel.problem.InverseProblem;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.Problem;
import io.stackel.problem.ZeroSumProblem;

/** A problem on which {@link EstimatorComparison} can compare estimators with the exact hypergradient. */
public final class ComparableProblem {

    private ComparableProblem() {}

    /**
     * The tables of a problem whose hypergradient of a return is known exactly.
     *
     * @param owner what has the problem, for the message
     * @throws IllegalArgumentException with what the comparison needs and this problem has instead
     */
    public static FiniteProblem of(Problem problem, String owner) {
        FiniteProblem tables = problem.as(FiniteProblem.class)
                .orElseThrow(() -> new IllegalArgumentException(
                        "needs a finite problem, whose exact hypergradient is known, but the problem of " + owner
                                + " has no tables"));
        require(
                problem.as(ZeroSumProblem.class).isEmpty(),
                "compares gradients for one follower, but the lower level of " + owner
                        + " is a zero-sum game of two players");
        require(
                problem.as(PreferenceProblem.class).isEmpty(),
                "compares gradients of a return, but the upper objective of " + owner
                        + " is a loss on pairs of segments");
        require(
                problem.as(InverseProblem.class).isEmpty(),
                "compares gradients of a return, but the upper objective of " + owner
                        + " is the likelihood of experts");
        require(
                tables.entropyWeight() > 0,
                "needs an entropyWeight (tau) above 0, where the hypergradient exists, but that of " + owner + " is "
                        + tables.entropyWeight());
        return tables;
    }
}
