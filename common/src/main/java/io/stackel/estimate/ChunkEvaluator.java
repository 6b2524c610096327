package io.stackel.estimate;

import io.stackel.policy.Policy;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.TrajectoryProblem;

/**
 * Turns a chunk of a batch into sums: simulate its units, form each unit's vectors, add them up in ascending order. A
 * pure function of (problem, policy, request, chunk), whichever thread, process or machine runs it.
 *
 * <p>A chunk is {@code unitsPerChunk} consecutive units of every role. An instance serves one request on one thread.
 */
public final class ChunkEvaluator {

    /** Trajectories that are played side by side. */
    private static final int LANES = 32;

    /**
     * A problem and a policy with what is derived from them once: share one among the threads of a process.
     */
    public static final class Source {

        private final TrajectoryProblem problem;
        private final Policy policy;
        private final FiniteTables tables;

        /** Prepares sampling tables if the problem is finite. */
        public Source(TrajectoryProblem problem, Policy policy) {
            this.problem = problem;
            this.policy = policy;
            this.tables = problem instanceof FiniteProblem finite ? new FiniteTables(finite) : null;
        }

        /** The evaluator of one request, for one thread. */
        public ChunkEvaluator open(BatchRequest request) {
            return new ChunkEvaluator(this, request);
        }

        /** One more than the largest key of a counted transition; 0 if the problem is not finite. */
        public long possibleTransitions() {
            return tables == null ? 0 : (long) tables.games[0].jointCells() * (tables.states() + 1);
        }

        /** How a request's totals are read. */
        public BatchResult read(BatchRequest request, double[] sums, long[] counters, TransitionCounts.Sorted counts) {
            RoleLayout[] layouts = layouts(request);
            return new BatchResult(request, layouts, sums, counters, counts);
        }

        private RoleLayout[] layouts(BatchRequest request) {
            return RoleLayout.of(request.roles(), problem.upperSize(), policy.parameters(), request.diagonalMoments());
        }
    }

    /** What the estimators need to know of the problem and the request. */
    record Setting(
            double discount,
            double entropyWeight,
            int horizon,
            double traceDecay,
            FiniteProblem.Dependence dependence) {

        /** Every score is credited with all later residuals. */
        Setting(double discount, double entropyWeight, int horizon, FiniteProblem.Dependence dependence) {
            this(discount, entropyWeight, horizon, 1, dependence);
        }
    }

    private final BatchRequest request;
    private final long possibleTransitions;
    private final RoleLayout[] layouts;
    private final Sampler sampler;
    private final LanePlan plan = new LanePlan(LANES);
    private final UnitSums unit;
    private final GradientEstimator gradient;
    private final BellmanEstimator bellman;
    private final HpgdEstimator hpgd;
    private final ReturnEstimator returns;

    private ChunkEvaluator(Source source, BatchRequest request) {
        this.request = request;
        TrajectoryProblem problem = source.problem;
        possibleTransitions = source.possibleTransitions();
        layouts = source.layouts(request);
        sampler = source.tables != null
                ? new FiniteSampler(source.tables, source.policy, request, LANES)
                : new SimulatorSampler(problem, source.policy, request, LANES);
        unit = new UnitSums(problem.upperSize(), source.policy.parameters());
        FiniteProblem.Dependence dependence = problem instanceof FiniteProblem finite
                ? finite.dependence()
                : new FiniteProblem.Dependence(true, true, true);
        Setting setting = new Setting(
                problem.discount(), problem.entropyWeight(), request.horizon(), request.traceDecay(), dependence);
        gradient = new GradientEstimator(setting);
        bellman = new BellmanEstimator(setting);
        hpgd = new HpgdEstimator(setting);
        returns = new ReturnEstimator(setting);
    }

    /** As {@link Source#possibleTransitions}. */
    public long possibleTransitions() {
        return possibleTransitions;
    }

    /** The length of a chunk's sums. */
    public int sumLength() {
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
            if (role instanceof Role.Hpgd one) {
                evaluateHpgd(one, from, to);
            } else {
                int step = Math.max(1, LANES / role.trajectoriesPerUnit());
                for (long u = from; u < to; u += step) {
                    evaluateGroup(role, u, (int) Math.min(step, to - u), counts);
                }
            }
        }
    }

    private void evaluateHpgd(Role.Hpgd role, long from, long to) {
        for (long u = from; u < to; u++) {
            unit.begin();
            sampler.begin(-1);
            hpgd.add(role, request, u, sampler, plan, unit);
            sampler.collect(role.upper(), -1, unit.upper, unit.lower);
            unit.end();
        }
    }

    private void evaluateGroup(Role role, long from, int units, TransitionCounts counts) {
        plan.begin(role, request.horizon());
        int perUnit = role.trajectoriesPerUnit();
        for (int i = 0; i < units * perUnit; i++) {
            plan(role, from * perUnit + i);
        }
        sampler.play(plan);
        boolean counted = role instanceof Role.Transitions || (role instanceof Role.Gradient one && one.counted());
        for (int i = 0; i < units; i++) {
            unit.begin();
            sampler.begin(lowerFollower(role));
            for (int j = 0; j < perUnit; j++) {
                int lane = i * perUnit + j;
                Trajectory trajectory = sampler.trajectory(plan, lane);
                unit.played(trajectory);
                estimate(role, trajectory, j);
                if (counted) {
                    sampler.count(lane, counts);
                }
            }
            if (role instanceof Role.Gradient || role instanceof Role.Bellman) {
                sampler.collect(collectedUpper(role), lowerFollower(role), unit.upper, unit.lower);
            }
            unit.end();
        }
    }

    private void plan(Role role, long trajectory) {
        boolean even = (trajectory & 1) == 0;
        if (role instanceof Role.Gradient one) {
            plan.add(trajectory, even || one.first() == one.second() ? one.first() : one.second());
        } else if (role instanceof Role.Bellman one) {
            int lane = plan.add(trajectory, one.planned());
            plan.firstPolicy[lane] = even ? one.planned() : one.target();
            plan.startState[lane] = one.uniformStart() ? LanePlan.FROM_ANYWHERE : LanePlan.FROM_START;
        } else if (role instanceof Role.Returns one) {
            plan.add(trajectory, one.follower());
        } else if (role instanceof Role.Transitions one) {
            int follower = explores(one, trajectory) ? LanePlan.UNIFORM : even ? one.first() : one.second();
            plan.add(trajectory, follower);
        }
    }

    /** A fixed share of the pairs of trajectories explores, evenly spread. */
    private static boolean explores(Role.Transitions role, long trajectory) {
        long pair = trajectory >> 1;
        return StrictMath.floor((pair + 1) * role.exploration()) > StrictMath.floor(pair * role.exploration());
    }

    private static int collectedUpper(Role role) {
        return role instanceof Role.Gradient one && !one.upperGradient() ? -1 : role.upper();
    }

    private static int lowerFollower(Role role) {
        if (role instanceof Role.Bellman one) {
            return one.target();
        }
        return role instanceof Role.Gradient one && one.lowerGradient() ? one.second() : -1;
    }

    private void estimate(Role role, Trajectory trajectory, int player) {
        if (role instanceof Role.Gradient one) {
            gradient.add(one, trajectory, player, unit);
        } else if (role instanceof Role.Bellman one) {
            bellman.add(one, trajectory, unit);
        } else if (role instanceof Role.Returns one) {
            returns.add(one.follower(), trajectory, unit);
        }
    }
}
