package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.PolicyTable;
import io.stackel.estimate.StateDistribution;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.exact.ZeroSumProfile;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.optim.MirrorStep;
import io.stackel.policy.Policy;
import io.stackel.policy.TwoPlayerSoftmax;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The penalised policy by natural steps, {@code theta <- (1 - step) theta + step A / tau}. A is the penalised objective's gradient
 * in theta over lambda times the penalty's own metric (visits, or nu, times pi), with values from the game as it is known:
 *
 * <pre>
 *   value:          A = Q_theta + W_theta / lambda
 *   Bellman:        A = Q_pihat + visits / (nu lambda) (W_theta - U_theta)
 *   Nikaido-Isoda:  A_1 =  Q^{p,b2} + visits^{p,q} / (lambda visits^{p,b2}) (W_1 - U)
 *                   A_2 = -Q^{b1,q} + visits^{p,q} / (lambda visits^{b1,q}) (W_2 - U)
 * </pre>
 *
 * @param ascent A
 * @param entropyWeight tau
 * @param stepSize in (0, 1]
 */
record MirrorPolicy(Ascent ascent, double entropyWeight, double stepSize) implements PenalisedPolicy {

    /** A as a function of theta. */
    interface Ascent {
        double[] at(State state, double[] theta, int context);
    }

    /**
     * Of one follower.
     *
     * @param penaltyWeight lambda, above 0
     * @param bellman nu of the Bellman penalty; empty for the value penalty
     */
    static MirrorPolicy ofFollower(
            KnownGame<ExactPoint> game,
            Policy policy,
            double penaltyWeight,
            double stepSize,
            Optional<StateDistribution> bellman) {
        Ascent ascent = (state, theta, context) -> {
            ExactPoint point = game.at(state, state.real("upper"), context);
            PolicyValues own = point.evaluate(PolicyTable.logProbabilities(game.problem(), policy, theta));
            double[] weights = new double[own.visits().length];
            if (bellman.isEmpty()) {
                Arrays.fill(weights, 1 / penaltyWeight);
                return ascent(own.q(), own, weights);
            }
            double[] planned = state.real(LowerSolver.name("lower", 0, context));
            PolicyValues best = point.evaluate(PolicyTable.logProbabilities(game.problem(), policy, planned));
            double[] nu = distribution(bellman.get(), game.problem().game(context), best);
            return ascent(best.q(), own, weights(own.visits(), nu, penaltyWeight));
        };
        return new MirrorPolicy(ascent, game.problem().entropyWeight(), stepSize);
    }

    /**
     * (p, q) of a zero-sum game, beside the responses of {@link ResponsesLower}.
     *
     * @param penaltyWeight lambda, above 0
     */
    static MirrorPolicy ofPlayers(
            KnownGame<ZeroSumPoint> game, TwoPlayerSoftmax policy, double penaltyWeight, double stepSize) {
        Ascent ascent = (state, theta, context) -> {
            ZeroSumPoint point = game.at(state, state.real("upper"), context);
            ZeroSumProfile own = point.profile(policy.playersLogs(theta));
            ZeroSumProfile[] responses = new ZeroSumProfile[2];
            for (int i = 0; i < 2; i++) {
                responses[i] = point.profile(policy.playersLogs(state.real(LowerSolver.name("lower", i, context))));
            }
            return policy.both(
                    facing(own.first(), responses[ResponsesLower.SECOND].first(), penaltyWeight),
                    facing(own.second(), responses[ResponsesLower.FIRST].second(), penaltyWeight));
        };
        return new MirrorPolicy(ascent, game.problem().entropyWeight(), stepSize);
    }

    /** Q against the other's best response, and the designer's advantage against the other's own policy in its weight. */
    private static double[] facing(PolicyValues own, PolicyValues facing, double penaltyWeight) {
        return ascent(facing.q(), own, weights(own.visits(), facing.visits(), penaltyWeight));
    }

    private static double[] weights(double[] visits, double[] nu, double penaltyWeight) {
        double[] weights = new double[visits.length];
        for (int s = 0; s < weights.length; s++) {
            weights[s] = nu[s] == 0 ? 0 : visits[s] / (nu[s] * penaltyWeight);
        }
        return weights;
    }

    private static double[] ascent(double[] q, PolicyValues own, double[] weights) {
        double[] ascent = q.clone();
        int actions = ascent.length / weights.length;
        for (int i = 0; i < ascent.length; i++) {
            int s = i / actions;
            ascent[i] += weights[s] * (own.upperQ()[i] - own.upperValue()[s]);
        }
        return ascent;
    }

    private static double[] distribution(StateDistribution states, MarkovGame game, PolicyValues best) {
        double[] nu = new double[game.states()];
        switch (states) {
            case START -> System.arraycopy(game.start(), 0, nu, 0, nu.length);
            case UNIFORM -> Arrays.fill(nu, 1.0 / nu.length);
            case VISITS -> VectorMath.addScaled(1 - game.discount(), best.visits(), nu);
        }
        return nu;
    }

    @Override
    public Map<String, Tensor> step(Frame frame, State state, BatchResult result, int context) {
        return step(state, context);
    }

    /** The tensors after a step in the game as it is known, which needs no batch. */
    Map<String, Tensor> step(State state, int context) {
        double[] theta = parameters(state, context);
        double[] scaled = ascent.at(state, theta, context);
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= entropyWeight;
        }
        double[] next = new double[theta.length];
        MirrorStep.apply(theta, scaled, stepSize, next);
        return Map.of(PenalisedPolicy.name(context), Tensor.of(next));
    }
}
