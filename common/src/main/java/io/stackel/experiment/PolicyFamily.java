package io.stackel.experiment;

import io.stackel.algorithm.MisfitException;
import io.stackel.policy.Activation;
import io.stackel.policy.LinearSoftmax;
import io.stackel.policy.MlpGaussian;
import io.stackel.policy.MlpSoftmax;
import io.stackel.policy.Network;
import io.stackel.policy.Policy;
import io.stackel.policy.TabularDirect;
import io.stackel.policy.TabularSoftmax;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.problem.TrajectoryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A name of {@code policy.name}.
 *
 * @param parameters the keys of the {@code policy} section besides {@code name}
 * @param vectors whether its actions are vectors of real numbers
 */
record PolicyFamily(List<Parameter> parameters, boolean vectors, Maker maker) {

    private static final int WIDEST = 4096;
    private static final long MEBIBYTE = 1 << 20;
    private static final List<Parameter> NETWORK = List.of(
            Parameter.wholes("hidden", List.of(64L, 64L), Range.closed(1, WIDEST), "units of each hidden layer"),
            Parameter.choice("activation", "tanh", List.of("tanh", "relu"), "what a hidden unit makes of its input"),
            Parameter.whole("weightSeed", 0, Range.FINITE, "seed of the starting weights, apart from the run's seed"));
    private static final Parameter DEVIATION = Parameter.real(
            "deviation", 1, Range.POSITIVE, "standard deviation of each component of the action at the start");

    /** Builds a policy. */
    @FunctionalInterface
    interface Maker {

        /** A policy of this family for a problem. */
        Policy make(TrajectoryProblem problem, Settings settings);
    }

    /** All families by name. */
    static SortedMap<String, PolicyFamily> all() {
        SortedMap<String, PolicyFamily> all = new TreeMap<>();
        all.put("tabular-softmax", numbered(List.of(), (problem, settings) -> softmax(problem)));
        all.put(
                "tabular-direct",
                numbered(List.of(), (problem, settings) -> new TabularDirect(states(problem), problem.actions())));
        all.put(
                "linear-softmax",
                numbered(List.of(), (problem, settings) -> new LinearSoftmax(features(problem), problem.actions())));
        all.put(
                "mlp-softmax",
                numbered(
                        NETWORK,
                        (problem, settings) -> new MlpSoftmax(
                                network(problem, problem.actions(), settings), settings.whole("weightSeed"))));
        List<Parameter> gaussian = new ArrayList<>(NETWORK);
        gaussian.add(DEVIATION);
        all.put(
                "mlp-gaussian",
                new PolicyFamily(
                        List.copyOf(gaussian),
                        true,
                        (problem, settings) -> new MlpGaussian(
                                network(problem, problem.actionSize(), settings),
                                settings.real("deviation"),
                                settings.whole("weightSeed"))));
        return all;
    }

    private static PolicyFamily numbered(List<Parameter> parameters, Maker maker) {
        return new PolicyFamily(parameters, false, maker);
    }

    /**
     * A policy for a problem.
     *
     * @throws MisfitException if it is none for this problem
     */
    Policy of(String name, TrajectoryProblem problem, Settings settings) {
        boolean wanted = problem.actions() == 0;
        if (wanted != vectors) {
            throw new MisfitException(
                    "policy.name",
                    "policy.name: " + name
                            + (vectors
                                    ? " draws vectors, but the actions of this problem are numbered; use policy.name:"
                                            + " mlp-softmax"
                                    : " draws numbered actions, but those of this problem are vectors; use policy.name:"
                                            + " mlp-gaussian"));
        }
        Policy policy = maker.make(problem, settings);
        requireRoom(name, policy, Runtime.getRuntime().maxMemory());
        return policy;
    }

    private static void requireRoom(String name, Policy policy, long memory) {
        Optional<Integer> parameters = parameters(policy);
        if (parameters.isEmpty() || (long) Double.BYTES * parameters.get() > memory) {
            throw new MisfitException(
                    "policy.name",
                    "policy.name: " + name + " has "
                            + parameters.map(Object::toString).orElse("more than " + Integer.MAX_VALUE)
                            + " parameters of 8 bytes for this problem, more than the " + memory / MEBIBYTE
                            + " MiB that this process may use hold (spark.driver.memory); make the problem or the policy"
                            + " smaller");
        }
    }

    private static Optional<Integer> parameters(Policy policy) {
        try {
            return Optional.of(policy.parameters());
        } catch (ArithmeticException tooMany) {
            return Optional.empty();
        }
    }

    static Policy softmax(TrajectoryProblem problem) {
        return problem.zeroSum()
                .<Policy>map(game -> new TwoPlayerSoftmax(game.states(), game.firstActions(), game.secondActions()))
                .orElseGet(() -> new TabularSoftmax(states(problem), problem.actions()));
    }

    private static Network network(TrajectoryProblem problem, int outputs, Settings settings) {
        Activation activation = Words.constant(Activation.values(), settings.text("activation"));
        return Network.of(features(problem), settings.counts("hidden"), outputs, activation);
    }

    private static int states(TrajectoryProblem problem) {
        if (problem.states() == 0) {
            throw new MisfitException(
                    "policy.name",
                    "a tabular policy needs observations that are numbers of states, but this problem observes "
                            + problem.observationSize() + " numbers; use policy.name: linear-softmax");
        }
        return problem.states();
    }

    private static int features(TrajectoryProblem problem) {
        return problem.tables().map(FiniteProblem::featureSize).orElseGet(problem::observationSize);
    }
}
