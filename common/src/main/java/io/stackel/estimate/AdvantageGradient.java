package io.stackel.estimate;

import io.stackel.random.Purpose;

/**
 * HPGD's hypergradient {@code grad_x f - (1/tau) E[ sum_t discount^t A_u(s,b) grad_x A*(s,b) ]} with independent
 * continuations: a path of geometric length reaches (s, b) with probability proportional to its discounted visits; the
 * leader's return and grad_x Q* are then estimated by separate paths from (s, b), grad_x V* by a third from s.
 */
public record AdvantageGradient(Purpose purpose, int stream, long units, int upper, int follower) implements Estimand {

    @Override
    public int trajectoriesPerUnit() {
        return 5;
    }

    @Override
    public Wanted wanted() {
        return Wanted.UPPER;
    }

    @Override
    public Estimation estimation(UnitSource source) {
        Rollouts rollouts = source.rollouts();
        Sampler sampler = rollouts.sampler();
        HpgdEstimator estimator = new HpgdEstimator(rollouts.setting());
        return (from, to, unit, counts) -> {
            sampler.open(upper, TrajectoryEstimation.NONE, unit);
            for (long u = from; u < to; u++) {
                unit.begin();
                estimator.add(this, rollouts.request(), u, sampler, rollouts.plan(), unit);
                sampler.collect(unit);
                unit.end();
            }
            sampler.close(unit);
        };
    }
}
