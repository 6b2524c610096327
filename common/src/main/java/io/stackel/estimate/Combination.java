package io.stackel.estimate;

import java.io.Serializable;

/**
 * How a {@link ValueGradient} combines the value J of the lower level and the upper objective f at two followers:
 *
 * <pre>
 *   c ( J(x, 1) - J(x, 2) ) + f1 f(x, 1) + f2 f(x, 2)
 * </pre>
 *
 * @param scale c
 * @param firstWeight f1
 * @param secondWeight f2
 */
public record Combination(double scale, double firstWeight, double secondWeight) implements Serializable {

    /** The two-sided surrogate of followers that maximise J - sigma U and J + sigma U. */
    public static Combination twoSided(double sigma) {
        return new Combination(1 / (2 * sigma), 0.5, 0.5);
    }

    /** The one-sided surrogate of followers that maximise J and J + sigma U. */
    public static Combination oneSided(double sigma) {
        return penalised(1 / sigma);
    }

    /** The upper objective of the second follower with the penalty {@code J(x, 1) - J(x, 2)}. */
    public static Combination penalised(double penaltyWeight) {
        return new Combination(penaltyWeight, 0, 1);
    }

    /** The upper objective of the second follower alone. */
    public static Combination upperObjective() {
        return new Combination(0, 0, 1);
    }

    /** In theta of the second follower, minus the gradient of J + k U. */
    public static Combination ascent(double upperRewardWeight) {
        return new Combination(1, 0, upperRewardWeight);
    }

    /** The same without the upper objective: f1 = f2 = 0. */
    public Combination ofLowerLevel() {
        return new Combination(scale, 0, 0);
    }
}
