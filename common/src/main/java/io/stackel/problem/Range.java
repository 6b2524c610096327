package io.stackel.problem;

/**
 * An interval of real numbers, for the check and the documentation of a parameter.
 *
 * @param low lower end, or negative infinity
 * @param lowOpen whether the lower end itself is excluded
 * @param high upper end, or positive infinity
 * @param highOpen whether the upper end itself is excluded
 */
public record Range(double low, boolean lowOpen, double high, boolean highOpen) {

    /** Every finite number. */
    public static final Range FINITE = new Range(Double.NEGATIVE_INFINITY, true, Double.POSITIVE_INFINITY, true);

    /** Finite numbers above zero. */
    public static final Range POSITIVE = new Range(0, true, Double.POSITIVE_INFINITY, true);

    /** Finite numbers from zero on. */
    public static final Range NON_NEGATIVE = new Range(0, false, Double.POSITIVE_INFINITY, true);

    /** [low, high]. */
    public static Range closed(double low, double high) {
        return new Range(low, false, high, false);
    }

    /** [low, high). */
    public static Range halfOpen(double low, double high) {
        return new Range(low, false, high, true);
    }

    /** Finite numbers of at least {@code low}. */
    public static Range atLeast(double low) {
        return new Range(low, false, Double.POSITIVE_INFINITY, true);
    }

    /** Whether {@code value} lies inside; never for NaN. */
    public boolean contains(double value) {
        return (lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high);
    }

    /** The interval in the notation of a message, whole ends without a fraction: {@code [0, 1)}. */
    @Override
    public String toString() {
        return (lowOpen ? "(" : "[") + end(low) + ", " + end(high) + (highOpen ? ")" : "]");
    }

    private static String end(double value) {
        if (Double.isInfinite(value)) {
            return value < 0 ? "-inf" : "inf";
        }
        return value == StrictMath.rint(value) && StrictMath.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
