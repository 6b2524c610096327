package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.problem.Problem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.List;
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

    /** The same setup with another number of units in outer batches. */
    ProblemSetup withUpperUnits(long units);

    /** The context of an outer iteration, drawn uniformly. */
    default int context(long iteration) {
        return contexts() == 1
                ? 0
                : RandomStream.at(seed(), Purpose.CONTEXT, 0, 0, iteration, 0).nextInt(contexts());
    }

    /**
     * The request for a state's batch, at the context of its iteration and at the address (iteration, phase), which no other
     * batch of the run has.
     *
     * @param uppers upper variables, each of length m
     * @param followers policies of the lower level, or models w ({@link Follower#plain}) as long as {@link DataSetup#lowerStart}
     * @param estimands which name uppers and followers by their positions; none for a step without samples
     */
    default BatchRequest request(
            State state, List<double[]> uppers, List<Follower> followers, List<Estimand> estimands) {
        return request(state, state.phase(), context(state.iteration()), uppers, followers, estimands);
    }

    /** The same at another inner step or context. */
    default BatchRequest request(
            State state,
            int innerStep,
            int context,
            List<double[]> uppers,
            List<Follower> followers,
            List<Estimand> estimands) {
        return new BatchRequest(
                seed(),
                state.iteration(),
                innerStep,
                context,
                sampling().horizon(),
                sampling().unitsPerChunk(),
                sampling().traceDecay(),
                sampling().diagonalMoments(),
                uppers,
                followers,
                estimands);
    }

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
