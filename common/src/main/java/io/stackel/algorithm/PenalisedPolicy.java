package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.math.Tensor;
import io.stackel.optim.Optimizer;
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
    default SortedMap<String, Tensor> init(Frame frame) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        double[] uniform = frame.setup().policy().uniform();
        for (int context = 0; context < frame.setup().problem().contexts(); context++) {
            tensors.put(name(context), Tensor.of(uniform.clone()));
        }
        return tensors;
    }

    /** theta in a context. */
    default double[] parameters(State state, int context) {
        return state.real(name(context));
    }

    /** The tensors after a step in a context. */
    SortedMap<String, Tensor> step(Frame frame, LowerSolver solver, State state, BatchResult result, int context);

    /**
     * theta by gradient steps.
     *
     * @param gradient of the penalised objective in theta, from an outer batch
     */
    record ByGradient(Optimizer optimizer, double stepSize, Function<BatchResult, double[]> gradient)
            implements PenalisedPolicy {

        @Override
        public SortedMap<String, Tensor> init(Frame frame) {
            SortedMap<String, Tensor> tensors = PenalisedPolicy.super.init(frame);
            int size = frame.setup().policy().parameters();
            for (int context = 0; context < frame.setup().problem().contexts(); context++) {
                tensors.putAll(Setup.prefixed(prefix(context), optimizer.init(size)));
            }
            return tensors;
        }

        @Override
        public SortedMap<String, Tensor> step(
                Frame frame, LowerSolver solver, State state, BatchResult result, int context) {
            Optimizer.Update update = optimizer.step(
                    Setup.stripped(prefix(context), state.tensors()),
                    parameters(state, context),
                    gradient.apply(result),
                    stepSize);
            double[] theta = update.x();
            frame.setup().policy().projectInPlace(theta);
            SortedMap<String, Tensor> tensors = Setup.prefixed(prefix(context), update.state());
            tensors.put(name(context), Tensor.of(theta));
            return tensors;
        }

        private static String prefix(int context) {
            return "policyOptimizer/" + context + ".";
        }
    }
}
