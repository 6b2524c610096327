package io.stackel.estimate;

import io.stackel.policy.TwoPlayerSoftmax;

/**
 * The units of a {@link NikaidoIsodaGap}, whose players' scores are credited with different residuals and therefore
 * collected one after the other.
 */
final class NikaidoIsodaEstimation implements Estimation {

    private final NikaidoIsodaGap estimand;
    private final Rollouts rollouts;
    private final Sampler sampler;
    private final int group;
    private final NikaidoIsodaEstimator estimator;
    private final double[] first;

    NikaidoIsodaEstimation(NikaidoIsodaGap estimand, Rollouts rollouts, TwoPlayerSoftmax policy) {
        this.estimand = estimand;
        this.rollouts = rollouts;
        sampler = rollouts.sampler();
        group = rollouts.lanes() / NikaidoIsodaGap.PROFILES;
        estimator = new NikaidoIsodaEstimator(rollouts.setting());
        first = new double[policy.secondOffset()];
    }

    @Override
    public void add(long from, long to, UnitSums unit, TransitionCounts counts) {
        for (long u = from; u < to; u += group) {
            addGroup(u, (int) Math.min(group, to - u), unit, counts);
        }
        sampler.close(unit);
    }

    private void addGroup(long from, int units, UnitSums unit, TransitionCounts counts) {
        int perUnit = estimand.trajectoriesPerUnit();
        LanePlan plan = rollouts.plan();
        plan.begin(estimand, rollouts.request().horizon());
        for (int i = 0; i < units * perUnit; i++) {
            long trajectory = from * perUnit + i;
            plan.add(trajectory, estimand.profile(trajectory));
        }
        sampler.play(plan);
        for (int i = 0; i < units; i++) {
            unit.begin();
            addFirst(i * perUnit, unit, counts);
            addSecond(i * perUnit, unit);
            unit.end();
        }
    }

    private void addFirst(int lane, UnitSums unit, TransitionCounts counts) {
        sampler.open(estimand.upper(), estimand.own(), unit);
        for (int j = 0; j < estimand.trajectoriesPerUnit(); j++) {
            Trajectory trajectory = sampler.trajectory(rollouts.plan(), lane + j);
            unit.played(trajectory);
            estimator.addFirst(estimand, trajectory, j, unit);
            if (estimand.counted()) {
                sampler.count(lane + j, counts);
            }
        }
        sampler.collect(unit);
        System.arraycopy(unit.lower.values, 0, first, 0, first.length);
    }

    /** Forms the scores anew with the second player's credits, and puts the first player's part back in its place. */
    private void addSecond(int lane, UnitSums unit) {
        unit.lower.clear();
        sampler.open(TrajectoryEstimation.NONE, estimand.own(), unit);
        for (int j = 0; j < estimand.trajectoriesPerUnit(); j++) {
            estimator.addSecond(estimand, sampler.trajectory(rollouts.plan(), lane + j), j);
        }
        sampler.collect(unit);
        System.arraycopy(first, 0, unit.lower.values, 0, first.length);
    }
}
