package io.stackel.optim;

import static io.stackel.math.Requirements.require;

/** How a step size falls with the iteration k = 0, 1, ... */
public enum Schedule {
    /** base. */
    CONSTANT {
        @Override
        double factor(double count) {
            return 1.0;
        }
    },
    /** base / sqrt(k + 1). */
    INVERSE_SQRT {
        @Override
        double factor(double count) {
            return 1.0 / Math.sqrt(count);
        }
    },
    /** base / (k + 1). */
    INVERSE {
        @Override
        double factor(double count) {
            return 1.0 / count;
        }
    };

    /**
     * The step size of an iteration.
     *
     * @param base step size of iteration 0
     * @param iteration number of the iteration, from 0
     * @throws IllegalArgumentException if the iteration is negative
     */
    public double at(double base, long iteration) {
        require(iteration >= 0, "iteration must be non-negative, but was " + iteration);
        return base * factor(iteration + 1.0);
    }

    abstract double factor(double count);
}
