package io.stackel.check;

import io.stackel.algorithm.DataSetup;
import io.stackel.algorithm.Setup;
import io.stackel.math.VectorMath;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Where a problem is looked at.
 *
 * @param upper x, length m
 * @param lower theta, parameters of the follower's policy
 * @param sigma of the surrogates, above 0
 */
public record CheckPoint(DenseVector upper, double[] lower, double sigma) {

    private static final double UPPER_DEVIATION = 0.1;
    private static final double LOWER_DEVIATION = 0.3;

    public CheckPoint {
        if (!(sigma > 0)) {
            throw new IllegalArgumentException("sigma must be above 0, but was " + sigma);
        }
    }

    /**
     * A point near where a run starts, off its symmetries, at which a wrong gradient could pass for a right one: x and theta
     * are moved by normal deviates, then made admissible.
     *
     * @param sigma of the surrogates, above 0
     * @param seed of the deviates
     */
    public static CheckPoint near(Setup setup, double sigma, long seed) {
        CheckPoint moved = near(setup.start(), setup.upper(), setup.policy().uniform(), sigma, seed);
        setup.policy().projectInPlace(moved.lower);
        return moved;
    }

    /** The same for x and w, of which x is made admissible. */
    public static CheckPoint near(DataSetup setup, double sigma, long seed) {
        return near(setup.start(), setup.upper(), setup.lowerStart(), sigma, seed);
    }

    private static CheckPoint near(double[] upper, Setup.UpperRule rule, double[] lower, double sigma, long seed) {
        Directions random = new Directions(seed);
        VectorMath.addScaled(UPPER_DEVIATION, random.normal(Directions.Use.UPPER, -1, upper.length), upper);
        rule.projection().projectInPlace(upper);
        VectorMath.addScaled(LOWER_DEVIATION, random.normal(Directions.Use.LOWER, -1, lower.length), lower);
        return new CheckPoint(new DenseVector(upper), lower, sigma);
    }

    /** Refuses a point that is not of these lengths. */
    void requireLengths(int upperSize, int lowerSize) {
        requireLength("upper", upper.size(), upperSize);
        requireLength("lower", lower.length, lowerSize);
    }

    private static void requireLength(String name, int length, int wanted) {
        if (length != wanted) {
            throw new IllegalArgumentException(name + " must have " + wanted + " values, but has " + length);
        }
    }
}
