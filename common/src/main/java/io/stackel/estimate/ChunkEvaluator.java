package io.stackel.estimate;

import io.stackel.policy.Policy;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.DataProblem;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.TrajectoryProblem;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns a chunk of a batch into sums: form its units' vectors, from trajectories or from blocks of data, and add them up
 * in ascending order. A pure function of (problem, policy, request, chunk), whichever thread, process or machine runs it.
 *
 * <p>A chunk is {@code unitsPerChunk} consecutive units of every estimand. An instance serves one request on one thread.
 */
public final class ChunkEvaluator {

    /**
     * A problem with what is derived from it once: share one among the threads of a process.
     */
    public static final class Source {

        private final int upperSize;
        private final int lowerSize;
        private final int valueSize;
        private final long possibleTransitions;
        private final Function<BatchRequest, UnitSource> units;

        /** Trajectories of a problem under a policy, without values by a network. */
        public Source(TrajectoryProblem problem, Policy policy) {
            this(problem, policy, Optional.empty());
        }

        /**
         * Trajectories of a problem under a policy; prepares sampling tables if the problem is finite.
         *
         * @param values the baselines of a problem that can only be sampled, if any
         */
        public Source(TrajectoryProblem problem, Policy policy, Optional<ValueNetwork> values) {
            this(problem, policy, values, Rollouts.LANES);
        }

        Source(TrajectoryProblem problem, Policy policy, Optional<ValueNetwork> values, int lanes) {
            upperSize = problem.upperSize();
            lowerSize = policy.parameters();
            valueSize = values.map(ValueNetwork::parameters).orElse(0);
            Optional<FiniteTables> tables = problem.as(FiniteProblem.class).map(FiniteTables::new);
            possibleTransitions = tables.map(FiniteTables::possibleTransitions).orElse(0L);
            units = tables.<Function<BatchRequest, UnitSource>>map(
                            finite -> request -> Rollouts.ofTables(finite, policy, request))
                    .orElse(request -> Rollouts.ofSimulator(problem, policy, values, request, lanes));
        }

        /** Blocks of data of a problem. */
        public Source(DataProblem problem) {
            upperSize = problem.upperSize();
            lowerSize = problem.lowerSize();
            valueSize = 0;
            possibleTransitions = 0;
            units = request -> DataBlocks.of(problem, request);
        }

        /** The evaluator of one request, for one thread. */
        public ChunkEvaluator open(BatchRequest request) {
            return new ChunkEvaluator(this, request);
        }

        /** The length of a chunk's sums. */
        public int sumLength(BatchRequest request) {
            return lengthOf(layouts(request));
        }

        /** One more than the largest key of a counted transition; 0 if none is counted. */
        public long possibleTransitions() {
            return possibleTransitions;
        }

        /** How a request's totals are read. */
        public BatchResult read(BatchRequest request, double[] sums, long[] counters, TransitionCounts.Sorted counts) {
            EstimandLayout[] layouts = layouts(request);
            return new BatchResult(request, layouts, sums, counters, counts);
        }

        private EstimandLayout[] layouts(BatchRequest request) {
            return request.layouts(upperSize, lowerSize, valueSize);
        }
    }

    private final BatchRequest request;
    private final long possibleTransitions;
    private final EstimandLayout[] layouts;
    private final Estimation[] estimations;
    private final UnitSums unit;

    private ChunkEvaluator(Source source, BatchRequest request) {
        this.request = request;
        possibleTransitions = source.possibleTransitions();
        layouts = source.layouts(request);
        UnitSource drawn = source.units.apply(request);
        estimations = request.estimands().stream()
                .map(estimand -> estimand.estimation(drawn))
                .toArray(Estimation[]::new);
        unit = new UnitSums(source.upperSize, source.lowerSize + source.valueSize);
    }

    /** As {@link Source#possibleTransitions}. */
    public long possibleTransitions() {
        return possibleTransitions;
    }

    /** The length of a chunk's sums. */
    public int sumLength() {
        return lengthOf(layouts);
    }

    private static int lengthOf(EstimandLayout[] layouts) {
        return layouts.length == 0 ? 0 : layouts[layouts.length - 1].end();
    }

    /** The length of the array of counters that {@link #evaluate} adds to. */
    public int counterLength() {
        return layouts.length * EstimandLayout.COUNTERS;
    }

    /**
     * Evaluates one chunk.
     *
     * @param chunk its number
     * @param sums receives the chunk's sums; zeros on entry
     * @param counters is added to
     * @param counts is added to
     */
    public void evaluate(long chunk, double[] sums, long[] counters, TransitionCounts counts) {
        for (int i = 0; i < layouts.length; i++) {
            Estimand estimand = request.estimands().get(i);
            unit.open(layouts[i], i, sums, counters);
            long from = chunk * request.unitsPerChunk();
            long to = Math.min(estimand.units(), from + request.unitsPerChunk());
            estimations[i].add(from, to, unit, counts);
        }
    }
}
