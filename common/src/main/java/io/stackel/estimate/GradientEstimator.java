package io.stackel.estimate;

import java.util.Arrays;

/**
 * The estimator of {@link Role.Gradient}. A trajectory of the pair's mixture carries the weights of its prefix up to and
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
final class GradientEstimator {

    private final double discount;
    private final double entropyWeight;
    private final double traceDecay;
    private final double[] powers;
    private final boolean rewardsDependOnUpper;
    private final boolean upperRewardsDependOnUpper;
    private final boolean scoresDependOnUpper;

    private final double[] weight1;
    private final double[] weight2;
    private final double[] lowerRewards;
    private final double[] upperRewards;
    private final double[] logs1;
    private final double[] logs2;
    private final double[] values1;
    private final double[] values2;
    private final double[] upperValues1;
    private final double[] upperValues2;
    private final double[] outwards;
    private final double[] policyOutwards;

    GradientEstimator(TrajectoryUnits.Setting setting) {
        discount = setting.discount();
        entropyWeight = setting.entropyWeight();
        traceDecay = setting.traceDecay();
        powers = Discounts.powers(discount, setting.horizon());
        rewardsDependOnUpper = setting.dependence().lowerReward();
        upperRewardsDependOnUpper = setting.dependence().upperReward();
        scoresDependOnUpper = setting.dependence().leaderPolicy();
        int room = setting.horizon() + 1;
        weight1 = new double[room];
        weight2 = new double[room];
        lowerRewards = new double[room];
        upperRewards = new double[room];
        logs1 = new double[room];
        logs2 = new double[room];
        values1 = new double[room];
        values2 = new double[room];
        upperValues1 = new double[room];
        upperValues2 = new double[room];
        outwards = new double[room];
        policyOutwards = new double[room];
    }

    /**
     * Adds what one trajectory contributes to its unit.
     *
     * @param player 0 if follower 1 played it, 1 if follower 2 did
     */
    void add(Role.Gradient role, Trajectory trajectory, int player, UnitSums unit) {
        int length = trajectory.length();
        boolean single = role.first() == role.second();
        double share = 1.0 / role.trajectoriesPerUnit();
        trajectory.lowerRewards(lowerRewards);
        trajectory.upperRewards(upperRewards);
        trajectory.logProbabilities(role.second(), logs2);
        if (!single) {
            trajectory.logProbabilities(role.first(), logs1);
        }
        if (role.shared() && !single) {
            weighByLikelihood(length);
        } else {
            double own = single ? 1 : 2;
            double other = single ? 1 : 0;
            Arrays.fill(weight1, 0, length, player == 0 ? own : other);
            Arrays.fill(weight2, 0, length, player == 0 ? other : own);
        }
        addReturns(role, length, share, unit);
        if (role.upperGradient()) {
            addRewardTerms(role, trajectory, length, share);
        }
        if (role.lowerGradient() || (role.upperGradient() && scoresDependOnUpper)) {
            addScoreTerms(role, trajectory, length, share);
        }
    }

    private void weighByLikelihood(int length) {
        double difference = 0;
        for (int t = 0; t < length; t++) {
            difference += logs2[t] - logs1[t];
            weight1[t] = 2 / (1 + StrictMath.exp(difference));
            weight2[t] = 2 - weight1[t];
        }
    }

    private void addReturns(Role.Gradient role, int length, double share, UnitSums unit) {
        double upperReturn = 0;
        double lowerReturn = 0;
        double difference = 0;
        for (int t = 0; t < length; t++) {
            double mean = role.firstWeight() * weight1[t] + role.secondWeight() * weight2[t];
            upperReturn += powers[t] * mean * upperRewards[t];
            lowerReturn += powers[t] * weighted(weight2[t], lowerRewards[t] - entropyWeight * logs2[t]);
            difference += Math.abs(weight1[t] - weight2[t]);
        }
        unit.saturation += share * difference / (2 * length);
        unit.upperReturn += share * upperReturn;
        unit.lowerReturn += share * lowerReturn;
    }

    private void addRewardTerms(Role.Gradient role, Trajectory trajectory, int length, double share) {
        if (rewardsDependOnUpper && role.scale() != 0) {
            for (int t = 0; t < length; t++) {
                outwards[t] = share * powers[t] * role.scale() * (weight1[t] - weight2[t]);
            }
            trajectory.addLowerRewardGradients(outwards);
        }
        if (upperRewardsDependOnUpper) {
            for (int t = 0; t < length; t++) {
                double mean = role.firstWeight() * weight1[t] + role.secondWeight() * weight2[t];
                outwards[t] = -share * powers[t] * mean;
            }
            trajectory.addUpperRewardGradients(outwards);
        }
    }

    private void addScoreTerms(Role.Gradient role, Trajectory trajectory, int length, double share) {
        boolean single = role.first() == role.second();
        trajectory.values(role.second(), values2);
        trajectory.upperValues(role.second(), upperValues2);
        if (!single) {
            trajectory.values(role.first(), values1);
            trajectory.upperValues(role.first(), upperValues1);
        }
        double[] firstLogs = single ? logs2 : logs1;
        double[] firstValues = single ? values2 : values1;
        double[] firstUpperValues = single ? upperValues2 : upperValues1;
        double upperTail = 0;
        double lowerTail = 0;
        for (int t = length - 1; t >= 0; t--) {
            double residual1 = weighted(weight1[t], residual(lowerRewards[t], firstLogs[t], firstValues, t));
            double residual2 = weighted(weight2[t], residual(lowerRewards[t], logs2[t], values2, t));
            double leader1 = weight1[t] * (upperRewards[t] + discount * firstUpperValues[t + 1] - firstUpperValues[t]);
            double leader2 = weight2[t] * (upperRewards[t] + discount * upperValues2[t + 1] - upperValues2[t]);
            double factor = share * powers[t];
            upperTail = traceDecay * upperTail
                    + factor
                            * (role.scale() * (residual1 - residual2)
                                    - role.firstWeight() * leader1
                                    - role.secondWeight() * leader2);
            lowerTail = traceDecay * lowerTail + factor * (-role.scale() * residual2 - role.secondWeight() * leader2);
            outwards[t] = upperTail;
            policyOutwards[t] = lowerTail;
        }
        if (role.upperGradient() && scoresDependOnUpper) {
            trajectory.addUpperScores(outwards);
        }
        if (role.lowerGradient()) {
            trajectory.addPolicyScores(policyOutwards);
        }
    }

    private double residual(double reward, double log, double[] values, int t) {
        return reward - entropyWeight * log + discount * values[t + 1] - values[t];
    }

    /** The product, where a weight of zero wins over an infinite log-probability. */
    private static double weighted(double weight, double value) {
        return weight == 0 ? 0 : weight * value;
    }
}
