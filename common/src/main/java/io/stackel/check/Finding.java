package io.stackel.check;

/**
 * What one check found.
 *
 * @param name what was compared with what; unique in a report
 * @param error the distance between the two, at the place where it is largest against its bound
 * @param bound the largest error without fault, in the unit of {@code error}
 * @param explanation how the comparison was made, with units and resolution
 */
public record Finding(String name, double error, double bound, String explanation) {

    /** Whether the error is within its bound; never for NaN. */
    public boolean passed() {
        return error <= bound;
    }
}
