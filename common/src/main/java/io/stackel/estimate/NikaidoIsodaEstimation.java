package io.stackel.estimate;

/**
 * The units of a {@link NikaidoIsodaGap}, whose players' scores are credited with different residuals and therefore
 * collected one after the other.
 */
final class NikaidoIsodaEstimation extends TrajectoryEstimation {
    private final NikaidoIsodaGap estimand;
    private final NikaidoIsodaEstimator estimator;
    private final double[] first;

    /** Forms units whose first player has this many parameters. */
    NikaidoIsodaEstimation(NikaidoIsodaGap estimand, Rollouts rollouts, int firstParameters) {
        super(rollouts, estimand, estimand.upper(), estimand.own(), estimand.counted());
        this.estimand = estimand;
        estimator = new NikaidoIsodaEstimator(rollouts.setting());
        first = new double[firstParameters];
    }

    @Override
    void plan(LanePlan plan, long trajectory) {
        plan.add(trajectory, estimand.profile(trajectory));
    }

    /** Forms the first player's scores and keeps them, then forms all anew with the second player's credits. */
    @Override
    void addUnit(long number, int lane, UnitSums unit) {
        rollouts.sampler().open(estimand.upper(), estimand.own(), unit);
        for (int j = 0; j < estimand.trajectoriesPerUnit(); j++) {
            estimator.addFirst(estimand, played(lane + j, unit), j, unit);
        }
        rollouts.sampler().collect(unit);
        System.arraycopy(unit.lower.values, 0, first, 0, first.length);
        unit.lower.clear();
        rollouts.sampler().open(NONE, estimand.own(), unit);
        for (int j = 0; j < estimand.trajectoriesPerUnit(); j++) {
            estimator.addSecond(estimand, trajectory(lane + j), j);
        }
    }

    /** Puts the first player's part back in its place. */
    @Override
    void collect(UnitSums unit) {
        super.collect(unit);
        System.arraycopy(first, 0, unit.lower.values, 0, first.length);
    }
}
