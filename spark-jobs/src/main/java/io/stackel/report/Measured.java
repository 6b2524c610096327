package io.stackel.report;

import io.stackel.run.Quantities;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A figure with the error of its measurement.
 *
 * @param value the figure
 * @param standardError of the sampling of its measurement; 0 if it is exact
 */
record Measured(double value, double standardError) {

    /** The 97.5 % point of the standard normal distribution: intervals hold the truth with probability .95. */
    private static final double POINT = 1.959964;

    /** A column of metrics, for the rows that have a finite number there; exact where no error is given. */
    static List<Measured> column(MetricTable metrics, String key) {
        double[] values = metrics.numbers(key);
        double[] errors = metrics.numbers(error(key));
        return IntStream.range(0, values.length)
                .filter(row -> Double.isFinite(values[row]))
                .mapToObj(row -> new Measured(values[row], Double.isFinite(errors[row]) ? errors[row] : 0))
                .toList();
    }

    /** The key of the standard error of the figure under {@code key}. */
    static String error(String key) {
        return key + "StandardError";
    }

    /** The difference to another figure, measured on other draws. */
    Measured minus(Measured other) {
        double squares = standardError * standardError + other.standardError * other.standardError;
        return new Measured(value - other.value, Math.sqrt(squares));
    }

    /** The lower end of the 95 % interval. */
    double low() {
        return value - POINT * standardError;
    }

    /** The upper end of the 95 % interval. */
    double high() {
        return value + POINT * standardError;
    }

    /** The figure, with its interval unless it is exact. */
    String shown() {
        return standardError == 0
                ? Quantities.significant(value)
                : Quantities.significant(value) + " (95 % interval " + Quantities.significant(low()) + " to "
                        + Quantities.significant(high()) + ")";
    }
}
