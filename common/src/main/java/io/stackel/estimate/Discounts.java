package io.stackel.estimate;

/** Powers of the discount up to a horizon, by repeated multiplication. */
final class Discounts {

    private Discounts() {}

    static double[] powers(double discount, int horizon) {
        double[] powers = new double[horizon + 1];
        powers[0] = 1;
        for (int t = 1; t <= horizon; t++) {
            powers[t] = powers[t - 1] * discount;
        }
        return powers;
    }
}
