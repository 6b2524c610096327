package io.stackel.estimate;

import java.util.Arrays;

/**
 * The estimator of {@link NikaidoIsodaGap}. Three profiles play a zero-sum game: own (p, q), first (b1, q) and second
 * (p, b2). With L_i the likelihood of steps 0..t under a profile, both players' probabilities multiplied, a trajectory
 * carries
 *
 * <pre>
 *   w_i = 3 L_i / ( L_own + L_first + L_second )      (shared; otherwise 3 for the profile that played it, 0 for the others)
 * </pre>
 *
 * <p>and contributes, averaged over the unit's trajectories, with c the penalty weight,
 *
 * <pre>
 *   x:         sum_t discount^t [ c (w_first - w_second) grad_x r_t - w_own grad_x u_t ]
 *   theta_1:   sum_t score_p(a_t|s_t) sum_{k>=t} discount^k [ -c w_second d_second - w_own e ]_k
 *   theta_2:   sum_t score_q(b_t|s_t) sum_{k>=t} discount^k [  c w_first  d_first  - w_own e ]_k
 *   d_i = r - tau ( log p_i(a|s) - log q_i(b|s) ) + discount V_i(s') - V_i(s),     e = u + discount U(s') - U(s)
 * </pre>
 *
 * <p>Each term carries the weight of its own step, so every line is unbiased for every V_i and U; {@code traceDecay} below
 * 1 is as in {@link GradientEstimator}.
 */
final class NikaidoIsodaEstimator extends Estimator {

    private static final int PROFILES = NikaidoIsodaGap.PROFILES;
    private static final int OWN = 0;
    private static final int FIRST = 1;
    private static final int SECOND = 2;

    private final double[][] weights = {perStep(), perStep(), perStep()};
    private final double[] payoffs = perStep();
    private final double[] upperRewards = perStep();
    private final double[] values = perStep();
    private final double[] stepWeights = perStep();

    NikaidoIsodaEstimator(Rollouts.Setting setting) {
        super(setting);
    }

    /**
     * Adds what one trajectory contributes to its unit in x and in theta_1, and its share of the returns.
     *
     * @param player 0, 1 or 2 for the profile that played it: own, first, second
     */
    void addFirst(NikaidoIsodaGap estimand, Trajectory trajectory, int player, UnitSums unit) {
        read(estimand, trajectory, player);
        int length = trajectory.length();
        addReturns(estimand, trajectory, unit);
        if (dependence.lowerReward()) {
            for (int t = 0; t < length; t++) {
                stepWeights[t] =
                        powers[t] / PROFILES * estimand.penaltyWeight() * (weights[FIRST][t] - weights[SECOND][t]);
            }
            trajectory.addLowerRewardGradients(stepWeights);
        }
        if (dependence.upperReward()) {
            for (int t = 0; t < length; t++) {
                stepWeights[t] = -powers[t] / PROFILES * weights[OWN][t];
            }
            trajectory.addUpperRewardGradients(stepWeights);
        }
        addScores(estimand, trajectory, estimand.second(), weights[SECOND], -estimand.penaltyWeight());
    }

    /** Adds what one trajectory contributes to its unit in theta_2. */
    void addSecond(NikaidoIsodaGap estimand, Trajectory trajectory, int player) {
        read(estimand, trajectory, player);
        addScores(estimand, trajectory, estimand.first(), weights[FIRST], estimand.penaltyWeight());
    }

    private void read(NikaidoIsodaGap estimand, Trajectory trajectory, int player) {
        trajectory.upperRewards(upperRewards);
        int length = trajectory.length();
        if (!estimand.shared()) {
            for (int i = 0; i < PROFILES; i++) {
                Arrays.fill(weights[i], 0, length, i == player ? PROFILES : 0);
            }
            return;
        }
        trajectory.likelihoodRatios(estimand.own(), estimand.first(), weights[FIRST]);
        trajectory.likelihoodRatios(estimand.own(), estimand.second(), weights[SECOND]);
        double first = 1;
        double second = 1;
        for (int t = 0; t < length; t++) {
            first = LikelihoodRatio.clamp(first * weights[FIRST][t]);
            second = LikelihoodRatio.clamp(second * weights[SECOND][t]);
            double share = PROFILES / (1 + first + second);
            weights[OWN][t] = share;
            weights[FIRST][t] = share * first;
            weights[SECOND][t] = share * second;
        }
    }

    private void addReturns(NikaidoIsodaGap estimand, Trajectory trajectory, UnitSums unit) {
        trajectory.entropicRewards(estimand.own(), payoffs);
        double upperReturn = 0;
        double lowerReturn = 0;
        double difference = 0;
        int length = trajectory.length();
        for (int t = 0; t < length; t++) {
            double share = powers[t] * weights[OWN][t];
            upperReturn += share * upperRewards[t];
            lowerReturn += share * payoffs[t];
            difference += Math.abs(weights[FIRST][t] - weights[SECOND][t]);
        }
        unit.saturation += difference / (2.0 * PROFILES * length);
        unit.upperReturn += upperReturn / PROFILES;
        unit.lowerReturn += lowerReturn / PROFILES;
    }

    /** Scores credited with the payoff residuals of one profile, weighted by {@code scale}, and the designer's. */
    private void addScores(
            NikaidoIsodaGap estimand, Trajectory trajectory, int profile, double[] payoffWeights, double scale) {
        int length = trajectory.length();
        trajectory.entropicRewards(profile, payoffs);
        trajectory.values(profile, values);
        for (int t = 0; t < length; t++) {
            stepWeights[t] = scale * payoffWeights[t] * residual(payoffs, values, t);
        }
        trajectory.upperValues(estimand.own(), values);
        double tail = 0;
        for (int t = length - 1; t >= 0; t--) {
            double designer = residual(upperRewards, values, t);
            double term = powers[t] / PROFILES * (stepWeights[t] - weights[OWN][t] * designer);
            tail = traceDecay * tail + term;
            stepWeights[t] = tail;
        }
        trajectory.addPolicyScores(stepWeights);
    }
}
