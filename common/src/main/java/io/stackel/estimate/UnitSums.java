package io.stackel.estimate;

/** Forms one unit's vectors and adds them to the sums of its estimand; one thread's accumulator. */
final class UnitSums {

    final UnitVector upper;
    final UnitVector lower;
    double saturation;
    double upperReturn;
    double lowerReturn;
    double upperTotal;

    private double[] sums;
    private long[] counters;
    private int counterOffset;
    private EstimandLayout layout;

    UnitSums(int upperSize, int lowerSize) {
        upper = new UnitVector(upperSize);
        lower = new UnitVector(lowerSize);
    }

    /** Directs what follows to an estimand's place in a chunk's arrays. */
    void open(EstimandLayout estimand, int index, double[] chunkSums, long[] chunkCounters) {
        layout = estimand;
        sums = chunkSums;
        counters = chunkCounters;
        counterOffset = index * EstimandLayout.COUNTERS;
        upper.full = estimand.upperLength() > 0;
        lower.full = estimand.lowerLength() > 0;
    }

    /** Adds the sums of units whose vectors were not formed in full. */
    void drain(ScoreSums upperScores, ScoreSums lowerScores) {
        upperScores.drain(sums, layout.offset());
        lowerScores.drain(sums, layout.lowerOffset());
    }

    /** Notes the length and the end of a trajectory. */
    void played(Trajectory trajectory) {
        counters[counterOffset + EstimandLayout.STEPS] += trajectory.length();
        counters[counterOffset + (trajectory.terminated() ? EstimandLayout.TERMINATED : EstimandLayout.TRUNCATED)]++;
    }

    /** Notes gradient-oracle calls on rows of data. */
    void called(long times) {
        counters[counterOffset + EstimandLayout.STEPS] += times;
    }

    /** Writes a record of the estimand, at a place that belongs to this unit alone: every other unit adds zero to it. */
    void note(int place, double value) {
        sums[layout.records() + place] = value;
    }

    /** Adds to a record of the estimand that many units share. */
    void addRecord(int place, double value) {
        sums[layout.records() + place] += value;
    }

    /** Adds {@code factor} times a vector to the records from a place on. */
    void addRecords(int place, double factor, double[] vector) {
        int from = layout.records() + place;
        for (int i = 0; i < vector.length; i++) {
            sums[from + i] += factor * vector[i];
        }
    }

    /** Starts a unit. */
    void begin() {
        upper.clear();
        lower.clear();
        saturation = 0;
        upperReturn = 0;
        lowerReturn = 0;
        upperTotal = 0;
    }

    /** Adds the unit that was formed to the sums. */
    void end() {
        double upperSquare = add(upper, layout.upperLength(), layout.offset(), layout.upperSquares());
        double lowerSquare = add(lower, layout.lowerLength(), layout.lowerOffset(), layout.lowerSquares());
        int scalars = layout.scalars();
        sums[scalars + EstimandLayout.UPPER_SQUARE] += upperSquare;
        sums[scalars + EstimandLayout.LOWER_SQUARE] += lowerSquare;
        sums[scalars + EstimandLayout.SATURATION] += saturation;
        sums[scalars + EstimandLayout.UPPER_RETURN] += upperReturn;
        sums[scalars + EstimandLayout.UPPER_RETURN_SQUARE] += upperReturn * upperReturn;
        sums[scalars + EstimandLayout.LOWER_RETURN] += lowerReturn;
        sums[scalars + EstimandLayout.LOWER_RETURN_SQUARE] += lowerReturn * lowerReturn;
        sums[scalars + EstimandLayout.UPPER_TOTAL] += upperTotal;
        counters[counterOffset + EstimandLayout.UNITS]++;
        double all = upperSquare + lowerSquare + upperReturn + lowerReturn;
        if (!(Math.abs(all) <= Double.MAX_VALUE)) {
            counters[counterOffset + EstimandLayout.NON_FINITE]++;
        }
    }

    private double add(UnitVector vector, int length, int offset, int squares) {
        if (!vector.full) {
            return vector.square;
        }
        double[] unit = vector.values;
        for (int i = 0; i < length; i++) {
            sums[offset + i] += unit[i];
        }
        double square = vector.squares(length);
        if (layout.diagonal()) {
            for (int i = 0; i < length; i++) {
                sums[squares + i] += unit[i] * unit[i];
            }
        }
        return square;
    }
}
