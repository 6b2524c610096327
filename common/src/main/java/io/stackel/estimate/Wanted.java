package io.stackel.estimate;

/** In which variables an estimand estimates a gradient; the returns are estimated in any case. */
public enum Wanted {
    NEITHER(false, false),
    UPPER(true, false),
    LOWER(false, true),
    BOTH(true, true);

    private final boolean upper;
    private final boolean lower;

    Wanted(boolean upper, boolean lower) {
        this.upper = upper;
        this.lower = lower;
    }

    /** Whether the gradient in x is estimated. */
    public boolean upper() {
        return upper;
    }

    /** Whether the gradient in theta, or w, is estimated. */
    public boolean lower() {
        return lower;
    }
}
