package io.stackel.estimate;

import io.stackel.problem.PreferencePairs;

/** The totals of a batch, read out role by role. */
public final class BatchResult {

    private final BatchRequest request;
    private final RoleLayout[] layouts;
    private final double[] sums;
    private final long[] counters;
    private final TransitionCounts.Sorted counts;

    BatchResult(
            BatchRequest request,
            RoleLayout[] layouts,
            double[] sums,
            long[] counters,
            TransitionCounts.Sorted counts) {
        this.request = request;
        this.layouts = layouts;
        this.sums = sums;
        this.counters = counters;
        this.counts = counts;
    }

    /** The result of a request without roles. */
    public static BatchResult none(BatchRequest request) {
        return new BatchResult(request, new RoleLayout[0], new double[0], new long[0], TransitionCounts.Sorted.NONE);
    }

    /** The estimates of role number {@code index}. */
    public Estimate role(int index) {
        return new Estimate(layouts[index], index * RoleLayout.COUNTERS);
    }

    /** The counted transitions of all roles; a key is (joint cell) * (states + 1) + next, with next = states at an end. */
    public TransitionCounts.Sorted transitions() {
        return counts;
    }

    /** Environment steps, or gradient-oracle calls on rows of data, of all roles. */
    public long steps() {
        long steps = 0;
        for (int i = 0; i < request.roles().size(); i++) {
            steps += counters[i * RoleLayout.COUNTERS + RoleLayout.STEPS];
        }
        return steps;
    }

    /** Units whose vector or returns were not finite. */
    public long nonFinite() {
        long units = 0;
        for (int i = 0; i < request.roles().size(); i++) {
            units += counters[i * RoleLayout.COUNTERS + RoleLayout.NON_FINITE];
        }
        return units;
    }

    /** Means and standard errors of one role. */
    public final class Estimate {

        private final RoleLayout layout;
        private final int counter;

        private Estimate(RoleLayout layout, int counter) {
            this.layout = layout;
            this.counter = counter;
        }

        /** The number of units n. */
        public long units() {
            return counters[counter + RoleLayout.UNITS];
        }

        /** Environment steps, or gradient-oracle calls on rows of data. */
        public long steps() {
            return counters[counter + RoleLayout.STEPS];
        }

        /** Trajectories that ended by themselves. */
        public long terminated() {
            return counters[counter + RoleLayout.TERMINATED];
        }

        /** Trajectories that were cut at the horizon. */
        public long truncated() {
            return counters[counter + RoleLayout.TRUNCATED];
        }

        /** Steps of a trajectory, on average. */
        public double meanLength() {
            return (double) steps() / (terminated() + truncated());
        }

        /** The share of trajectories that ended by themselves, in [0, 1]; the others were cut at the horizon. */
        public double terminatedShare() {
            return (double) terminated() / (terminated() + truncated());
        }

        /** The mean of z_upper. */
        public double[] upperGradient() {
            return mean(layout.offset(), layout.upperLength());
        }

        /** The mean of z_lower. */
        public double[] lowerGradient() {
            return mean(layout.lowerOffset(), layout.lowerLength());
        }

        /** The standard error of the mean of z_upper: sqrt of the trace of its covariance. */
        public double upperStandardError() {
            return standardError(scalar(RoleLayout.UPPER_SQUARE), squareOfSums(layout.offset(), layout.upperLength()));
        }

        /** The standard error of the mean of z_lower. */
        public double lowerStandardError() {
            return standardError(
                    scalar(RoleLayout.LOWER_SQUARE), squareOfSums(layout.lowerOffset(), layout.lowerLength()));
        }

        /** Whether squares were summed by coordinate: {@code moments: diagonal}. */
        public boolean hasCoordinateErrors() {
            return layout.diagonal();
        }

        /** The standard error of each coordinate of the mean of z_upper; needs {@code moments: diagonal}. */
        public double[] upperStandardErrors() {
            if (!layout.diagonal()) {
                throw new IllegalArgumentException("moments must be diagonal for errors by coordinate, but was scalar");
            }
            double[] errors = new double[layout.upperLength()];
            for (int i = 0; i < errors.length; i++) {
                double sum = sums[layout.offset() + i];
                errors[i] = standardError(sums[layout.upperSquares() + i], sum * sum);
            }
            return errors;
        }

        /** The labelled pairs of a {@link Role.Preferences} that keeps them, in the order of their numbers. */
        public PreferencePairs pairs() {
            if (!(request.roles().get(counter / RoleLayout.COUNTERS) instanceof Role.Preferences role)
                    || !role.recorded()) {
                throw new IllegalArgumentException("a role must record preferences for its pairs to be read");
            }
            int length = role.recordLength();
            int count = role.recordsLength() / length;
            double[] steps = new double[count * (length - 1)];
            double[] labels = new double[count];
            for (int pair = 0; pair < count; pair++) {
                int from = layout.records() + pair * length;
                for (int i = 0; i < length - 1; i++) {
                    boolean first = i % role.stepSize() == 0;
                    steps[pair * (length - 1) + i] = first ? sums[from + i] - 1 : sums[from + i];
                }
                labels[pair] = sums[from + length - 1];
            }
            return new PreferencePairs(role.rule().segmentLength(), role.stepSize(), steps, labels);
        }

        /** The mean saturation |w_1 - w_2| / 2 of the coupling weights, in [0, 1]. */
        public double saturation() {
            return scalar(RoleLayout.SATURATION) / units();
        }

        /** The leader's mean discounted return. */
        public double upperReturn() {
            return scalar(RoleLayout.UPPER_RETURN) / units();
        }

        /** The standard error of {@link #upperReturn}. */
        public double upperReturnStandardError() {
            double sum = scalar(RoleLayout.UPPER_RETURN);
            return standardError(scalar(RoleLayout.UPPER_RETURN_SQUARE), sum * sum);
        }

        /** The leader's mean total of rewards without discount, of a {@link Role.Returns} or {@link Role.ActorCritic}. */
        public double upperTotal() {
            return scalar(RoleLayout.UPPER_TOTAL) / units();
        }

        /** The follower's mean discounted return with entropy. */
        public double lowerReturn() {
            return scalar(RoleLayout.LOWER_RETURN) / units();
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
