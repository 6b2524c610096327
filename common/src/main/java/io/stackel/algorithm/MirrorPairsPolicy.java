package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.problem.FinitePreferences;
import java.util.Map;

/**
 * The penalised policy of learning from preferences by natural steps: theta is not moved by itself but stands where they lead
 * to, up to terms of order 1 / lambda^2, beside pihat, whose noise and lag it thus shares:
 *
 * <pre>
 *   theta = log pihat - W / (lambda tau)        W(s,b) &lt;- (1 - step) W(s,b) + step g(s,b) / max(visits(s) pi(b|s), 1/newPairs)
 * </pre>
 *
 * <p>where g = grad_theta f of the iteration's new pairs, so that W is what the loss gains by an action, averaged over 1 / step
 * iterations, and shrunk where the pairs say nothing. It is a departure from Shen, Yang and Chen (JMLR 2025, section 6.2).
 *
 * @param game as it is known
 * @param penaltyWeight lambda, above 0
 * @param stepSize in (0, 1]
 */
record MirrorPairsPolicy(FinitePreferences problem, KnownGame<ExactPoint> game, double penaltyWeight, double stepSize)
        implements PenalisedPolicy {

    /** The name of W in the state. */
    private static final String LOSS = "lossOfActions";

    private static final int PLANNED = 0;
    private static final int NEW_PAIRS = 1;

    @Override
    public Map<String, Tensor> init(Frame frame) {
        return Map.of(LOSS, Tensor.of(new double[frame.setup().policy().parameters()]));
    }

    @Override
    public double[] parameters(State state, int context) {
        double[] theta = state.real(LowerSolver.name("lower", PLANNED, context)).clone();
        VectorMath.addScaled(-1 / (penaltyWeight * problem.entropyWeight()), state.real(LOSS), theta);
        return theta;
    }

    @Override
    public Map<String, Tensor> step(Frame frame, State state, BatchResult result, int context) {
        double[] gradient = result.estimate(NEW_PAIRS).lowerGradient();
        double[] logs = PolicyTable.logProbabilities(problem, frame.setup().policy(), parameters(state, context));
        PolicyValues own = game.at(state, state.real("upper"), context).evaluate(logs);
        double least = 1.0 / problem.protocol().newPairs();
        double[] average = VectorMath.scaled(1 - stepSize, state.real(LOSS));
        for (int i = 0; i < average.length; i++) {
            double metric = Math.max(own.visits()[i / problem.actions()] * own.policy()[i], least);
            average[i] += stepSize * gradient[i] / metric;
        }
        return Map.of(LOSS, Tensor.of(average));
    }
}
