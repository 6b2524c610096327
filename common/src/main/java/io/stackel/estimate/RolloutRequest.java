package io.stackel.estimate;

import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.List;

/** A {@link BatchRequest} as its rollouts see it, whatever is estimated from them. */
interface RolloutRequest {
    long seed();

    long iteration();

    long innerStep();

    int context();

    int horizon();

    double traceDecay();

    boolean diagonalMoments();

    List<double[]> uppers();

    List<Follower> followers();

    /** How many times scores of a trajectory are added up in a unit, at most. */
    int scoresPerUnit();

    /** The stream of a number, such as that of a trajectory, at the address of the request. */
    default RandomStream stream(Purpose purpose, int role, long number) {
        return RandomStream.at(seed(), purpose, role, number, iteration(), innerStep());
    }

    /** Moves a stream to where {@link #stream} is. */
    default void seek(RandomStream moved, Purpose purpose, int role, long number) {
        moved.reseed(seed(), purpose, role, number, iteration(), innerStep());
    }
}
