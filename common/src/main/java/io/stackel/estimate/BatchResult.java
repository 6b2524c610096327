package io.stackel.estimate;

import static io.stackel.math.Requirements.require;

import io.stackel.problem.PreferencePairs;
import java.util.Arrays;

/**
 * The totals of a batch, read out estimand by estimand: means z of units and their standard errors, the same bits on every
 * engine. Every array that is read out of an estimate is a new one.
 */
public final class BatchResult {

    private final BatchRequest request;
    private final EstimandLayout[] layouts;
    private final double[] sums;
    private final long[] counters;
    private final TransitionCounts.Sorted counts;

    BatchResult(
            BatchRequest request,
            EstimandLayout[] layouts,
            double[] sums,
            long[] counters,
            TransitionCounts.Sorted counts) {
        this.request = request;
        this.layouts = layouts;
        this.sums = sums;
        this.counters = counters;
        this.counts = counts;
    }

    /** The result of a request without estimands. */
    public static BatchResult none(BatchRequest request) {
        return new BatchResult(
                request, new EstimandLayout[0], new double[0], new long[0], TransitionCounts.Sorted.NONE);
    }

    /** The estimates of estimand number {@code index}. */
    public Estimate estimate(int index) {
        return new Estimate(layouts[index], index * EstimandLayout.COUNTERS);
    }

    /** The counted transitions of all estimands; a key is (joint cell) * (states + 1) + next, with next = states at an end. */
    public TransitionCounts.Sorted transitions() {
        return counts;
    }

    /** Environment steps, or gradient-oracle calls on rows of data, of all estimands. */
    public long steps() {
        return total(EstimandLayout.STEPS);
    }

    /** Units whose vector or returns were not finite. */
    public long nonFinite() {
        return total(EstimandLayout.NON_FINITE);
    }

    private long total(int counter) {
        long total = 0;
        for (int i = counter; i < counters.length; i += EstimandLayout.COUNTERS) {
            total += counters[i];
        }
        return total;
    }

    /** Means and standard errors of one estimand. */
    public final class Estimate {

        private final EstimandLayout layout;
        private final int counter;

        private Estimate(EstimandLayout layout, int counter) {
            this.layout = layout;
            this.counter = counter;
        }

        /** The number of units n. */
        public long units() {
            return counters[counter + EstimandLayout.UNITS];
        }

        /** Environment steps, or gradient-oracle calls on rows of data. */
        public long steps() {
            return counters[counter + EstimandLayout.STEPS];
        }

        /** Trajectories that ended by themselves. */
        public long terminated() {
            return counters[counter + EstimandLayout.TERMINATED];
        }

        /** Trajectories that were cut at the horizon. */
        public long truncated() {
            return counters[counter + EstimandLayout.TRUNCATED];
        }

        /** Steps of a trajectory, on average. */
        public double meanLength() {
            return (double) steps() / (terminated() + truncated());
        }

        /** The share of trajectories that ended by themselves, in [0, 1]; the others were cut at the horizon. */
        public double terminatedShare() {
            return (double) terminated() / (terminated() + truncated());
        }

        /** The mean of z_upper, length m; z is that of the estimand. */
        public double[] upperGradient() {
            return mean(layout.offset(), layout.upperLength());
        }

        /** The mean of z_lower, as long as theta. */
        public double[] lowerGradient() {
            return mean(layout.lowerOffset(), layout.lowerLength());
        }

        /** The standard error of the mean of z_upper: sqrt of the trace of its covariance. */
        public double upperStandardError() {
            return standardError(
                    scalar(EstimandLayout.UPPER_SQUARE), squareOfSums(layout.offset(), layout.upperLength()));
        }

        /** The standard error of the mean of z_lower. */
        public double lowerStandardError() {
            return standardError(
                    scalar(EstimandLayout.LOWER_SQUARE), squareOfSums(layout.lowerOffset(), layout.lowerLength()));
        }

        /** Whether z_lower was estimated. */
        public boolean hasLowerGradient() {
            return layout.lowerLength() > 0;
        }

        /** Whether squares were summed by coordinate: {@code moments: diagonal}. */
        public boolean hasCoordinateErrors() {
            return layout.diagonal();
        }

        /** The standard error of each coordinate of the mean of z_upper; needs {@code moments: diagonal}. */
        public double[] upperStandardErrors() {
            require(layout.diagonal(), "moments must be diagonal for errors by coordinate, but was scalar");
            double[] errors = new double[layout.upperLength()];
            for (int i = 0; i < errors.length; i++) {
                double sum = sums[layout.offset() + i];
                errors[i] = standardError(sums[layout.upperSquares() + i], sum * sum);
            }
            return errors;
        }

        /** The labelled pairs of a {@link PairLossGradient} that keeps them, in the order of their numbers. */
        public PreferencePairs pairs() {
            if (request.estimands().get(counter / EstimandLayout.COUNTERS) instanceof PairLossGradient estimand
                    && estimand.recorded()) {
                return estimand.pairs(sums, layout.records());
            }
            throw new IllegalArgumentException("an estimand must record preferences for its pairs to be read");
        }

        /** The gradient of {@link AdvantageAverages}, for an entropy weight tau above 0. */
        public AdvantageAverages.Averaged averaged(double entropyWeight) {
            if (request.estimands().get(counter / EstimandLayout.COUNTERS) instanceof AdvantageAverages estimand) {
                return estimand.averaged(sums, layout.records(), entropyWeight);
            }
            throw new IllegalArgumentException("an estimand must keep averages for their gradient to be read");
        }

        /** What the blocks of {@link BlockTotals} come to: block by block, of each the followers in order. */
        public double[] blockTotals() {
            if (request.estimands().get(counter / EstimandLayout.COUNTERS) instanceof BlockTotals estimand) {
                return Arrays.copyOfRange(sums, layout.records(), layout.records() + estimand.recordsLength());
            }
            throw new IllegalArgumentException("an estimand must record totals of blocks for them to be read");
        }

        /** The mean saturation |w_1 - w_2| / 2 of the coupling weights, in [0, 1]. */
        public double saturation() {
            return scalar(EstimandLayout.SATURATION) / units();
        }

        /** The leader's mean discounted return. */
        public double upperReturn() {
            return scalar(EstimandLayout.UPPER_RETURN) / units();
        }

        /** The standard error of {@link #upperReturn}. */
        public double upperReturnStandardError() {
            double sum = scalar(EstimandLayout.UPPER_RETURN);
            return standardError(scalar(EstimandLayout.UPPER_RETURN_SQUARE), sum * sum);
        }

        /** The leader's mean total of rewards without discount, of a {@link Returns} or {@link ActorCriticStep}. */
        public double upperTotal() {
            return scalar(EstimandLayout.UPPER_TOTAL) / units();
        }

        /** The follower's mean discounted return with entropy. */
        public double lowerReturn() {
            return scalar(EstimandLayout.LOWER_RETURN) / units();
        }

        private double scalar(int index) {
            return sums[layout.scalars() + index];
        }

        private double[] mean(int offset, int length) {
            double[] mean = new double[length];
            for (int i = 0; i < length; i++) {
                mean[i] = sums[offset + i] / units();
            }
            return mean;
        }

        private double squareOfSums(int offset, int length) {
            double square = 0;
            for (int i = offset; i < offset + length; i++) {
                square += sums[i] * sums[i];
            }
            return square;
        }

        /** sqrt( max(0, sum |z|^2 - |sum z|^2 / n) / (n (n-1)) ); infinite for one unit. */
        private double standardError(double squares, double squareOfSum) {
            double n = units();
            return n < 2 ? Double.POSITIVE_INFINITY : Math.sqrt(Math.max(0, squares - squareOfSum / n) / (n * (n - 1)));
        }
    }
}
