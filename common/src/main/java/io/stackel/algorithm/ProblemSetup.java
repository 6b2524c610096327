package io.stackel.algorithm;

import io.stackel.estimate.ChunkEvaluator;
import io.stackel.problem.Problem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Optional;

/** What every algorithm is given, whatever its problem's lower level is. */
public sealed interface ProblemSetup permits Setup, DataSetup {

    /** The same setup for a problem that samples trajectories. */
    default Optional<Setup> trajectories() {
        return Optional.empty();
    }

    /** The same setup for a problem that fits a model to data. */
    default Optional<DataSetup> data() {
        return Optional.empty();
    }

    /** The problem. */
    Problem problem();

    /** How batches are drawn and summed. */
    Setup.SamplingRule sampling();

    /** The number of contexts of the problem. */
    default int contexts() {
        return 1;
    }

    /** What executors evaluate chunks with. */
    ChunkEvaluator.Source source();

    /** The seed of the run. */
    long seed();

    /** How the upper variable moves. */
    Setup.UpperRule upper();

    /** How the lower level is solved between two outer steps. */
    Setup.LowerRule lower();

    /** Where the upper variable starts, inside the admissible set. */
    default double[] start() {
        double[] x = problem()
                .upperStart(RandomStream.at(seed(), Purpose.START, 0, 0, 0, 0))
                .values()
                .clone();
        upper().projection().projectInPlace(x);
        return x;
    }
}
