package io.stackel.experiment;

import io.stackel.optim.Schedule;
import java.util.OptionalDouble;

/**
 * How the upper variable is stepped: {@code x <- projection(x - stepSize(k) direction(clip(hypergradient)))}.
 *
 * @param optimizer what makes a direction of a gradient
 * @param stepSize above 0
 * @param clipNorm the longest Euclidean norm of a gradient; empty for any
 * @param projection onto which set the variable is brought back after a step
 * @param projectionLow least value of a coordinate of a box
 * @param projectionHigh largest value of a coordinate of a box
 * @param projectionRadius radius of a ball around zero, or sum of a simplex's coordinates
 * @param schedule how the step size falls with the outer iteration
 * @param units units of one outer batch
 */
public record UpperSettings(
        Optimizer optimizer,
        double stepSize,
        OptionalDouble clipNorm,
        Projection projection,
        OptionalDouble projectionLow,
        OptionalDouble projectionHigh,
        OptionalDouble projectionRadius,
        Schedule schedule,
        int units) {

    /** What makes a direction of a gradient. */
    public enum Optimizer {
        /** The gradient itself. */
        SGD,
        /** Moments of the gradient, Kingma and Ba 2015. */
        ADAM
    }

    /** The set of admissible upper variables. */
    public enum Projection {
        /** Every vector. */
        NONE,
        /** Each coordinate between two bounds, of which one may be missing. */
        BOX,
        /** Non-negative coordinates with a given sum, by default 1. */
        SIMPLEX,
        /** Vectors of at most a given Euclidean norm. */
        BALL
    }
}
