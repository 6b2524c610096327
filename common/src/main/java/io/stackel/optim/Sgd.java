package io.stackel.optim;

import static io.stackel.math.Requirements.require;

import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gradient descent with momentum (Polyak's heavy ball in its usual form).
 *
 * <pre>
 *     velocity &lt;- momentum * velocity + gradient          velocity_0 = 0
 *     x        &lt;- x - stepSize * velocity
 * </pre>
 *
 * <p>State: {@code velocity} [size]; none where momentum is 0.
 *
 * @param momentum in [0, 1); 0 for plain gradient descent
 */
public record Sgd(double momentum) implements Optimizer {

    private static final String VELOCITY = "velocity";

    public Sgd {
        require(momentum >= 0.0 && momentum < 1.0, "momentum must be in [0, 1), but was " + momentum);
    }

    /** Plain gradient descent. */
    public Sgd() {
        this(0.0);
    }

    @Override
    public SortedMap<String, Tensor> init(int size) {
        return momentum == 0.0 ? Collections.emptySortedMap() : stateOf(new double[size]);
    }

    @Override
    public Update step(SortedMap<String, Tensor> state, double[] x, double[] gradient, double stepSize) {
        OptimizerState.requireSameLength(x, gradient);
        double[] next = x.clone();
        if (momentum == 0.0) {
            VectorMath.addScaled(-stepSize, gradient, next);
            return new Update(next, state);
        }
        double[] velocity = gradient.clone();
        VectorMath.addScaled(momentum, OptimizerState.real(state, VELOCITY, x.length), velocity);
        VectorMath.addScaled(-stepSize, velocity, next);
        return new Update(next, stateOf(velocity));
    }

    private static SortedMap<String, Tensor> stateOf(double[] velocity) {
        SortedMap<String, Tensor> state = new TreeMap<>();
        state.put(VELOCITY, Tensor.of(velocity));
        return Collections.unmodifiableSortedMap(state);
    }
}
