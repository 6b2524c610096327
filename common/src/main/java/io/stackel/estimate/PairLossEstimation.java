package io.stackel.estimate;

import io.stackel.random.RandomStream;

/** The units of a {@link PairLossGradient}: one pair of trajectories a player. */
final class PairLossEstimation extends TrajectoryEstimation {

    private final PairLossGradient estimand;
    private final PreferenceEstimator estimator;
    private final double[] step;

    PairLossEstimation(PairLossGradient estimand, Rollouts rollouts) {
        super(
                rollouts,
                estimand,
                estimand.wanted().upper() ? estimand.upper() : NONE,
                estimand.wanted().lower() ? estimand.terms().second() : NONE,
                estimand.terms().counted());
        this.estimand = estimand;
        estimator = new PreferenceEstimator(rollouts.setting());
        step = new double[estimand.stepSize()];
    }

    /** Without the lower level's terms nothing counts after the last segment. */
    @Override
    int horizon() {
        int longest = super.horizon();
        return estimand.terms().scale() == 0 ? Math.min(estimand.rule().steps(), longest) : longest;
    }

    @Override
    void plan(LanePlan plan, long trajectory) {
        ValueGradient terms = estimand.terms();
        int pairs = estimand.pairsPerUnit();
        if (estimand.ofWins() && trajectory / pairs % PairEstimand.OF_A_PAIR == 0) {
            plan.add(trajectory, estimand.reference());
            return;
        }
        boolean first = trajectory % pairs == 0;
        plan.add(terms.common() ? trajectory & ~1L : trajectory, first ? terms.first() : terms.second());
    }

    @Override
    void addUnit(long number, int lane, UnitSums unit) {
        for (int player = 0; player < estimand.pairsPerUnit(); player++) {
            addPair(number, lane, player, unit);
        }
    }

    /** The pair of a player of a unit whose first lane is {@code lane}: lanes player and player + pairs a unit. */
    private void addPair(long number, int lane, int player, UnitSums unit) {
        int pairs = estimand.pairsPerUnit();
        long pair = number * pairs + player;
        RandomStream random =
                estimand.labels(rollouts.request(), estimand.terms().common() ? number * pairs : pair);
        for (int place = 0; place < PairEstimand.OF_A_PAIR; place++) {
            Trajectory trajectory = played(lane + player + place * pairs, unit);
            int start = random.nextInt(estimand.rule().latestStart() + 1);
            estimator.read(estimand.rule(), trajectory, place, start);
            estimator.readRatios(estimand, trajectory, place);
        }
        double uniform = random.nextDouble();
        double other = estimand.objective().labels() == 1 ? uniform : random.nextDouble();
        double label = estimator.weigh(estimand, player, uniform, other, unit);
        for (int place = 0; place < PairEstimand.OF_A_PAIR; place++) {
            int own = lane + player + place * pairs;
            estimator.add(estimand, trajectory(own), place, player, unit);
            if (estimand.recorded()) {
                record(pair, place, own, unit);
            }
        }
        if (estimand.recorded()) {
            unit.note((int) (pair + 1) * estimand.recordLength() - 1, label);
        }
    }

    private void record(long pair, int place, int lane, UnitSums unit) {
        int length = estimand.rule().segmentLength() * step.length;
        int at = (int) pair * estimand.recordLength() + place * length;
        for (int t = estimator.from(place); t < estimator.end(place); t++) {
            rollouts.sampler().step(lane, t, step);
            unit.note(at++, step[0] + 1.0);
            for (int i = 1; i < step.length; i++) {
                unit.note(at++, step[i]);
            }
        }
    }
}
