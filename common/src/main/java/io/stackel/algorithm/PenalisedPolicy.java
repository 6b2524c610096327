package io.stackel.algorithm;

import io.stackel.math.Tensor;
import io.stackel.optim.Optimizer;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The policy theta that a penalty method moves along with x, one a context: {@code policy/<context>} in the state, from
 * the uniform one on.
 *
 * @param optimizer of gradient steps; empty if the method takes natural steps of its own
 * @param stepSize of theta
 */
record PenalisedPolicy(Optional<Optimizer> optimizer, double stepSize) {

    /** The name of the parameters in the state. */
    static String name(int context) {
        return "policy/" + context;
    }

    /** Theta as the one further policy of a method. */
    static SortedMap<String, double[]> alone(double[] theta) {
        SortedMap<String, double[]> own = new TreeMap<>();
        own.put(Algorithm.PENALISED, theta);
        return own;
    }

    SortedMap<String, Tensor> init(Frame frame) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        double[] uniform = frame.setup().policy().uniform();
        for (int context = 0; context < frame.setup().problem().contexts(); context++) {
            tensors.put(name(context), Tensor.of(uniform.clone()));
            if (optimizer.isPresent()) {
                tensors.putAll(
                        Setup.prefixed(optimiser(context), optimizer.get().init(uniform.length)));
            }
        }
        return tensors;
    }

    /** A gradient step; needs an optimiser. */
    SortedMap<String, Tensor> step(Frame frame, State state, double[] gradient, int context) {
        Optimizer.Update update = optimizer
                .orElseThrow()
                .step(
                        Setup.stripped(optimiser(context), state.tensors()),
                        state.real(name(context)),
                        gradient,
                        stepSize);
        double[] theta = update.x();
        frame.setup().policy().projectInPlace(theta);
        SortedMap<String, Tensor> tensors = Setup.prefixed(optimiser(context), update.state());
        tensors.put(name(context), Tensor.of(theta));
        return tensors;
    }

    private static String optimiser(int context) {
        return "policyOptimizer/" + context + ".";
    }
}
