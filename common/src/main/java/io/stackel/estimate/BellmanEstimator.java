package io.stackel.estimate;

/**
 * The estimator of {@link Role.Bellman}. A path starts in s ~ nu, takes b from the even mixture of the planned and the
 * target policy and then follows the planned one. With {@code w_1 = 2 planned/(planned + target)} and {@code w_2 = 2 - w_1}
 * at (s, b), and residuals without entropy at the first step,
 *
 * <pre>
 *   z_upper = (w_1 - w_2) [ sum_t discount^t grad_x r_t  +  sum_t score_t sum_{k>=t} discount^k d_k ]
 *   z_lower = w_2 score(b|s) [ tau log target(b|s) - sum_k discount^k d_k ]
 *   d_k = r_k - (k > 0 ? tau log planned(b_k|s_k) : 0) + discount V(s_{k+1}) - V(s_k)
 * </pre>
 *
 * <p>With {@code traceDecay} below 1 the inner sums decay as in {@link GradientEstimator}.
 */
final class BellmanEstimator {

    private final double discount;
    private final double entropyWeight;
    private final double traceDecay;
    private final double[] powers;
    private final boolean rewardsDependOnUpper;
    private final boolean scoresDependOnUpper;
    private final double[] rewards;
    private final double[] plannedLogs;
    private final double[] targetLogs;
    private final double[] values;
    private final double[] outwards;

    BellmanEstimator(TrajectoryUnits.Setting setting) {
        discount = setting.discount();
        entropyWeight = setting.entropyWeight();
        traceDecay = setting.traceDecay();
        powers = Discounts.powers(discount, setting.horizon());
        rewardsDependOnUpper = setting.dependence().lowerReward();
        scoresDependOnUpper = setting.dependence().leaderPolicy();
        int room = setting.horizon() + 1;
        rewards = new double[room];
        plannedLogs = new double[room];
        targetLogs = new double[room];
        values = new double[room];
        outwards = new double[room];
    }

    /** Adds what one path contributes to its unit of two. */
    void add(Role.Bellman role, Trajectory path, UnitSums unit) {
        int length = path.length();
        path.lowerRewards(rewards);
        path.logProbabilities(role.planned(), plannedLogs);
        path.logProbabilities(role.target(), targetLogs);
        path.values(role.planned(), values);
        double plannedWeight = 2 / (1 + StrictMath.exp(targetLogs[0] - plannedLogs[0]));
        double targetWeight = 2 - plannedWeight;
        double half = 0.5 * (plannedWeight - targetWeight);
        unit.saturation += 0.5 * Math.abs(half);
        if (rewardsDependOnUpper) {
            for (int t = 0; t < length; t++) {
                outwards[t] = half * powers[t];
            }
            path.addLowerRewardGradients(outwards);
        }
        double tail = 0;
        for (int t = length - 1; t >= 0; t--) {
            double entropy = t > 0 ? entropyWeight * plannedLogs[t] : 0;
            tail = traceDecay * tail + powers[t] * (rewards[t] - entropy + discount * values[t + 1] - values[t]);
            outwards[t] = half * tail;
        }
        if (scoresDependOnUpper) {
            path.addUpperScores(outwards);
        }
        for (int t = 1; t < length; t++) {
            outwards[t] = 0;
        }
        outwards[0] = targetWeight == 0 ? 0 : 0.5 * targetWeight * (entropyWeight * targetLogs[0] - tail);
        path.addPolicyScores(outwards);
    }
}
