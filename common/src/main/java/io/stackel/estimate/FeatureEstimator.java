package io.stackel.estimate;

import io.stackel.math.VectorMath;
import io.stackel.random.AliasTable;

/** The estimator of {@link FeatureExpectation}: sums of reward gradients, with the sign of the trajectory's place in its unit. */
final class FeatureEstimator {

    private final double[] powers;
    private final double[] weights;

    FeatureEstimator(Rollouts.Setting setting) {
        powers = Discounts.powers(setting.discount(), setting.horizon());
        weights = new double[setting.horizon() + 1];
    }

    /** Where the second trajectories of an estimand's units start. */
    static AliasTable starts(FeatureExpectation estimand) {
        return AliasTable.of(VectorMath.scaled(1 / estimand.mass(), estimand.ends()), 1, estimand.ends().length);
    }

    /**
     * Adds what one trajectory contributes to its unit.
     *
     * @param place 0 from the start, 1 from where others were cut
     */
    void add(FeatureExpectation estimand, Trajectory trajectory, int place) {
        double sign = place == 0 ? estimand.scale() : -estimand.scale() * estimand.mass();
        for (int t = 0; t < trajectory.length(); t++) {
            weights[t] = sign * powers[t];
        }
        trajectory.addLowerRewardGradients(weights);
    }
}
