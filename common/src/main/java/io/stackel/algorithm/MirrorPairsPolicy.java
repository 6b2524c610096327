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
 *   theta = log pihat - share W / (lambda tau)      w = step g / m,  m(s,b) = max(visits(s) pi(b|s), 1/newPairs)
 *   W &lt;- (1 - step) W + w                           noise &lt;- (1 - step)^2 noise + w^2
 *   share = max(0, 1 - sum m noise / sum m W^2)
 * </pre>
 *
 * <p>where g = grad_theta f of the iteration's new pairs, so that W is what the loss gains by an action, averaged over 1 / step
 * iterations, and shrunk where the pairs say nothing. It is a departure from Shen, Yang and Chen (JMLR 2025, section 6.2).
 *
 * <p>The few pairs of an iteration make W noisy, and x would follow its noise. {@code noise} is the sum of squares of what W was
 * summed from, which is W^2 in the mean if draws are independent and of mean zero. So the share is the positive part of James
 * and Stein (Berkeley Symposium, 1961), for many actions: near zero as long as W can be told from nothing by no action, near
 * one where all pairs say the same.
 *
 * @param game as it is known
 * @param penaltyWeight lambda, above 0
 * @param stepSize in (0, 1]
 */
record MirrorPairsPolicy(FinitePreferences problem, KnownGame<ExactPoint> game, double penaltyWeight, double stepSize)
        implements PenalisedPolicy {

    /** The name of W in the state. */
    private static final String LOSS = "lossOfActions";

    /** The name of the noise in the state. */
    private static final String NOISE = "noiseOfLosses";

    /** The name of the share in the state. */
    private static final String SHARE = "shareOfLosses";

    private static final int PLANNED = 0;
    private static final int NEW_PAIRS = 1;

    @Override
    public Map<String, Tensor> init(Frame frame) {
        int parameters = frame.setup().policy().parameters();
        return tensors(new double[parameters], new double[parameters], 0);
    }

    private static Map<String, Tensor> tensors(double[] losses, double[] noise, double share) {
        return Map.of(LOSS, Tensor.of(losses), NOISE, Tensor.of(noise), SHARE, Tensor.of(share));
    }

    @Override
    public double[] parameters(State state, int context) {
        double[] theta = state.real(LowerSolver.name("lower", PLANNED, context)).clone();
        double share = state.real(SHARE)[0];
        VectorMath.addScaled(-share / (penaltyWeight * problem.entropyWeight()), state.real(LOSS), theta);
        return theta;
    }

    @Override
    public Map<String, Tensor> step(Frame frame, State state, BatchResult result, int context) {
        double[] gradient = result.estimate(NEW_PAIRS).lowerGradient();
        double[] logs = PolicyTable.logProbabilities(problem, frame.setup().policy(), parameters(state, context));
        PolicyValues own = game.at(state, state.real("upper"), context).evaluate(logs);
        double least = 1.0 / problem.protocol().newPairs();
        double[] average = VectorMath.scaled(1 - stepSize, state.real(LOSS));
        double[] noise = VectorMath.scaled((1 - stepSize) * (1 - stepSize), state.real(NOISE));
        double byChance = 0;
        double all = 0;
        for (int i = 0; i < average.length; i++) {
            double metric = Math.max(own.visits()[i / problem.actions()] * own.policy()[i], least);
            double part = stepSize * gradient[i] / metric;
            average[i] += part;
            noise[i] += part * part;
            byChance += metric * noise[i];
            all += metric * average[i] * average[i];
        }
        return tensors(average, noise, byChance < all ? 1 - byChance / all : 0);
    }
}
