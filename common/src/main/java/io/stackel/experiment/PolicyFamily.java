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
import io.stackel.problem.PolicyFactory;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.problem.ZeroSumProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** A family of policies that ships with Stackel. */
record PolicyFamily(
        String name,
        String summary,
        List<Parameter> parameters,
        boolean vectors,
        BiFunction<TrajectoryProblem, Settings, Policy> maker)
        implements PolicyFactory {

    private static final int WIDEST = 4096;
    private static final List<Parameter> NETWORK = List.of(
            Parameter.wholes("hidden", List.of(64L, 64L), Range.closed(1, WIDEST), "Width of each hidden layer."),
            Parameter.choice(
                    "activation", "tanh", List.of("tanh", "relu"), "Activation function of the hidden layers."),
            Parameter.whole(
                    "weightSeed",
                    0,
                    Range.FINITE,
                    "Seed of the starting weights; the run's seed does not change them."));
    private static final Parameter DEVIATION = Parameter.real(
            "deviation", 1, Range.POSITIVE, "Standard deviation of each component of the action at the start.");

    /** All families, in the order of the documentation. */
    static List<PolicyFamily> all() {
        List<Parameter> gaussian = new ArrayList<>(NETWORK);
        gaussian.add(DEVIATION);
        return List.of(
                numbered(
                        "tabular-softmax",
                        "a logit a state and action",
                        List.of(),
                        (problem, settings) -> softmax(problem)),
                numbered(
                        "tabular-direct",
                        "the probabilities themselves, a state and action",
                        List.of(),
                        (problem, settings) -> new TabularDirect(states(problem), problem.actions())),
                numbered(
                        "linear-softmax",
                        "logits linear in the observation",
                        List.of(),
                        (problem, settings) -> new LinearSoftmax(features(problem), problem.actions())),
                numbered(
                        "mlp-softmax",
                        "logits by a network from the observation",
                        NETWORK,
                        (problem, settings) -> new MlpSoftmax(
                                network(problem, problem.actions(), settings), settings.whole("weightSeed"))),
                new PolicyFamily(
                        "mlp-gaussian",
                        "vectors, normal around a mean by a network from the observation",
                        List.copyOf(gaussian),
                        true,
                        (problem, settings) -> new MlpGaussian(
                                network(problem, problem.actionSize(), settings),
                                settings.real("deviation"),
                                settings.whole("weightSeed"))));
    }

    private static PolicyFamily numbered(
            String name,
            String summary,
            List<Parameter> parameters,
            BiFunction<TrajectoryProblem, Settings, Policy> maker) {
        return new PolicyFamily(name, summary, parameters, false, maker);
    }

    @Override
    public Policy create(TrajectoryProblem problem, Settings settings) {
        return maker.apply(problem, settings);
    }

    static Policy softmax(TrajectoryProblem problem) {
        return problem.as(ZeroSumProblem.class)
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

    /** The length of an observation of policies that are not tabular. */
    static int features(TrajectoryProblem problem) {
        return problem.as(FiniteProblem.class).map(FiniteProblem::featureSize).orElseGet(problem::observationSize);
    }
}
