package io.stackel.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps a quantity to a length on a drawing, linear or logarithmic, and says where its ticks stand.
 *
 * @param low smallest value; above zero on a logarithmic scale
 * @param high largest value, above {@code low}
 * @param logarithmic whether equal ratios have equal lengths
 * @param from where {@code low} is drawn
 * @param to where {@code high} is drawn
 */
record AxisScale(double low, double high, boolean logarithmic, double from, double to) {

    private static final int TICKS = 6;

    /** A scale over some values, widened by a twentieth on each side, or by one where all are equal. */
    static AxisScale over(double[] values, boolean logarithmic, double from, double to) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value) && (!logarithmic || value > 0)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (!(low <= high)) {
            return new AxisScale(logarithmic ? 0.1 : 0, 1, logarithmic, from, to);
        }
        if (logarithmic) {
            double ratio = Math.max(StrictMath.pow(high / low, 0.05), 1.2);
            return new AxisScale(low / ratio, high * ratio, true, from, to);
        }
        double margin = high > low ? 0.05 * (high - low) : Math.max(Math.abs(high) * 0.1, 1e-9);
        return new AxisScale(low - margin, high + margin, false, from, to);
    }

    /** Where a value is drawn; what lies outside is drawn at the edge. */
    double at(double value) {
        double inside = Math.max(low, Math.min(high, value));
        double share =
                logarithmic ? StrictMath.log(inside / low) / StrictMath.log(high / low) : (inside - low) / (high - low);
        return from + share * (to - from);
    }

    /** The middle of the drawn length. */
    double middle() {
        return (from + to) / 2;
    }

    /** Round values within, in ascending order. */
    List<Double> ticks() {
        return logarithmic ? decades() : multiples();
    }

    private List<Double> decades() {
        List<Double> ticks = new ArrayList<>();
        int first = (int) Math.ceil(StrictMath.log10(low));
        int last = (int) Math.floor(StrictMath.log10(high));
        if (first > last) {
            return multiples();
        }
        int step = Math.max(1, (last - first + TICKS) / TICKS);
        for (int power = first; power <= last; power += step) {
            ticks.add(Double.parseDouble("1e" + power));
        }
        return ticks;
    }

    private List<Double> multiples() {
        double rough = (high - low) / TICKS;
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(rough)));
        double scaled = rough / power;
        double step = power * (scaled <= 1 ? 1 : scaled <= 2 ? 2 : scaled <= 5 ? 5 : 10);
        List<Double> ticks = new ArrayList<>();
        for (double k = Math.ceil(low / step); k * step <= high; k++) {
            ticks.add(k * step);
        }
        return ticks;
    }
}
