package io.stackel.mdp;

import io.stackel.random.RandomStream;

/** The numbers from {@code low} to {@code high}. */
record Interval(double low, double high) {

    /** From {@code -bound} to {@code bound}. */
    static Interval within(double bound) {
        return new Interval(-bound, bound);
    }

    /** A number that is uniform on it; consumes no word if it is one point. */
    double draw(RandomStream random) {
        return low == high ? low : low + (high - low) * random.nextDouble();
    }

    /** The number in it that is next to {@code value}. */
    double clip(double value) {
        return value < low ? low : value > high ? high : value;
    }
}
