package io.stackel.estimate;

import java.util.Arrays;

/**
 * The estimator of {@link ValueGradient}. A trajectory of the pair's mixture carries the weights of its prefix up to and
 * including action t, with L_i the sum of log pi_i over actions 0..t,
 *
 * <pre>
 *   w_1 = 2 / (1 + exp(L_2 - L_1)),   w_2 = 2 - w_1      (shared; otherwise 2 for its own follower and 0 for the other)
 * </pre>
 *
 * <p>and contributes, averaged over the unit's trajectories,
 *
 * <pre>
 *   x in the reward r:    sum_t discount^t c (w_1 - w_2) grad_x r_t
 *   x in the reward u:   -sum_t discount^t (f1 w_1 + f2 w_2) grad_x u_t
 *   x through scores:     sum_t score_t sum_{k>=t} discount^k [ c (w_1 d_1 - w_2 d_2) - f1 w_1 e_1 - f2 w_2 e_2 ]_k
 *   theta of follower 2:  sum_t score_t sum_{k>=t} discount^k w_2 [ -c d_2 - f2 e_2 ]_k
 *   d_i = r - tau log pi_i(b|s) + discount V_i(s') - V_i(s),     e_i = u + discount U_i(s') - U_i(s)
 * </pre>
 *
 * <p>With {@code traceDecay} below 1 the residual of step k counts with traceDecay^(k - t) in the inner sums: less noise,
 * and a bias as large as the baselines are wrong (Schulman et al., "High-dimensional continuous control using generalized
 * advantage estimation", ICLR 2016). At 1: unbiased for every V_i and U_i, because each term carries its own weight; without baselines the residuals are the
 * rewards. After a truncation V(s_H) and U(s_H) stand for what follows. Source: the weights are the balance heuristic
 * (Veach and Guibas, 1995) with each policy drawn half the time.
 */
final class GradientEstimator extends Estimator {
    private final double[] weight1 = perStep();
    private final double[] weight2 = perStep();
    private final double[] lower1 = perStep();
    private final double[] lower2 = perStep();
    private final double[] upper1 = perStep();
    private final double[] upper2 = perStep();
    private final double[] values = perStep();
    private final double[] stepWeights = perStep();

    GradientEstimator(Rollouts.Setting setting) {
        super(setting);
    }

    /**
     * Adds what one trajectory contributes to its unit.
     *
     * @param player 0 if follower 1 played it, 1 if follower 2 did
     */
    void add(ValueGradient estimand, Trajectory trajectory, int player, UnitSums unit) {
        add(estimand, trajectory, player, 1.0 / estimand.trajectoriesPerUnit(), unit);
    }

    /**
     * Adds what one trajectory of a unit of any number contributes.
     *
     * @param share one over that number
     */
    void add(ValueGradient estimand, Trajectory trajectory, int player, double share, UnitSums unit) {
        int length = trajectory.length();
        weigh(estimand, trajectory, player, length);
        trajectory.entropicRewards(estimand.second(), lower2);
        trajectory.upperRewards(upper2);
        addReturns(estimand, length, share, unit);
        if (estimand.wanted().upper()) {
            addRewardTerms(estimand, trajectory, length, share);
        }
        if (estimand.wanted().lower() || (estimand.wanted().upper() && dependence.scores())) {
            addScoreTerms(estimand, trajectory, length, share);
        }
    }

    private void weigh(ValueGradient estimand, Trajectory trajectory, int player, int length) {
        boolean single = estimand.followers().single();
        if (estimand.shared()) {
            trajectory.likelihoodRatios(estimand.first(), estimand.second(), weight2);
            double ratio = 1;
            for (int t = 0; t < length; t++) {
                ratio = LikelihoodRatio.clamp(ratio * weight2[t]);
                weight1[t] = LikelihoodRatio.firstWeight(ratio);
            }
            for (int t = 0; t < length; t++) {
                weight2[t] = 2 - weight1[t];
            }
        } else {
            double own = single ? 1 : 2;
            double other = single ? 1 : 0;
            Arrays.fill(weight1, 0, length, player == 0 ? own : other);
            Arrays.fill(weight2, 0, length, player == 0 ? other : own);
        }
    }

    private void addReturns(ValueGradient estimand, int length, double share, UnitSums unit) {
        double upperReturn = 0;
        double lowerReturn = 0;
        double difference = 0;
        for (int t = 0; t < length; t++) {
            double mean = estimand.firstWeight() * weight1[t] + estimand.secondWeight() * weight2[t];
            upperReturn += powers[t] * mean * upper2[t];
            lowerReturn += powers[t] * (weight2[t] * lower2[t]);
            difference += Math.abs(weight1[t] - weight2[t]);
        }
        unit.saturation += share * difference / (2 * length);
        unit.upperReturn += share * upperReturn;
        unit.lowerReturn += share * lowerReturn;
    }

    private void addRewardTerms(ValueGradient estimand, Trajectory trajectory, int length, double share) {
        if (dependence.lowerReward() && estimand.scale() != 0) {
            for (int t = 0; t < length; t++) {
                stepWeights[t] = share * powers[t] * estimand.scale() * (weight1[t] - weight2[t]);
            }
            trajectory.addLowerRewardGradients(stepWeights);
        }
        if (dependence.upperReward()) {
            for (int t = 0; t < length; t++) {
                double mean = estimand.firstWeight() * weight1[t] + estimand.secondWeight() * weight2[t];
                stepWeights[t] = -share * powers[t] * mean;
            }
            trajectory.addUpperRewardGradients(stepWeights);
        }
    }

    /** Turns the rewards into weighted residuals, then sums up what is to come at each step. */
    private void addScoreTerms(ValueGradient estimand, Trajectory trajectory, int length, double share) {
        boolean inUpper = estimand.wanted().upper() && dependence.scores();
        if (inUpper) {
            trajectory.entropicRewards(estimand.first(), lower1);
            System.arraycopy(upper2, 0, upper1, 0, length);
        }
        trajectory.values(estimand.second(), values);
        toResiduals(lower2, weight2, length);
        if (estimand.secondWeight() != 0) {
            trajectory.upperValues(estimand.second(), values);
            toResiduals(upper2, weight2, length);
        }
        if (inUpper) {
            trajectory.values(estimand.first(), values);
            toResiduals(lower1, weight1, length);
            trajectory.upperValues(estimand.first(), values);
            toResiduals(upper1, weight1, length);
            for (int t = 0; t < length; t++) {
                stepWeights[t] = share
                        * powers[t]
                        * (estimand.scale() * (lower1[t] - lower2[t])
                                - estimand.firstWeight() * upper1[t]
                                - estimand.secondWeight() * upper2[t]);
            }
            sumTails(stepWeights, length);
            trajectory.addUpperScores(stepWeights);
        }
        if (estimand.wanted().lower()) {
            for (int t = 0; t < length; t++) {
                stepWeights[t] =
                        share * powers[t] * (-estimand.scale() * lower2[t] - estimand.secondWeight() * upper2[t]);
            }
            sumTails(stepWeights, length);
            trajectory.addPolicyScores(stepWeights);
        }
    }

    /** Replaces rewards by weighted residuals; {@link #values} holds the baseline. */
    private void toResiduals(double[] rewards, double[] weights, int length) {
        for (int t = 0; t < length; t++) {
            rewards[t] = weights[t] * residual(rewards, values, t);
        }
    }
}
