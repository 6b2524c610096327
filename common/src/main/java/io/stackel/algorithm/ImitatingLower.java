package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Follower;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.math.Tensor;
import io.stackel.problem.FiniteInverse;
import io.stackel.problem.Settings;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The followers of the one-sided hypergradient of inverse reinforcement learning: number 0 is the best response, number 1
 * maximises {@code J + sigma sum m(s,b) log pi(b|s)}, with m the experts' occupancy, by natural steps in the game as it is
 * known:
 *
 * <pre>
 *   theta(s,.) &lt;- theta(s,.) + step / (1 + max_b k(s,b)) ( Q(s,.)/tau + k(s,.) - theta(s,.) )       k = sigma m / (tau visits pi)
 * </pre>
 *
 * <p>At its fixed point {@code tau log pi = Q + sigma m / (visits pi) - const}, which is stationarity in the logits. The
 * second term answers every step of pi by k times as much in return, hence the divisor, which keeps steps in bounds where
 * the policy hardly goes and experts do.
 */
final class ImitatingLower extends FollowerLower {

    private static final int IMITATOR = 1;
    private static final String NAME = LowerSolver.name("lower", IMITATOR, 0);
    private static final double LEAST_OCCUPANCY = 1e-9;

    private final FiniteInverse problem;
    private final double sigma;

    /**
     * Lets the second follower imitate.
     *
     * @param sigma above 0
     */
    ImitatingLower(Frame frame, FiniteInverse problem, KnownGame<ExactPoint> game, double sigma) {
        super(frame, List.of(Target.BEST_RESPONSE), game);
        this.problem = problem;
        this.sigma = sigma;
    }

    /** {@code first-order} on experts. */
    static Algorithm of(Setup setup, Settings settings) {
        Setup.LowerRule rule = setup.lower();
        MisfitException.require(
                LowerLevels.isPlannedOrNatural(rule),
                "lower.optimizer",
                "first-order on experts takes natural steps in a game that is planned or counted; use lower.solver:"
                        + " planned or lower.optimizer: natural");
        LowerLevels.requireNatural(setup, "first-order on experts, which takes natural steps,", rule.stepSize());
        FiniteInverse problem =
                FeatureMatching.experts(setup).as(FiniteInverse.class).orElseThrow();
        Difference method = Difference.of(setup, settings, new ObjectiveTerms.OfReturn());
        Frame frame = new Frame(setup);
        return new TwoLevel(frame, method, new ImitatingLower(frame, problem, LowerLevels.game(setup), method.sigma()));
    }

    @Override
    public double[] response(State state, Target target, int context) {
        return target.equals(Target.BEST_RESPONSE) ? super.response(state, target, context) : state.real(NAME);
    }

    @Override
    public SortedMap<String, Tensor> init(State start) {
        SortedMap<String, Tensor> tensors = super.init(start);
        tensors.put(NAME, tensors.get(LowerSolver.name("lower", 0, 0)));
        return tensors;
    }

    @Override
    public SortedMap<String, Tensor> innerStep(State state, BatchResult result) {
        return imitated(state, super.innerStep(state, result), state.real("upper"), 1);
    }

    /** A planned best response has no inner batches, so that all inner steps are taken here. */
    @Override
    public Map<String, Tensor> afterOuter(State state, BatchResult result, double[] nextUpper) {
        int steps = game.isCounted() ? 0 : rule.innerSteps();
        return imitated(state, super.afterOuter(state, result, nextUpper), nextUpper, steps);
    }

    private SortedMap<String, Tensor> imitated(State state, Map<String, Tensor> best, double[] upper, int steps) {
        SortedMap<String, Tensor> tensors = new TreeMap<>(best);
        if (steps == 0) {
            return tensors;
        }
        ExactPoint point = game.at(state.with(best), upper, 0);
        double[] theta = state.real(NAME);
        for (int k = 0; k < steps; k++) {
            theta = next(point, theta);
        }
        tensors.put(NAME, Tensor.of(theta));
        return tensors;
    }

    private double[] next(ExactPoint point, double[] theta) {
        double tau = problem.entropyWeight();
        PolicyValues at = values(point, theta);
        double[] occupancy = problem.experts().occupancy();
        double[] pull = new double[theta.length];
        double[] next = theta.clone();
        int actions = problem.actions();
        for (int row = 0; row < theta.length; row += actions) {
            double largest = 0;
            for (int cell = row; cell < row + actions; cell++) {
                double own = Math.max(at.visits()[row / actions] * at.policy()[cell], LEAST_OCCUPANCY);
                pull[cell] = sigma * occupancy[cell] / (tau * own);
                largest = Math.max(largest, pull[cell]);
            }
            double step = rule.stepSize() / (1 + largest);
            for (int cell = row; cell < row + actions; cell++) {
                next[cell] += step * (at.q()[cell] / tau + pull[cell] - theta[cell]);
            }
        }
        return next;
    }

    @Override
    public List<Follower> followers(State state, int context, boolean inner) {
        return List.of(follower(state, 0, context), Follower.plain(state.real(NAME)));
    }

    @Override
    public List<double[]> uppers(Frame unused, State state, boolean inner) {
        return List.of(state.real("upper"), state.real("upper"));
    }
}
