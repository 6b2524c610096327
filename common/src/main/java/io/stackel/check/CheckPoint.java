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
        Directions random = new Directions(seed);
        double[] upper = setup.start();
        VectorMath.addScaled(UPPER_DEVIATION, random.normal(Directions.Use.UPPER, -1, upper.length), upper);
        setup.upper().projection().projectInPlace(upper);
        double[] lower = setup.policy().uniform();
        VectorMath.addScaled(LOWER_DEVIATION, random.normal(Directions.Use.LOWER, -1, lower.length), lower);
        setup.policy().projectInPlace(lower);
        return new CheckPoint(new DenseVector(upper), lower, sigma);
    }

    /**
     * A point near where a run starts, off its symmetries: x and w are moved by normal deviates, x then made admissible.
     *
     * @param sigma of the surrogates, above 0
     * @param seed of the deviates
     */
    public static CheckPoint near(DataSetup setup, double sigma, long seed) {
        Directions random = new Directions(seed);
        double[] upper = setup.start();
        VectorMath.addScaled(UPPER_DEVIATION, random.normal(Directions.Use.UPPER, -1, upper.length), upper);
        setup.upper().projection().projectInPlace(upper);
        double[] lower = setup.lowerStart();
        VectorMath.addScaled(LOWER_DEVIATION, random.normal(Directions.Use.LOWER, -1, lower.length), lower);
        return new CheckPoint(new DenseVector(upper), lower, sigma);
    }
}
