package io.stackel.estimate;

import static io.stackel.math.Requirements.require;

import io.stackel.random.Permutation;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.io.Serializable;

/**
 * A stretch of the units of a batch in a shuffled order.
 *
 * @param size of the batch in units
 * @param from the place of the first unit in the shuffled order
 * @param epoch which order
 */
public record ShuffledUnits(long size, long from, int epoch) implements Serializable {

    public ShuffledUnits {
        require(from >= 0 && from < size, "from must be in [0, " + size + "), but was " + from);
    }

    /** The order, at the address of a batch. */
    Permutation order(RolloutRequest request, Estimand estimand) {
        RandomStream random = request.stream(Purpose.ORDER, estimand.stream(), epoch);
        return new Permutation(random.nextLong(), size);
    }
}
