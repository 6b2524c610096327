package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.BellmanPenalty;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.PolicyTable;
import io.stackel.estimate.StateDistribution;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.optim.MirrorStep;
import io.stackel.policy.DiscretePolicy;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Penalty-based bilevel reinforcement learning: descent in (x, theta) on {@code f + penaltyWeight p} with pihat, tracked
 * by the lower level from a warm start, in the place of the best response.
 *
 * <pre>
 *   value:    p = J(x, pihat) - J(x, theta)
 *   Bellman:  p = E_{s~nu} [ &lt;theta_s, -Q*(s,.)&gt; + tau h(theta_s) ] + const
 * </pre>
 *
 * <p>With nu = visits, held fixed in each iteration, every step of a path informs the Bellman penalty, not the first
 * alone, and weight lambda / (1 - discount) presses as hard as weight lambda of the value penalty. For every nu that is
 * positive on the states that matter the minimum over theta of {@code f + lambda p} tends to f at the best response, so
 * the gradient at fixed nu is one of the bilevel objective up to O(1 / lambda), whichever nu it was.
 *
 * <p>Source: Shen, Yang and Chen, "Principled penalty-based methods for bilevel reinforcement learning and RLHF", JMLR
 * 26(114), 2025. Departure: theta has an optimiser and a step size of its own, since the penalty's curvature in a
 * policy differs from that of x by the visits of each state. Its natural step is the penalised objective's gradient in
 * theta over lambda times the penalty's own metric (visits, or nu, times pi), with values from the solver's game:
 *
 * <pre>
 *   value:    theta &lt;- (1 - step) theta + step / tau ( Q_theta + W_theta / lambda )
 *   Bellman:  theta &lt;- (1 - step) theta + step / tau ( Q_pihat + visits / (nu lambda) (W_theta - U_theta) )
 * </pre>
 *
 * @param penalty which penalty
 * @param penaltyWeight lambda, above 0
 * @param shared whether pihat and theta share their trajectories (value penalty)
 * @param states nu (Bellman penalty)
 * @param units of the outer batch
 * @param policy theta
 */
record Pbrl(
        Penalty penalty,
        double penaltyWeight,
        boolean shared,
        StateDistribution states,
        long units,
        boolean counted,
        PenalisedPolicy policy)
        implements Method {

    enum Penalty {
        VALUE,
        BELLMAN
    }

    private static final int PLANNED = 0;
    private static final int POLICY_FOLLOWER = 1;

    @Override
    public List<Target> targets() {
        return List.of(Target.BEST_RESPONSE);
    }

    @Override
    public SortedMap<String, double[]> ownFollowers(State state, int context) {
        return PenalisedPolicy.alone(state.real(PenalisedPolicy.name(context)));
    }

    @Override
    public List<Estimand> estimands() {
        int stream = FirstOrder.OUTER_STREAM;
        if (penalty == Penalty.VALUE) {
            return List.of(new ValueGradient(
                    new Units(Purpose.TRAINING, stream, units),
                    0,
                    new FollowerPair(PLANNED, POLICY_FOLLOWER, Coupling.sharedIf(shared)),
                    Combination.penalised(penaltyWeight),
                    Wanted.BOTH,
                    counted));
        }
        List<Estimand> estimands = new ArrayList<>();
        estimands.add(new ValueGradient(
                new Units(Purpose.TRAINING, stream, units),
                0,
                FollowerPair.alone(POLICY_FOLLOWER),
                Combination.upperObjective(),
                Wanted.BOTH,
                counted));
        estimands.add(new BellmanPenalty(Purpose.TRAINING, stream + 1, units, 0, PLANNED, POLICY_FOLLOWER, states));
        return estimands;
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        Gradient objective = FirstOrder.sampled(result.estimate(0));
        if (penalty == Penalty.VALUE) {
            return objective;
        }
        BatchResult.Estimate bellman = result.estimate(1);
        double[] total = objective.values().clone();
        VectorMath.addScaled(penaltyWeight, bellman.upperGradient(), total);
        double first = objective.standardError();
        double second = penaltyWeight * bellman.upperStandardError();
        return new Gradient(total, Math.sqrt(first * first + second * second), objective.measurements());
    }

    @Override
    public SortedMap<String, Tensor> ownInit(Frame frame) {
        return policy.init(frame);
    }

    @Override
    public SortedMap<String, Tensor> ownStep(Frame frame, LowerSolver solver, State state, BatchResult result) {
        int context = frame.context(state.iteration());
        return policy.optimizer().isPresent()
                ? policy.step(frame, state, lowerGradient(result), context)
                : naturalStep((FiniteProblem) frame.setup().problem(), frame, (FollowerSolver) solver, state, context);
    }

    private SortedMap<String, Tensor> naturalStep(
            FiniteProblem problem, Frame frame, FollowerSolver solver, State state, int context) {
        double[] theta = state.real(PenalisedPolicy.name(context));
        DiscretePolicy family = DiscretePolicy.of(frame.setup().policy());
        ExactPoint game = solver.game(state, state.real("upper"), context);
        PolicyValues own = game.evaluate(PolicyTable.logProbabilities(problem, family, theta));
        double[] q = own.q();
        double[] weights = new double[own.visits().length];
        Arrays.fill(weights, 1 / penaltyWeight);
        if (penalty == Penalty.BELLMAN) {
            double[] planned = solver.follower(state, PLANNED, context).parameters();
            PolicyValues best = game.evaluate(PolicyTable.logProbabilities(problem, family, planned));
            q = best.q();
            double[] nu = distribution(problem.game(context), best);
            for (int s = 0; s < weights.length; s++) {
                weights[s] = nu[s] == 0 ? 0 : own.visits()[s] / (nu[s] * penaltyWeight);
            }
        }
        int actions = family.actions();
        double[] scaled = new double[theta.length];
        for (int i = 0; i < scaled.length; i++) {
            int s = i / actions;
            double advantage = own.upperQ()[i] - own.upperValue()[s];
            scaled[i] = (q[i] + weights[s] * advantage) / problem.entropyWeight();
        }
        double[] next = new double[theta.length];
        MirrorStep.apply(theta, scaled, policy.stepSize(), next);
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put(PenalisedPolicy.name(context), Tensor.of(next));
        return tensors;
    }

    private double[] distribution(MarkovGame game, PolicyValues best) {
        double[] nu = new double[game.states()];
        switch (states) {
            case START -> System.arraycopy(game.start(), 0, nu, 0, nu.length);
            case UNIFORM -> Arrays.fill(nu, 1.0 / nu.length);
            case VISITS -> VectorMath.addScaled(1 - game.discount(), best.visits(), nu);
        }
        return nu;
    }

    private double[] lowerGradient(BatchResult result) {
        double[] gradient = result.estimate(0).lowerGradient();
        if (penalty == Penalty.BELLMAN) {
            VectorMath.addScaled(penaltyWeight, result.estimate(1).lowerGradient(), gradient);
        }
        return gradient;
    }
}
