package io.stackel.check;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;

/**
 * The random vectors of checks, each with an address of its own.
 *
 * @param seed of the check
 */
record Directions(long seed) {

    /** Estimand of the streams from which environments draw. */
    static final int ENVIRONMENT = 16;

    /** Estimand of the streams from which actions are drawn. */
    static final int ACTIONS = 17;

    /** What a vector is for; the number is part of its address. */
    enum Use {
        UPPER(0),
        LOWER(1),
        WEIGHTS(2),
        PROJECTION(3),
        POLICY(4),
        OUTCOMES(5);

        private final int estimand;

        Use(int estimand) {
            this.estimand = estimand;
        }
    }

    /** The random stream that one vector is drawn from. */
    RandomStream stream(Use use, long number) {
        return RandomStream.at(seed, Purpose.CHECK, use.estimand, number, 0, 0);
    }

    /** Standard normal numbers. */
    double[] normal(Use use, long number, int size) {
        RandomStream random = stream(use, number);
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }

    /**
     * Direction number {@code number} of a check that looks along {@code most} at the most: a coordinate if that many
     * show all, else a random direction, in which an error of any coordinate shows.
     */
    double[] direction(Use use, int number, int size, int most) {
        if (size > most) {
            return normal(use, number, size);
        }
        double[] coordinate = new double[size];
        coordinate[number] = 1;
        return coordinate;
    }
}
