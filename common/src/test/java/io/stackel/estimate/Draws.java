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
        BatchRequest request,
        EstimandLayout[] layouts,
        double[] sums,
        long[] counters,
        TransitionCounts.Sorted counts) {

    static final double ALARM = 1e-6;

    static Draws of(TrajectoryProblem problem, Policy policy, BatchRequest request) {
        ChunkEvaluator.Source source = new ChunkEvaluator.Source(problem, policy);
        RangeSums range = RangeSums.evaluate(source.open(request), request, 0, request.chunks());
        EstimandLayout[] layouts = request.layouts(problem.upperSize(), policy.parameters(), 0);
        double[] sums = SumTree.total(request.chunks(), range.nodes());
        return new Draws(request, layouts, sums, range.counters(), range.counts());
    }

    long counter(int estimand, int which) {
        return counters[estimand * EstimandLayout.COUNTERS + which];
    }

    double scalar(int estimand, int which) {
        return sums[layouts[estimand].scalars() + which];
    }

    double[] upper(int estimand) {
        return Arrays.copyOfRange(sums, layouts[estimand].offset(), layouts[estimand].lowerOffset());
    }

    double[] upperSquares(int estimand) {
        return Arrays.copyOfRange(sums, layouts[estimand].upperSquares(), layouts[estimand].lowerSquares());
    }

    double[] lower(int estimand) {
        return Arrays.copyOfRange(sums, layouts[estimand].lowerOffset(), layouts[estimand].upperSquares());
    }

    double[] lowerSquares(int estimand) {
        return Arrays.copyOfRange(sums, layouts[estimand].lowerSquares(), layouts[estimand].scalars());
    }

    void requireUpper(int estimand, double[] exact) {
        requireMean("upper", estimand, upper(estimand), upperSquares(estimand), exact);
    }

    void requireLower(int estimand, double[] exact) {
        requireMean("lower", estimand, lower(estimand), lowerSquares(estimand), exact);
    }

    void requireReturns(int estimand, double upperReturn, double lowerReturn) {
        requireMean(
                "return",
                estimand,
                new double[] {
                    scalar(estimand, EstimandLayout.UPPER_RETURN), scalar(estimand, EstimandLayout.LOWER_RETURN)
                },
                new double[] {
                    scalar(estimand, EstimandLayout.UPPER_RETURN_SQUARE),
                    scalar(estimand, EstimandLayout.LOWER_RETURN_SQUARE)
                },
                new double[] {upperReturn, lowerReturn});
    }

    private void requireMean(String what, int estimand, double[] sum, double[] squares, double[] exact) {
        double n = counter(estimand, EstimandLayout.UNITS);
        double limit = -Normal.quantile(ALARM / (2 * exact.length));
        assertThat(sum).hasSameSizeAs(exact);
        for (int i = 0; i < sum.length; i++) {
            double mean = sum[i] / n;
            double error = Math.sqrt(Math.max(0, squares[i] - sum[i] * mean) / (n * (n - 1)));
            assertThat(Math.abs(mean - exact[i]))
                    .as(
                            "%s gradient, coordinate %d of estimand %s: %s against %s",
                            what, i, request.estimands(), mean, exact[i])
                    .isLessThanOrEqualTo(limit * error + 1e-9);
        }
    }
}
