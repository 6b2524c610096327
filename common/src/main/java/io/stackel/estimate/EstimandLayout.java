package io.stackel.estimate;

/**
 * Where an estimand's sums lie in the flat array of a chunk: z_upper, z_lower, their squares by coordinate if kept, then
 * {@link #SCALARS} scalars, then records, which one unit each writes or all add to.
 */
record EstimandLayout(int offset, int upperLength, int lowerLength, boolean diagonal, int recordsLength) {

    /** Sum of |z_upper|^2. */
    static final int UPPER_SQUARE = 0;

    /** Sum of |z_lower|^2. */
    static final int LOWER_SQUARE = 1;

    /** Sum over units of the mean |w_1 - w_2| / 2. */
    static final int SATURATION = 2;

    /** Sum of the leader's returns, and of their squares. */
    static final int UPPER_RETURN = 3;

    static final int UPPER_RETURN_SQUARE = 4;

    /** Sum of the follower's returns with entropy, and of their squares. */
    static final int LOWER_RETURN = 5;

    static final int LOWER_RETURN_SQUARE = 6;

    /** Sum of the leader's rewards, without discount. */
    static final int UPPER_TOTAL = 7;

    static final int SCALARS = 8;

    /** Counters of an estimand: units, steps, terminated, truncated, units whose z was not finite. */
    static final int UNITS = 0;

    static final int STEPS = 1;
    static final int TERMINATED = 2;
    static final int TRUNCATED = 3;
    static final int NON_FINITE = 4;
    static final int COUNTERS = 5;

    int lowerOffset() {
        return offset + upperLength;
    }

    int upperSquares() {
        return offset + upperLength + lowerLength;
    }

    int lowerSquares() {
        return upperSquares() + upperLength;
    }

    int scalars() {
        return offset + (diagonal ? 2 : 1) * (upperLength + lowerLength);
    }

    int records() {
        return scalars() + SCALARS;
    }

    int end() {
        return records() + recordsLength;
    }
}
