package io.stackel.optim;

import static io.stackel.math.Requirements.require;

import io.stackel.math.Tensor;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adam with bias correction.
 *
 * <pre>
 *     count &lt;- count + 1
 *     m &lt;- beta1 m + (1 - beta1) gradient           v &lt;- beta2 v + (1 - beta2) gradient^2        (each coordinate)
 *     x &lt;- x - stepSize * (m / (1 - beta1^count)) / (sqrt(v / (1 - beta2^count)) + epsilon)
 * </pre>
 *
 * <p>State: {@code firstMoment} m and {@code secondMoment} v, [size] each, and {@code count}, one whole number. Source:
 * Kingma, Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
 *
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment, positive
 */
public record Adam(double beta1, double beta2, double epsilon) implements Optimizer {

    private static final String FIRST = "firstMoment";
    private static final String SECOND = "secondMoment";
    private static final String COUNT = "count";

    public Adam {
        requireDecay("beta1", beta1);
        requireDecay("beta2", beta2);
        require(epsilon > 0.0, "epsilon must be positive, but was " + epsilon);
    }

    /** The published defaults: beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8. */
    public Adam() {
        this(0.9, 0.999, 1e-8);
    }

    @Override
    public SortedMap<String, Tensor> init(int size) {
        return stateOf(new double[size], new double[size], 0L);
    }

    @Override
    public Update step(SortedMap<String, Tensor> state, double[] x, double[] gradient, double stepSize) {
        OptimizerState.requireSameLength(x, gradient);
        int size = x.length;
        double[] first = OptimizerState.real(state, FIRST, size).clone();
        double[] second = OptimizerState.real(state, SECOND, size).clone();
        long count = OptimizerState.whole(state, COUNT) + 1L;
        double firstCorrection = 1.0 - StrictMath.pow(beta1, (double) count);
        double secondCorrection = 1.0 - StrictMath.pow(beta2, (double) count);
        double[] next = new double[size];
        for (int i = 0; i < size; i++) {
            first[i] = beta1 * first[i] + (1.0 - beta1) * gradient[i];
            second[i] = beta2 * second[i] + (1.0 - beta2) * (gradient[i] * gradient[i]);
            double direction = (first[i] / firstCorrection) / (Math.sqrt(second[i] / secondCorrection) + epsilon);
            next[i] = x[i] - stepSize * direction;
        }
        return new Update(next, stateOf(first, second, count));
    }

    private static SortedMap<String, Tensor> stateOf(double[] first, double[] second, long count) {
        SortedMap<String, Tensor> state = new TreeMap<>();
        state.put(FIRST, Tensor.of(first));
        state.put(SECOND, Tensor.of(second));
        state.put(COUNT, Tensor.of(count));
        return Collections.unmodifiableSortedMap(state);
    }

    private static void requireDecay(String name, double value) {
        require(value >= 0.0 && value < 1.0, name + " must be in [0, 1), but was " + value);
    }
}
