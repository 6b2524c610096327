package io.stackel.run;

import java.util.function.LongSupplier;

/** Seconds since a moment, by a clock that was passed in. */
public final class Stopwatch {

    private final LongSupplier nanoTime;
    private final long start;

    public Stopwatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    public double seconds() {
        return (nanoTime.getAsLong() - start) / 1e9;
    }
}
