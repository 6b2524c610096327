package io.stackel.estimate;

import io.stackel.policy.Policy;
import io.stackel.policy.TwoPlayerSoftmax;

/**
 * Units of a zero-sum game: those of {@link Role.NikaidoIsoda}, whose players' scores are credited with different
 * residuals and therefore collected one after the other; all other roles are played by {@link TrajectoryUnits}.
 */
final class ZeroSumUnits implements RoleUnits {

    private static final int GROUP = TrajectoryUnits.LANES / Role.NikaidoIsoda.PROFILES;

    private final BatchRequest request;
    private final Sampler sampler;
    private final TrajectoryUnits others;
    private final LanePlan plan = new LanePlan(TrajectoryUnits.LANES);
    private final NikaidoIsodaEstimator estimator;
    private final double[] first;

    private ZeroSumUnits(FiniteTables tables, TwoPlayerSoftmax policy, BatchRequest request) {
        this.request = request;
        sampler = new FiniteSampler(tables, policy, request, TrajectoryUnits.LANES);
        others = new TrajectoryUnits(tables.problem, sampler, request);
        estimator = new NikaidoIsodaEstimator(TrajectoryUnits.Setting.of(tables.problem, request));
        first = new double[policy.secondOffset()];
    }

    /** Draws from the tables of a zero-sum problem. */
    static ZeroSumUnits ofTables(FiniteTables tables, Policy policy, BatchRequest request) {
        if (policy instanceof TwoPlayerSoftmax players) {
            return new ZeroSumUnits(tables, players, request);
        }
        throw new IllegalArgumentException(
                "a zero-sum problem needs softmax policies of two players, but the policy is "
                        + policy.getClass().getSimpleName());
    }

    @Override
    public void add(Role role, long from, long to, UnitSums unit, TransitionCounts counts) {
        if (!(role instanceof Role.NikaidoIsoda one)) {
            others.add(role, from, to, unit, counts);
            return;
        }
        for (long u = from; u < to; u += GROUP) {
            addGroup(one, u, (int) Math.min(GROUP, to - u), unit, counts);
        }
        sampler.close(unit);
    }

    private void addGroup(Role.NikaidoIsoda role, long from, int units, UnitSums unit, TransitionCounts counts) {
        int perUnit = role.trajectoriesPerUnit();
        plan.begin(role, request.horizon());
        for (int i = 0; i < units * perUnit; i++) {
            long trajectory = from * perUnit + i;
            plan.add(trajectory, role.profile(trajectory));
        }
        sampler.play(plan);
        for (int i = 0; i < units; i++) {
            unit.begin();
            addFirst(role, i * perUnit, unit, counts);
            addSecond(role, i * perUnit, unit);
            unit.end();
        }
    }

    private void addFirst(Role.NikaidoIsoda role, int lane, UnitSums unit, TransitionCounts counts) {
        sampler.open(role.upper(), role.own(), unit);
        for (int j = 0; j < role.trajectoriesPerUnit(); j++) {
            Trajectory trajectory = sampler.trajectory(plan, lane + j);
            unit.played(trajectory);
            estimator.addFirst(role, trajectory, j, unit);
            if (role.counted()) {
                sampler.count(lane + j, counts);
            }
        }
        sampler.collect(unit);
        System.arraycopy(unit.lower.values, 0, first, 0, first.length);
    }

    /** Forms the scores anew with the second player's credits, and puts the first player's part back in its place. */
    private void addSecond(Role.NikaidoIsoda role, int lane, UnitSums unit) {
        unit.lower.clear();
        sampler.open(-1, role.own(), unit);
        for (int j = 0; j < role.trajectoriesPerUnit(); j++) {
            estimator.addSecond(role, sampler.trajectory(plan, lane + j), j);
        }
        sampler.collect(unit);
        System.arraycopy(first, 0, unit.lower.values, 0, first.length);
    }
}
