package io.stackel.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * What no theory gives a scheme and is tuned at the largest eps.
 *
 * @param stepSize of the upper variable
 * @param sigma at the largest eps
 * @param units of an outer batch at the largest eps
 */
public record Constants(double stepSize, double sigma, long units) {

    private static final double[] STEPS = {0.25, 1, 4};
    private static final double[] SIGMAS = {0.25, 0.5, 1};
    private static final long[] UNITS = {2, 8, 32, 128, 512, 2048};

    /**
     * The grid on which a scheme is tuned: 1/4, 1 and 4 times the configuration's step, 1/4, 1/2 and 1 times the entropy weight for sigma,
     * and 2, 8, 32, 128, 512 or 2048 units.
     *
     * @param stepSize of the configuration
     * @param entropyWeight of the problem
     */
    static List<Constants> grid(Scheme scheme, double stepSize, double entropyWeight) {
        List<Constants> grid = new ArrayList<>();
        for (double step : STEPS) {
            for (double sigma : scheme.hasSigma() ? SIGMAS : new double[] {1}) {
                for (long units : UNITS) {
                    grid.add(new Constants(step * stepSize, sigma * entropyWeight, units));
                }
            }
        }
        return grid;
    }
}
