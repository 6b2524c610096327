package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.PolicyTable;
import io.stackel.estimate.StateDistribution;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.optim.MirrorStep;
import io.stackel.policy.DiscretePolicy;
import io.stackel.problem.FiniteProblem;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The penalised policy by natural steps: the penalised objective's gradient in theta over lambda times the penalty's own
 * metric (visits, or nu, times pi), with values from the solver's game:
 *
 * <pre>
 *   value:    theta &lt;- (1 - step) theta + step / tau ( Q_theta + W_theta / lambda )
 *   Bellman:  theta &lt;- (1 - step) theta + step / tau ( Q_pihat + visits / (nu lambda) (W_theta - U_theta) )
 * </pre>
 *
 * @param penaltyWeight lambda, above 0
 * @param stepSize in (0, 1]
 * @param bellman nu of the Bellman penalty; empty for the value penalty
 */
record MirrorPolicy(FiniteProblem problem, double penaltyWeight, double stepSize, Optional<StateDistribution> bellman)
        implements PenalisedPolicy {

    private static final int PLANNED = 0;

    @Override
    public SortedMap<String, Tensor> step(
            Frame frame, LowerSolver solver, State state, BatchResult result, int context) {
        double[] theta = parameters(state, context);
        DiscretePolicy family = DiscretePolicy.of(frame.setup().policy());
        ExactPoint game = ((FollowerSolver) solver).game(state, state.real("upper"), context);
        PolicyValues own = game.evaluate(PolicyTable.logProbabilities(problem, family, theta));
        double[] q = own.q();
        double[] weights = new double[own.visits().length];
        Arrays.fill(weights, 1 / penaltyWeight);
        if (bellman.isPresent()) {
            double[] planned = solver.follower(state, PLANNED, context).parameters();
            PolicyValues best = game.evaluate(PolicyTable.logProbabilities(problem, family, planned));
            q = best.q();
            double[] nu = distribution(bellman.get(), problem.game(context), best);
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
        MirrorStep.apply(theta, scaled, stepSize, next);
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put(PenalisedPolicy.name(context), Tensor.of(next));
        return tensors;
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
}
