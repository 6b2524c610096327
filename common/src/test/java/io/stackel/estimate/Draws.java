package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.math.Normal;
import io.stackel.policy.Policy;
import io.stackel.problem.TrajectoryProblem;
import java.util.Arrays;

/**
 * The totals of a request with diagonal moments, and their comparison with exact expectations: the largest of the m
 * coordinates' z values against the quantile at which normal means raise a false alarm with probability {@link #ALARM}.
 */
record Draws(
        BatchRequest request, RoleLayout[] layouts, double[] sums, long[] counters, TransitionCounts.Sorted counts) {

    static final double ALARM = 1e-6;

    static Draws of(TrajectoryProblem problem, Policy policy, BatchRequest request) {
        ChunkEvaluator.Source source = new ChunkEvaluator.Source(problem, policy);
        RangeSums range = RangeSums.evaluate(source.open(request), request, 0, request.chunks());
        RoleLayout[] layouts =
                RoleLayout.of(request.roles(), problem.upperSize(), policy.parameters(), 0, request.diagonalMoments());
        double[] sums = SumTree.total(request.chunks(), range.nodes());
        return new Draws(request, layouts, sums, range.counters(), range.counts());
    }

    long counter(int role, int which) {
        return counters[role * RoleLayout.COUNTERS + which];
    }

    double scalar(int role, int which) {
        return sums[layouts[role].scalars() + which];
    }

    double[] upper(int role) {
        return Arrays.copyOfRange(sums, layouts[role].offset(), layouts[role].lowerOffset());
    }

    double[] upperSquares(int role) {
        return Arrays.copyOfRange(sums, layouts[role].upperSquares(), layouts[role].lowerSquares());
    }

    double[] lower(int role) {
        return Arrays.copyOfRange(sums, layouts[role].lowerOffset(), layouts[role].upperSquares());
    }

    double[] lowerSquares(int role) {
        return Arrays.copyOfRange(sums, layouts[role].lowerSquares(), layouts[role].scalars());
    }

    void requireUpper(int role, double[] exact) {
        requireMean("upper", role, upper(role), upperSquares(role), exact);
    }

    void requireLower(int role, double[] exact) {
        requireMean("lower", role, lower(role), lowerSquares(role), exact);
    }

    void requireReturns(int role, double upperReturn, double lowerReturn) {
        requireMean(
                "return",
                role,
                new double[] {scalar(role, RoleLayout.UPPER_RETURN), scalar(role, RoleLayout.LOWER_RETURN)},
                new double[] {scalar(role, RoleLayout.UPPER_RETURN_SQUARE), scalar(role, RoleLayout.LOWER_RETURN_SQUARE)
                },
                new double[] {upperReturn, lowerReturn});
    }

    private void requireMean(String what, int role, double[] sum, double[] squares, double[] exact) {
        double n = counter(role, RoleLayout.UNITS);
        double limit = -Normal.quantile(ALARM / (2 * exact.length));
        assertThat(sum).hasSameSizeAs(exact);
        for (int i = 0; i < sum.length; i++) {
            double mean = sum[i] / n;
            double error = Math.sqrt(Math.max(0, squares[i] - sum[i] * mean) / (n * (n - 1)));
            assertThat(Math.abs(mean - exact[i]))
                    .as(
                            "%s gradient, coordinate %d of role %s: %s against %s",
                            what, i, request.roles(), mean, exact[i])
                    .isLessThanOrEqualTo(limit * error + 1e-9);
        }
    }
}
