package io.stackel.estimate;

import java.util.Arrays;

/** What one trajectory contributes to a {@link ActorCriticStep}, whose formulas it follows. */
final class ActorCriticEstimator extends Estimator {

    /** That of a player itself; a policy that does not play could have any. */
    private static final double LARGEST_WEIGHT = 2;

    private final double[] lowerRewards = perStep();
    private final double[] upperRewards = perStep();
    private final double[] lowerValues = perStep();
    private final double[] upperValues = perStep();
    private final double[] weights = perStep();
    private final double[] ratios = perStep();
    private final double[] advantages = perStep();
    private final boolean hidden;
    private final SoftSarsaEstimator softSarsa;

    ActorCriticEstimator(Rollouts.Setting setting) {
        super(setting);
        hidden = setting.hidden();
        softSarsa = new SoftSarsaEstimator(setting);
    }

    void add(ActorCriticStep estimand, Trajectory trajectory, UnitSums unit) {
        int length = trajectory.length();
        trajectory.upperRewards(upperRewards);
        for (int t = 0; t < length; t++) {
            unit.upperTotal += upperRewards[t] / estimand.trajectoriesPerUnit();
        }
        if (hidden && estimand.upperRewardWeight() == 0) {
            Arrays.fill(upperRewards, 0, length, 0);
        }
        learn(estimand, trajectory, 1.0 / estimand.trajectoriesPerUnit());
    }

    /**
     * Adds what a trajectory contributes whose one upper reward has the discounted value {@code gain}.
     *
     * @param end one more than the step that is rewarded, at least 1
     * @param share of the trajectory in its unit
     */
    void add(ActorCriticStep estimand, Trajectory trajectory, double gain, int end, double share, UnitSums unit) {
        Arrays.fill(upperRewards, 0, trajectory.length(), 0);
        upperRewards[end - 1] = gain / powers[end - 1];
        unit.upperTotal += share * gain;
        learn(estimand, trajectory, share);
    }

    private void learn(ActorCriticStep estimand, Trajectory trajectory, double share) {
        if (estimand.expected()) {
            softSarsa.add(estimand, trajectory.ofSimulator(), upperRewards, share);
            return;
        }
        int length = trajectory.length();
        trajectory.entropicRewards(estimand.own(), lowerRewards);
        trajectory.bothValues(estimand.own(), lowerValues, upperValues);
        weigh(estimand, trajectory, length, ratios, weights);
        Arrays.fill(advantages, 0, length, 0);
        credit(lowerRewards, lowerValues, 1, length);
        credit(upperRewards, upperValues, estimand.upperRewardWeight(), length);
        trajectory.likelihoodRatios(estimand.own(), estimand.learner(), ratios);
        for (int t = 0; t < length; t++) {
            boolean clipped = advantages[t] > 0 ? ratios[t] > 1 + estimand.clip() : ratios[t] < 1 - estimand.clip();
            advantages[t] = clipped ? 0 : -share * weights[t] * ratios[t] * advantages[t];
        }
        trajectory.addPolicyScores(advantages);
        trajectory.ofSimulator().addFitGradient(lowerValues, upperValues);
    }

    /** Writes the weight of each step against the mixture of both players; {@code scratch} is overwritten. */
    static void weigh(ActorCriticStep estimand, Trajectory trajectory, int length, double[] scratch, double[] weights) {
        if (estimand.first() == estimand.second()) {
            Arrays.fill(weights, 0, length, 1);
            return;
        }
        if (estimand.own() != estimand.first() && estimand.own() != estimand.second()) {
            trajectory.likelihoodRatios(estimand.own(), estimand.first(), scratch);
            trajectory.likelihoodRatios(estimand.own(), estimand.second(), weights);
            for (int t = 0; t < length; t++) {
                weights[t] = Math.min(LARGEST_WEIGHT, 2 / (scratch[t] + weights[t]));
            }
            return;
        }
        int partner = estimand.own() == estimand.first() ? estimand.second() : estimand.first();
        trajectory.likelihoodRatios(estimand.own(), partner, weights);
        for (int t = 0; t < length; t++) {
            weights[t] = LikelihoodRatio.firstWeight(weights[t]);
        }
    }

    /** Adds k times the advantages of these rewards; turns values into what they are fitted to. */
    private void credit(double[] rewards, double[] values, double k, int length) {
        double tail = 0;
        double next = values[length];
        for (int t = length - 1; t >= 0; t--) {
            double residual = rewards[t] + discount * next - values[t];
            advantages[t] += k * (residual + discount * traceDecay * tail);
            tail = weights[t] * residual + discount * traceDecay * Math.min(1, weights[t]) * tail;
            next = values[t];
            values[t] += tail;
        }
    }
}
