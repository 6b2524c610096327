package io.stackel.estimate;

import io.stackel.policy.Policy;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Permutation;
import java.util.Optional;

/** Plays the trajectories of units, several side by side, and forms each unit's vectors from them. */
final class TrajectoryUnits implements RoleUnits {

    /** Trajectories that are played side by side. */
    static final int LANES = 32;

    /**
     * What the estimators need to know of the problem and the request.
     *
     * @param hidden as {@link TrajectoryProblem#upperRewardHidden}
     */
    record Setting(
            double discount,
            double entropyWeight,
            int horizon,
            double traceDecay,
            FiniteProblem.Dependence dependence,
            boolean hidden) {

        static Setting of(TrajectoryProblem problem, BatchRequest request) {
            FiniteProblem.Dependence dependence = problem instanceof FiniteProblem finite
                    ? finite.dependence()
                    : new FiniteProblem.Dependence(true, true, true);
            return new Setting(
                    problem.discount(),
                    problem.entropyWeight(),
                    request.horizon(),
                    request.traceDecay(),
                    dependence,
                    problem.upperRewardHidden());
        }
    }

    private final BatchRequest request;
    private final Sampler sampler;
    private final LanePlan plan;
    private final int lanes;
    private final GradientEstimator gradient;
    private final BellmanEstimator bellman;
    private final HpgdEstimator hpgd;
    private final ReturnEstimator returns;
    private final FeatureEstimator features;
    private final ActorCriticEstimator actorCritic;
    private Optional<Permutation> order = Optional.empty();

    TrajectoryUnits(TrajectoryProblem problem, Sampler sampler, BatchRequest request) {
        this(problem, sampler, request, LANES);
    }

    private TrajectoryUnits(TrajectoryProblem problem, Sampler sampler, BatchRequest request, int lanes) {
        this.request = request;
        this.lanes = lanes;
        plan = new LanePlan(lanes);
        this.sampler = sampler;
        Setting setting = Setting.of(problem, request);
        gradient = new GradientEstimator(setting);
        bellman = new BellmanEstimator(setting);
        hpgd = new HpgdEstimator(setting);
        returns = new ReturnEstimator(setting);
        features = new FeatureEstimator(setting);
        actorCritic = new ActorCriticEstimator(setting);
    }

    /** Draws from the tables of a finite problem. */
    static TrajectoryUnits ofTables(FiniteTables tables, Policy policy, BatchRequest request) {
        return new TrajectoryUnits(tables.problem, new FiniteSampler(tables, policy, request, LANES), request);
    }

    /** Plays a problem's simulator. */
    static TrajectoryUnits ofSimulator(
            TrajectoryProblem problem, Policy policy, Optional<ValueNetwork> values, BatchRequest request, int lanes) {
        SimulatorSampler sampler = new SimulatorSampler(problem, policy, values, request, lanes);
        return new TrajectoryUnits(problem, sampler, request, lanes);
    }

    @Override
    public void add(Role role, long from, long to, UnitSums unit, TransitionCounts counts) {
        sampler.open(collectedUpper(role), lowerFollower(role), unit);
        if (role instanceof Role.Features one && one.trajectoriesPerUnit() > 1) {
            plan.otherStarts = FeatureEstimator.starts(one);
        }
        order = role instanceof Role.ActorCritic one
                ? Optional.of(one.minibatch().order(request, one))
                : Optional.empty();
        if (role instanceof Role.Hpgd one) {
            addHpgd(one, from, to, unit);
        } else {
            int step = Math.max(1, lanes / role.trajectoriesPerUnit());
            for (long u = from; u < to; u += step) {
                addGroup(role, u, (int) Math.min(step, to - u), unit, counts);
            }
        }
        sampler.close(unit);
    }

    private void addHpgd(Role.Hpgd role, long from, long to, UnitSums unit) {
        for (long u = from; u < to; u++) {
            unit.begin();
            hpgd.add(role, request, u, sampler, plan, unit);
            sampler.collect(unit);
            unit.end();
        }
    }

    private void addGroup(Role role, long from, int units, UnitSums sums, TransitionCounts counts) {
        plan.begin(role, request.horizon());
        int perUnit = role.trajectoriesPerUnit();
        for (int i = 0; i < units; i++) {
            long unit = place(role, from + i);
            for (int j = 0; j < perUnit; j++) {
                plan(role, unit * perUnit + j);
            }
        }
        sampler.play(plan);
        boolean counted = role instanceof Role.Transitions || (role instanceof Role.Gradient one && one.counted());
        for (int i = 0; i < units; i++) {
            sums.begin();
            for (int j = 0; j < perUnit; j++) {
                int lane = i * perUnit + j;
                Trajectory trajectory = sampler.trajectory(plan, lane);
                sums.played(trajectory);
                estimate(role, trajectory, j, sums);
                if (counted) {
                    sampler.count(lane, counts);
                }
            }
            sampler.collect(sums);
            sums.end();
        }
    }

    /** The unit at a place of its order. */
    private long place(Role role, long number) {
        return role instanceof Role.ActorCritic one && order.isPresent()
                ? order.get().image(one.minibatch().from() + number)
                : number;
    }

    private void plan(Role role, long trajectory) {
        boolean even = (trajectory & 1) == 0;
        if (role instanceof Role.Gradient one) {
            long number = one.common() ? trajectory & ~1L : trajectory;
            plan.add(number, even || one.followers().single() ? one.first() : one.second());
        } else if (role instanceof Role.ActorCritic one) {
            plan.add(trajectory, even || one.first() == one.second() ? one.first() : one.second());
        } else if (role instanceof Role.Bellman one) {
            int lane = plan.add(trajectory, one.planned());
            if (one.states() != StateDistribution.VISITS) {
                plan.firstPolicy[lane] = even ? one.planned() : one.target();
            }
            if (one.states() == StateDistribution.UNIFORM) {
                plan.startState[lane] = LanePlan.FROM_ANYWHERE;
            }
        } else if (role instanceof Role.Returns one) {
            plan.add(trajectory, one.follower());
        } else if (role instanceof Role.Features one) {
            int lane = plan.add(trajectory, one.follower());
            if (!even && one.trajectoriesPerUnit() > 1) {
                plan.startState[lane] = LanePlan.FROM_OTHERS;
            }
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
        boolean wanted = role instanceof Role.Gradient one
                ? one.wanted().upper()
                : role instanceof Role.Bellman || role instanceof Role.Hpgd || role instanceof Role.Features;
        return wanted ? role.upper() : -1;
    }

    private static int lowerFollower(Role role) {
        if (role instanceof Role.Bellman one) {
            return one.target();
        }
        if (role instanceof Role.ActorCritic one) {
            return one.learner();
        }
        return role instanceof Role.Gradient one && one.wanted().lower() ? one.second() : -1;
    }

    private void estimate(Role role, Trajectory trajectory, int player, UnitSums unit) {
        if (role instanceof Role.Gradient one) {
            gradient.add(one, trajectory, player, unit);
        } else if (role instanceof Role.Bellman one) {
            bellman.add(one, trajectory, unit);
        } else if (role instanceof Role.ActorCritic one) {
            actorCritic.add(one, trajectory, unit);
        } else if (role instanceof Role.Returns one) {
            returns.add(one.follower(), trajectory, unit);
        } else if (role instanceof Role.Features one) {
            features.add(one, trajectory, player);
        }
    }
}
