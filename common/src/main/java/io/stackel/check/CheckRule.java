package io.stackel.check;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * How much is sampled for a check.
 *
 * @param seed of all draws, at least those of directions
 * @param units pairs of trajectories of each comparison, at least {@value #FEWEST_UNITS}
 * @param horizon longest trajectory of problems that can only be sampled, at least 1; on finite problems a check takes
 *     as many steps as make the truncation negligible
 */
public record CheckRule(long seed, long units, int horizon) {

    /** The smallest number of units from which standard errors are taken. */
    public static final int FEWEST_UNITS = 512;

    public CheckRule {
        if (units < FEWEST_UNITS) {
            throw new IllegalArgumentException("units must be at least " + FEWEST_UNITS + ", but was " + units);
        }
        if (horizon < 1) {
            throw new IllegalArgumentException("horizon must be at least 1, but was " + horizon);
        }
    }

    /** The request for one estimand at one x, whose draws have the address of this seed. */
    BatchRequest request(
            int context, int steps, int unitsPerChunk, DenseVector upper, List<Follower> followers, Estimand estimand) {
        return new BatchRequest(
                seed,
                0,
                0,
                context,
                steps,
                unitsPerChunk,
                BatchRequest.ALL_RESIDUALS,
                false,
                List.of(upper.values()),
                followers,
                List.of(estimand));
    }
}
