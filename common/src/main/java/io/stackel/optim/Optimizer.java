package io.stackel.optim;

import io.stackel.math.Tensor;
import java.util.Arrays;
import java.util.Objects;
import java.util.SortedMap;

/**
 * A first-order optimiser: x &lt;- x - stepSize * direction, the direction made of the gradient and the state.
 *
 * <p>The state is a value: named tensors that {@link #init} makes and {@link #step} returns anew. Neither the state nor
 * an array that was passed in is written to, so a step may be repeated.
 */
public sealed interface Optimizer permits Sgd, Adam {

    /** The state before the first step, for a vector of the given size. */
    SortedMap<String, Tensor> init(int size);

    /**
     * One step of descent.
     *
     * @param state what {@link #init} or the last step returned
     * @param x the iterate, [size]
     * @param gradient gradient of the function to be minimised at x, [size]
     * @param stepSize non-negative
     * @throws IllegalArgumentException if x, gradient and state are not of one size
     */
    Update step(SortedMap<String, Tensor> state, double[] x, double[] gradient, double stepSize);

    /** The iterate and the optimiser's state after a step. */
    record Update(double[] x, SortedMap<String, Tensor> state) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Update that && Arrays.equals(x, that.x) && state.equals(that.state);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(x) + Objects.hashCode(state);
        }
    }
}
