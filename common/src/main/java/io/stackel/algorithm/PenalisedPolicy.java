package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.math.Tensor;
import io.stackel.optim.Optimizer;
import io.stackel.policy.Policy;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The policy theta that a penalty method moves along with x, one step an outer batch: {@code policy/<context>} in the state,
 * from the uniform one on, unless an implementation says otherwise.
 */
interface PenalisedPolicy {

    /** The name of the parameters in the state. */
    static String name(int context) {
        return "policy/" + context;
    }

    /** The tensors at the start. */
    default Map<String, Tensor> init(Frame frame) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        double[] uniform = frame.setup().policy().uniform();
        for (int context = 0; context < frame.given().contexts(); context++) {
            tensors.put(name(context), Tensor.of(uniform.clone()));
        }
        return tensors;
    }

    /** theta in a context. */
    default double[] parameters(State state, int context) {
        return state.real(name(context));
    }

    /** The tensors after a step in a context. */
    Map<String, Tensor> step(Frame frame, State state, BatchResult result, int context);

    /**
     * theta by gradient steps.
     *
     * @param gradient of the penalised objective in theta, from an outer batch
     */
    record ByGradient(Optimizer optimizer, double stepSize, Function<BatchResult, double[]> gradient)
            implements PenalisedPolicy {

        @Override
        public Map<String, Tensor> init(Frame frame) {
            SortedMap<String, Tensor> tensors = new TreeMap<>();
            for (int context = 0; context < frame.given().contexts(); context++) {
                tensors.putAll(iterate(context).init(frame.setup().policy().uniform()));
            }
            return tensors;
        }

        @Override
        public Map<String, Tensor> step(Frame frame, State state, BatchResult result, int context) {
            Policy policy = frame.setup().policy();
            return iterate(context).step(state, gradient.apply(result), stepSize, policy::projectInPlace);
        }

        private Iterate iterate(int context) {
            return new Iterate(name(context), "policyOptimizer/" + context + ".", optimizer);
        }
    }
}
