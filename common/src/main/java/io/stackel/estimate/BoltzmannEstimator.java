package io.stackel.estimate;

import java.util.Arrays;

/**
 * The estimator of {@link BoltzmannGradient}. For a Boltzmann policy {@code d log pi = (dQ - dV) / tau}, and dV drops out,
 * because A has mean zero in every state. With residuals d of the follower and e of the leader as in {@link
 * GradientEstimator}, a trajectory contributes
 *
 * <pre>
 *   x in the reward r:    -(1/tau) sum_k discount^k c_k grad_x r_k
 *   x in the reward u:    -sum_k discount^k grad_x u_k
 *   x through scores:     -sum_k score_k sum_{j>=k} discount^j traceDecay^(j-k) ( c_k d_j / tau + e_j )
 * </pre>
 *
 * <p>or, with a vector critic, {@code -sum_k discount^k G(s_k)} in the place of all that has c_k.
 *
 * <p>The credit c_k stays outside the inner sum: it is what the actions up to step k earn the leader. Its own -tau log pi is
 * part of d_k, which changes no mean, since the leader's action and the next state are drawn beside the follower's action.
 *
 * <p>Source: Kudo, Tanabe, Wachi and Akimoto, "Sample-efficient hypergradient estimation for decentralized bi-level
 * reinforcement learning", ICAPS 2026.
 */
final class BoltzmannEstimator extends Estimator {

    private final double[] rewards = perStep();
    private final double[] values = perStep();
    private final double[] upperRewards = perStep();
    private final double[] upperValues = perStep();
    private final double[] credits = perStep();
    private final double[] stepWeights = perStep();

    BoltzmannEstimator(Rollouts.Setting setting) {
        super(setting);
    }

    /** Adds what one trajectory contributes, which is its unit. */
    void add(BoltzmannGradient estimand, Trajectory trajectory, UnitSums unit) {
        int length = trajectory.length();
        int follower = estimand.follower();
        trajectory.entropicRewards(follower, rewards);
        trajectory.upperRewards(upperRewards);
        for (int k = 0; k < length; k++) {
            unit.lowerReturn += powers[k] * rewards[k];
            unit.upperReturn += powers[k] * upperRewards[k];
        }
        if (estimand.critic() == BoltzmannGradient.Critic.VECTOR) {
            // All that x does to the follower: nothing else is credited to it.
            Arrays.fill(credits, 0, length, 0);
            weighByTime(length);
            trajectory.addResponses(follower, stepWeights);
        } else {
            trajectory.upperAdvantages(follower, credits);
            for (int k = 1; k < length; k++) {
                credits[k] += estimand.advantageDecay() * credits[k - 1];
            }
        }
        addRewardTerms(trajectory, length);
        if (dependence.scores()) {
            trajectory.bothValues(follower, values, upperValues);
            addScoreTerms(trajectory, length);
        }
    }

    private void weighByTime(int length) {
        for (int k = 0; k < length; k++) {
            stepWeights[k] = -powers[k];
        }
    }

    private void addRewardTerms(Trajectory trajectory, int length) {
        if (dependence.lowerReward()) {
            for (int k = 0; k < length; k++) {
                stepWeights[k] = -powers[k] * credits[k] / entropyWeight;
            }
            trajectory.addLowerRewardGradients(stepWeights);
        }
        if (dependence.upperReward()) {
            weighByTime(length);
            trajectory.addUpperRewardGradients(stepWeights);
        }
    }

    private void addScoreTerms(Trajectory trajectory, int length) {
        toResiduals(rewards, values, length);
        toResiduals(upperRewards, upperValues, length);
        for (int k = 0; k < length; k++) {
            stepWeights[k] = -credits[k] * rewards[k] / entropyWeight - upperRewards[k];
        }
        trajectory.addUpperScores(stepWeights);
    }

    /** Turns rewards into discounted residuals, then sums up what is to come at each step. */
    private void toResiduals(double[] from, double[] baseline, int length) {
        for (int k = 0; k < length; k++) {
            from[k] = powers[k] * residual(from, baseline, k);
        }
        sumTails(from, length);
    }
}
