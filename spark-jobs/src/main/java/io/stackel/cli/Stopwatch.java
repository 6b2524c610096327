package io.stackel.cli;

import java.util.function.LongSupplier;

/** Seconds since a moment, by a clock that was passed in. */
final class Stopwatch {

    private final LongSupplier nanoTime;
    private final long start;

    Stopwatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    double seconds() {
        return (nanoTime.getAsLong() - start) / 1e9;
    }
}
