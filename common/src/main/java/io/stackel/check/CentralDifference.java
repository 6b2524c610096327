package io.stackel.check;

import java.util.function.UnaryOperator;

/**
 * Directional derivatives of several functions at once by central differences, with bounds of their errors.
 *
 * <pre>
 *     D(h) = ( F(y + h v) - F(y - h v) ) / (2 h) = F'v + h^2/6 F''' + ... + rounding,    |rounding| &lt;= noise / h
 * </pre>
 *
 * <p>Steps shrink by four from 2^-6, so the truncation of D(h) is near a fifteenth of |D(h) - D(4h)| once the series
 * converges; all of that difference is allowed for. The bound at h is therefore
 *
 * <pre>
 *     |D(h) - D(4h)|  +  noise / h  +  noise / (4h)  +  u/h |D(h)|        u = 2^-53
 * </pre>
 *
 * <p>where the last term is the rounding of y + h v, and each function keeps the step with the smallest bound. No step is
 * derived from the function's scale, which is not known: a function that bends within 1e-3 and one that is linear find
 * their steps in the same loop. It ends where for every function rounding outweighs truncation, at the latest at 2^-26.
 *
 * @param value derivatives along the direction
 * @param bound of their errors
 */
record CentralDifference(double[] value, double[] bound) {

    /** The rounding of one operation, relative to its result. */
    static final double ROUNDING = 0x1.0p-53;

    private static final double FIRST_STEP = 0x1.0p-6;
    private static final int STEPS = 11;

    /**
     * Differences of functions of one vector.
     *
     * @param functions from y to values that are independent of the order of calls
     * @param at y; steps are relative to its largest finite coordinate where that is above 1; infinite ones, the
     *     logits of probabilities of zero, stay
     * @param direction v, as long as y
     * @param noise bounds of the rounding errors of the functions' values
     */
    static CentralDifference along(UnaryOperator<double[]> functions, double[] at, double[] direction, double[] noise) {
        double[] value = new double[noise.length];
        double[] bound = new double[noise.length];
        double step = FIRST_STEP * scale(at);
        double[] coarser = quotients(functions, at, direction, step);
        boolean truncationRules = true;
        for (int k = 1; k < STEPS && truncationRules; k++) {
            step /= 4;
            double[] finer = quotients(functions, at, direction, step);
            truncationRules = false;
            for (int i = 0; i < noise.length; i++) {
                double truncation = orInfinite(Math.abs(finer[i] - coarser[i]));
                double rounding = orInfinite(1.25 * noise[i] + ROUNDING * Math.abs(finer[i])) / step;
                truncationRules |= truncation > rounding;
                if (k == 1 || truncation + rounding < bound[i]) {
                    bound[i] = truncation + rounding;
                    value[i] = finer[i];
                }
            }
            coarser = finer;
        }
        return new CentralDifference(value, bound);
    }

    /** A bound that is not a number, where a step leaves the functions' domain, is infinite. */
    private static double orInfinite(double bound) {
        return Double.isNaN(bound) ? Double.POSITIVE_INFINITY : bound;
    }

    private static double scale(double[] at) {
        double scale = 1;
        for (double coordinate : at) {
            scale = Double.isInfinite(coordinate) ? scale : Math.max(scale, Math.abs(coordinate));
        }
        return scale;
    }

    private static double[] quotients(UnaryOperator<double[]> functions, double[] at, double[] direction, double step) {
        double[] up = functions.apply(moved(at, direction, step));
        double[] down = functions.apply(moved(at, direction, -step));
        double[] quotients = new double[up.length];
        for (int i = 0; i < quotients.length; i++) {
            quotients[i] = (up[i] - down[i]) / (2 * step);
        }
        return quotients;
    }

    /** y + step v. */
    static double[] moved(double[] at, double[] direction, double step) {
        double[] moved = at.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * direction[i];
        }
        return moved;
    }
}
