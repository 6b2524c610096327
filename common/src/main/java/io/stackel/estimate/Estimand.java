package io.stackel.estimate;

import io.stackel.random.Purpose;
import java.io.Serializable;

/**
 * What a batch estimates: the mean of a random vector z. A unit is one independent draw of z, and the estimate is the mean
 * over {@link #units} of them. An estimand brings what it takes to be estimated: how its sums are laid out and how its
 * units are formed.
 *
 * <p>{@code upper} and the followers of an estimand are positions in the request's lists; {@code stream} is a number in the
 * address of the random streams: estimands that share it (and the purpose) see common random numbers.
 */
public interface Estimand extends Serializable {

    /** The purpose of the draws. */
    Purpose purpose();

    /** The number in the address of the draws. */
    int stream();

    /** The number of units, at least 1. */
    long units();

    /** The position of the upper variable. */
    int upper();

    /** The number of trajectories of a unit; 0 for a unit of data. */
    default int trajectoriesPerUnit() {
        return 1;
    }

    /** How many times the scores of a trajectory are added up in a unit, at most. */
    default int scoresPerUnit() {
        return trajectoriesPerUnit();
    }

    /** In which variables z is a gradient. */
    default Wanted wanted() {
        return Wanted.NEITHER;
    }

    /** Whether z_lower is in theta and then in phi, the parameters of the follower's value network. */
    default boolean fitsValues() {
        return false;
    }

    /** The length of what is kept of single units beside their sums. */
    default int recordsLength() {
        return 0;
    }

    /** What forms the units of this estimand from what a request draws. */
    Estimation estimation(UnitSource source);
}
