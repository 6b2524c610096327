package io.stackel.estimate;

/**
 * The estimator of {@link BellmanPenalty}. With d_k the residuals of the planned policy, entropy included, and what follows
 * an action, its own entropy left out,
 *
 * <pre>
 *   d_k = r_k - tau log planned(b_k|s_k) + discount V(s_{k+1}) - V(s_k)
 *   q_t = tau log planned(b_t|s_t) + sum_{k>=t} discount^(k-t) d_k
 * </pre>
 *
 * <p>a path from s ~ nu, whose first action comes from the even mixture of the planned and the target policy with weights
 * {@code w_1 = 2 planned/(planned + target)}, {@code w_2 = 2 - w_1} at (s, b), contributes
 *
 * <pre>
 *   z_upper = (w_1 - w_2) sum_t discount^t ( grad_x r_t + score_t q_t )
 *   z_lower = w_2 score(b|s) [ tau log target(b|s) - q_0 ]
 * </pre>
 *
 * <p>and a path of the planned policy, whose steps are all draws of nu, with {@code L_t = target/planned} at (s_t, b_t),
 *
 * <pre>
 *   z_upper = (1 - discount) sum_t discount^t ( sum_{j<=t} (1 - L_j) ) ( grad_x r_t + score_t q_t )
 *   z_lower = (1 - discount) sum_t discount^t L_t score(b_t|s_t) [ tau log target(b_t|s_t) - q_t ]
 * </pre>
 *
 * <p>An action's own entropy may be left out because the leader's score does not depend on it. With {@code traceDecay}
 * below 1 the inner sums decay as in {@link GradientEstimator}.
 */
final class BellmanEstimator extends Estimator {

    private static final double SHARE = 0.5;

    private final double[] q = perStep();
    private final double[] values = perStep();
    private final double[] ratios = perStep();
    private final double[] upperWeights = perStep();
    private final double[] lowerWeights = perStep();
    private final double[] plannedLogs = perStep();
    private final double[] targetLogs = perStep();
    private final double[] stepWeights = perStep();

    BellmanEstimator(Rollouts.Setting setting) {
        super(setting);
    }

    /** Adds what one path contributes to its unit of two. */
    void add(BellmanPenalty estimand, Trajectory path, UnitSums unit) {
        int length = path.length();
        path.likelihoodRatios(estimand.planned(), estimand.target(), ratios);
        double weight = estimand.states() == StateDistribution.VISITS ? weighVisits(length) : weighFirst(length);
        unit.saturation += SHARE * weight;
        path.logProbabilities(estimand.planned(), plannedLogs);
        follow(estimand, path, length);
        if (dependence.lowerReward()) {
            for (int t = 0; t < length; t++) {
                stepWeights[t] = upperWeights[t] * powers[t];
            }
            path.addLowerRewardGradients(stepWeights);
        }
        if (dependence.scores()) {
            for (int t = 0; t < length; t++) {
                stepWeights[t] = upperWeights[t] * powers[t] * q[t];
            }
            path.addUpperScores(stepWeights);
        }
        path.logProbabilities(estimand.target(), targetLogs);
        for (int t = 0; t < length; t++) {
            stepWeights[t] = lowerWeights[t] * powers[t] * (entropyWeight * finite(targetLogs[t]) - q[t]);
        }
        path.addPolicyScores(stepWeights);
    }

    /** Every step counts; returns the mean of |1 - L| / 2. */
    private double weighVisits(int length) {
        double scale = SHARE * (1 - discount);
        double sum = 0;
        double difference = 0;
        for (int t = 0; t < length; t++) {
            sum += 1 - ratios[t];
            difference += Math.abs(1 - ratios[t]);
            upperWeights[t] = scale * sum;
            lowerWeights[t] = scale * ratios[t];
        }
        return difference / (2 * length);
    }

    /** The first step counts; returns |w_1 - w_2| / 2. */
    private double weighFirst(int length) {
        double first = LikelihoodRatio.firstWeight(ratios[0]);
        double second = 2 - first;
        for (int t = 0; t < length; t++) {
            upperWeights[t] = SHARE * (first - second);
            lowerWeights[t] = 0;
        }
        lowerWeights[0] = SHARE * second;
        return Math.abs(first - second) / 2;
    }

    private void follow(BellmanPenalty estimand, Trajectory path, int length) {
        path.entropicRewards(estimand.planned(), q);
        path.values(estimand.planned(), values);
        double tail = 0;
        for (int t = length - 1; t >= 0; t--) {
            tail = traceDecay * discount * tail + residual(q, values, t);
            q[t] = entropyWeight * finite(plannedLogs[t]) + tail;
        }
    }

    private static double finite(double log) {
        return Math.max(log, LikelihoodRatio.LOG_OF_ZERO);
    }
}
