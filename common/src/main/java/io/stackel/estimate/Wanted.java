package io.stackel.estimate;

/** In which variables an estimand estimates a gradient; the returns are estimated in any case. */
public enum Wanted {
    NEITHER,
    UPPER,
    LOWER,
    BOTH;

    /** Whether the gradient in x is estimated. */
    public boolean upper() {
        return this == UPPER || this == BOTH;
    }

    /** Whether the gradient in theta, or w, is estimated. */
    public boolean lower() {
        return this == LOWER || this == BOTH;
    }
}
