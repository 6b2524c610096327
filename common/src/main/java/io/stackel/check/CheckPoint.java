package io.stackel.check;

import org.apache.spark.ml.linalg.DenseVector;

/**
 * Where a problem is looked at.
 *
 * @param upper x, length m
 * @param lower theta, parameters of the follower's policy
 * @param sigma of the surrogates, above 0
 */
public record CheckPoint(DenseVector upper, double[] lower, double sigma) {

    public CheckPoint {
        if (!(sigma > 0)) {
            throw new IllegalArgumentException("sigma must be above 0, but was " + sigma);
        }
    }
}
