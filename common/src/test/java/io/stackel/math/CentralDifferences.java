package io.stackel.math;

import java.util.function.ToDoubleFunction;

/** Gradients by differences of function values at steps of 1e-5 to both sides. */
public final class CentralDifferences {

    private static final double STEP = 1e-5;

    private CentralDifferences() {}

    /** The gradient of a function at a point. */
    public static double[] gradient(double[] at, ToDoubleFunction<double[]> function) {
        double[] gradient = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double[] up = at.clone();
            up[i] += STEP;
            double[] down = at.clone();
            down[i] -= STEP;
            gradient[i] = (function.applyAsDouble(up) - function.applyAsDouble(down)) / (2 * STEP);
        }
        return gradient;
    }
}
