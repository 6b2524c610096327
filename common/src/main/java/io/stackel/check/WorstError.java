package io.stackel.check;

import java.util.Locale;

/** Collects the comparisons of one gradient along several directions and keeps the one that is worst for its bound. */
final class WorstError {

    private final String name;
    private double error;
    private double bound;
    private double ratio = -1;
    private double largest;
    private int directions;

    WorstError(String name) {
        this.name = name;
    }

    /** Adds one direction; a value that is not a number is the worst of all. */
    void add(double analytic, double difference, double differenceBound) {
        double distance = Math.abs(analytic - difference);
        double allowed = differenceBound + 8 * CentralDifference.ROUNDING * Math.abs(analytic);
        double quotient = distance == 0 ? 0 : distance / allowed;
        directions++;
        largest = Math.max(largest, Math.max(Math.abs(analytic), Math.abs(difference)));
        if (!(quotient <= ratio)) {
            ratio = Double.isNaN(quotient) ? Double.POSITIVE_INFINITY : quotient;
            error = distance;
            bound = allowed;
        }
    }

    Finding finding() {
        String explanation = String.format(
                Locale.ROOT,
                "analytic derivative against central differences along %d directions; the bound is their truncation and"
                        + " rounding; the largest derivative is %.3g",
                directions,
                largest);
        return new Finding(name, error, bound, explanation);
    }
}
