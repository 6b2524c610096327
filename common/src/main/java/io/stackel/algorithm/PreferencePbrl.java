package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.PolicyTable;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.exact.PolicyValues;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.problem.FinitePreferences;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Penalty-based bilevel learning from preferences: descent in (x, theta) on
 *
 * <pre>
 *   f(x, theta) + lambda ( J(x, pihat) - J(x, theta) )
 *   x:      gradient of the mean loss on kept pairs  +  lambda ( grad_x J(pihat) - grad_x J(theta) )
 *   theta:  gradient of the loss on new pairs of theta  -  lambda grad_theta J(theta)
 * </pre>
 *
 * <p>with pihat, tracked by the lower level, in the place of the best response. Kept pairs stand in {@code grad_x f} for new
 * ones; the term through the policy, which makes the problem bilevel, needs pairs of the present policy.
 *
 * <p>Source: Shen, Yang and Chen, "Principled penalty-based methods for bilevel reinforcement learning and RLHF", JMLR
 * 26(114), 2025, section 6.2. Departure: with natural steps theta is not moved by itself but stands where they lead to,
 * up to terms of order 1 / lambda^2, beside pihat, whose noise and lag it thus shares:
 *
 * <pre>
 *   theta = log pihat - W / (lambda tau)        W(s,b) &lt;- (1 - step) W(s,b) + step g(s,b) / max(visits(s) pi(b|s), 1/newPairs)
 * </pre>
 *
 * <p>where g = grad_theta f of the iteration's new pairs, so that W is what the loss gains by an action, averaged over 1 / step
 * iterations, and shrunk where the pairs say nothing.
 *
 * @param penaltyWeight lambda, above 0
 * @param shared whether pihat and theta share their trajectories
 * @param units of the outer batch, apart from new pairs
 * @param counted whether the outer batch's transitions are counted
 * @param policy how theta is moved
 */
record PreferencePbrl(
        FinitePreferences problem,
        double penaltyWeight,
        boolean shared,
        long units,
        boolean counted,
        PenalisedPolicy policy)
        implements Method {

    /** The name of W in the state. */
    private static final String LOSS = "lossOfActions";

    private static final int PLANNED = 0;
    private static final int POLICY_FOLLOWER = 1;

    @Override
    public List<Target> targets() {
        return List.of(Target.BEST_RESPONSE);
    }

    @Override
    public SortedMap<String, double[]> ownFollowers(State state, int context) {
        return PenalisedPolicy.alone(theta(state, context));
    }

    @Override
    public List<Estimand> estimands() {
        return estimands(0);
    }

    /** The loss on kept pairs is what new ones are expected to have. */
    @Override
    public List<Estimand> estimands(State state) {
        PairBuffer buffer = new PairBuffer(problem);
        double[] x = state.real("upper");
        return estimands(buffer.loss(buffer.of(state), x, new double[x.length]));
    }

    private List<Estimand> estimands(double baseline) {
        Estimand penalty = new ValueGradient(
                new Units(Purpose.TRAINING, FirstOrder.OUTER_STREAM, units),
                0,
                new FollowerPair(PLANNED, POLICY_FOLLOWER, Coupling.sharedIf(shared)),
                new Combination(penaltyWeight, 0, 0),
                Wanted.BOTH,
                counted);
        Estimand pairs =
                Alternating.newPairs(problem, POLICY_FOLLOWER, FirstOrder.OUTER_STREAM + 1, true, baseline, counted);
        return List.of(penalty, pairs);
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        PairBuffer buffer = new PairBuffer(problem);
        Gradient pairs = Alternating.ofPairs(buffer, buffer.with(state, result.estimate(1)), state.real("upper"));
        BatchResult.Estimate penalty = result.estimate(0);
        double[] total = pairs.values().clone();
        VectorMath.addScaled(1, penalty.upperGradient(), total);
        SortedMap<String, Double> measurements = new TreeMap<>(pairs.measurements());
        measurements.put("saturation", penalty.saturation());
        measurements.put("lossOnNewPairs", -result.estimate(1).upperReturn());
        return new Gradient(total, penalty.upperStandardError(), measurements);
    }

    @Override
    public SortedMap<String, Tensor> ownInit(Frame frame) {
        if (policy.optimizer().isPresent()) {
            return policy.init(frame);
        }
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put(LOSS, Tensor.of(new double[frame.setup().policy().parameters()]));
        return tensors;
    }

    private double[] theta(State state, int context) {
        if (policy.optimizer().isPresent()) {
            return state.real(PenalisedPolicy.name(context));
        }
        double[] theta = state.real(LowerSolver.name("lower", PLANNED, context)).clone();
        VectorMath.addScaled(-1 / (penaltyWeight * problem.entropyWeight()), state.real(LOSS), theta);
        return theta;
    }

    @Override
    public SortedMap<String, Tensor> ownStep(Frame frame, LowerSolver solver, State state, BatchResult result) {
        double[] gradient = result.estimate(1).lowerGradient();
        SortedMap<String, Tensor> tensors = Alternating.kept(problem, state, result.estimate(1));
        if (policy.optimizer().isPresent()) {
            VectorMath.addScaled(1, result.estimate(0).lowerGradient(), gradient);
            tensors.putAll(policy.step(frame, state, gradient, 0));
        } else {
            tensors.put(LOSS, Tensor.of(averaged(frame, (FollowerSolver) solver, state, gradient)));
        }
        return tensors;
    }

    private double[] averaged(Frame frame, FollowerSolver solver, State state, double[] gradient) {
        double[] theta = theta(state, 0);
        double[] logs = PolicyTable.logProbabilities(problem, frame.setup().policy(), theta);
        PolicyValues own = solver.game(state, state.real("upper"), 0).evaluate(logs);
        double least = 1.0 / problem.protocol().newPairs();
        double[] average = VectorMath.scaled(1 - policy.stepSize(), state.real(LOSS));
        for (int i = 0; i < average.length; i++) {
            double metric = Math.max(own.visits()[i / problem.actions()] * own.policy()[i], least);
            average[i] += policy.stepSize() * gradient[i] / metric;
        }
        return average;
    }
}
