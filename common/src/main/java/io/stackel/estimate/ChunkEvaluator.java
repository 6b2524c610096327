package io.stackel.estimate;

import io.stackel.policy.Policy;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.DataProblem;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.problem.ZeroSumProblem;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns a chunk of a batch into sums: form its units' vectors, from trajectories or from blocks of data, and add them up
 * in ascending order. A pure function of (problem, policy, request, chunk), whichever thread, process or machine runs it.
 *
 * <p>A chunk is {@code unitsPerChunk} consecutive units of every role. An instance serves one request on one thread.
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
        private final Function<BatchRequest, RoleUnits> units;

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
            this(problem, policy, values, TrajectoryUnits.LANES);
        }

        Source(TrajectoryProblem problem, Policy policy, Optional<ValueNetwork> values, int lanes) {
            upperSize = problem.upperSize();
            lowerSize = policy.parameters();
            valueSize = values.map(ValueNetwork::parameters).orElse(0);
            if (problem instanceof FiniteProblem finite) {
                FiniteTables tables = new FiniteTables(finite);
                possibleTransitions = (long) tables.games[0].jointCells() * (tables.states() + 1);
                units = request -> unitsOf(finite, tables, policy, request);
            } else {
                possibleTransitions = 0;
                units = problem instanceof PreferenceProblem pairs
                        ? request -> PreferenceUnits.ofSimulator(pairs, policy, values, request)
                        : request -> TrajectoryUnits.ofSimulator(problem, policy, values, request, lanes);
            }
        }

        private static RoleUnits unitsOf(
                FiniteProblem problem, FiniteTables tables, Policy policy, BatchRequest request) {
            if (problem instanceof ZeroSumProblem) {
                return ZeroSumUnits.ofTables(tables, policy, request);
            }
            return problem instanceof PreferenceProblem
                    ? PreferenceUnits.ofTables(tables, policy, request)
                    : TrajectoryUnits.ofTables(tables, policy, request);
        }

        /** Blocks of data of a problem. */
        public Source(DataProblem problem) {
            upperSize = problem.upperSize();
            lowerSize = problem.lowerSize();
            valueSize = 0;
            possibleTransitions = 0;
            units = request -> new BlockUnits(problem, request);
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
            RoleLayout[] layouts = layouts(request);
            return new BatchResult(request, layouts, sums, counters, counts);
        }

        private RoleLayout[] layouts(BatchRequest request) {
            return RoleLayout.of(request.roles(), upperSize, lowerSize, valueSize, request.diagonalMoments());
        }
    }

    private final BatchRequest request;
    private final long possibleTransitions;
    private final RoleLayout[] layouts;
    private final RoleUnits units;
    private final UnitSums unit;

    private ChunkEvaluator(Source source, BatchRequest request) {
        this.request = request;
        possibleTransitions = source.possibleTransitions();
        layouts = source.layouts(request);
        units = source.units.apply(request);
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

    private static int lengthOf(RoleLayout[] layouts) {
        return layouts.length == 0 ? 0 : layouts[layouts.length - 1].end();
    }

    /** The length of the counters. */
    public int counterLength() {
        return layouts.length * RoleLayout.COUNTERS;
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
            Role role = request.roles().get(i);
            unit.open(layouts[i], i, sums, counters);
            long from = chunk * request.unitsPerChunk();
            long to = Math.min(role.units(), from + request.unitsPerChunk());
            units.add(role, from, to, unit, counts);
        }
    }
}
