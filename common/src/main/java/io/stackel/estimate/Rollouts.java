package io.stackel.estimate;

import io.stackel.policy.Policy;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.TrajectoryProblem;
import java.util.Optional;

/** Trajectories of a request, several of them played side by side: what all estimands of the request share. */
record Rollouts(RolloutRequest request, Policy policy, Sampler sampler, Setting setting, LanePlan plan)
        implements UnitSource {

    /** Trajectories that are played side by side. */
    static final int LANES = 32;

    /**
     * What estimators need to know of the problem and the request.
     *
     * @param hidden as {@link TrajectoryProblem#upperRewardHidden}
     */
    record Setting(
            double discount,
            double entropyWeight,
            int horizon,
            double traceDecay,
            TrajectoryProblem.Dependence dependence,
            boolean hidden) {

        static Setting of(TrajectoryProblem problem, RolloutRequest request) {
            return new Setting(
                    problem.discount(),
                    problem.entropyWeight(),
                    request.horizon(),
                    request.traceDecay(),
                    problem.dependence(),
                    problem.upperRewardHidden());
        }
    }

    /** Draws from the tables of a finite problem. */
    static Rollouts ofTables(FiniteTables tables, Policy policy, RolloutRequest request) {
        Sampler sampler = new FiniteSampler(tables, policy, request, LANES);
        return new Rollouts(request, policy, sampler, Setting.of(tables.problem, request), new LanePlan(LANES));
    }

    /** Plays a problem's simulator. */
    static Rollouts ofSimulator(
            TrajectoryProblem problem,
            Policy policy,
            Optional<ValueNetwork> values,
            RolloutRequest request,
            int lanes) {
        Sampler sampler = new SimulatorSampler(problem, policy, values, request, lanes);
        return new Rollouts(request, policy, sampler, Setting.of(problem, request), new LanePlan(lanes));
    }

    @Override
    public Rollouts rollouts() {
        return this;
    }
}
