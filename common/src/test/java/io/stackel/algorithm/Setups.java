package io.stackel.algorithm;

import io.stackel.optim.Adam;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.policy.Activation;
import io.stackel.policy.MlpSoftmax;
import io.stackel.policy.Network;
import io.stackel.policy.Policy;
import io.stackel.policy.TabularSoftmax;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.Parameter;
import io.stackel.problem.Settings;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.problem.ZeroSumProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Small setups: 20 units a batch, trajectories of at most 30 steps, 3 units a chunk. */
final class Setups {

    static final Setup.LowerRule PLANNED = new Setup.LowerRule(true, 1, Setup.LowerStep.NATURAL, 0.5, 1, 0, 1e-12);
    static final Setup.LowerRule NATURAL = new Setup.LowerRule(false, 2, Setup.LowerStep.NATURAL, 0.5, 30, 0.2, 1e-12);
    static final Setup.LowerRule ADAM = new Setup.LowerRule(false, 3, Setup.LowerStep.ADAM, 0.05, 20, 0, 1e-12);
    static final Setup.LowerRule SGD = new Setup.LowerRule(false, 2, Setup.LowerStep.SGD, 0.05, 20, 0, 1e-12);

    private Setups() {}

    static Setup of(TrajectoryProblem problem, Setup.LowerRule lower, boolean fittedBaselines) {
        Policy policy = problem instanceof ZeroSumProblem game
                ? new TwoPlayerSoftmax(game.states(), game.firstActions(), game.secondActions())
                : new TabularSoftmax(problem.states(), problem.actions());
        return of(problem, policy, lower, fittedBaselines);
    }

    static Setup of(TrajectoryProblem problem, Policy policy, Setup.LowerRule lower, boolean fittedBaselines) {
        return new Setup(
                problem,
                policy,
                17,
                new Setup.UpperRule(
                        new Adam(), Schedule.INVERSE_SQRT, 0.05, OptionalDouble.of(5), Projection.box(-2, 2), 20),
                lower,
                new Setup.SamplingRule(30, 3, fittedBaselines, true));
    }

    /** A task with two actions under a small network, and a critic that passes over each batch in as many minibatches. */
    static Setup withCritic(TrajectoryProblem problem, Setup.LowerRule lower, int passes) {
        MlpSoftmax policy = new MlpSoftmax(Network.of(problem.observationSize(), List.of(6), 2, Activation.TANH), 1);
        Setup plain = of(problem, policy, lower, true);
        ValueNetwork values = ValueNetwork.of(problem.observationSize(), List.of(), 10, 2);
        return new Setup(
                problem,
                policy,
                plain.seed(),
                plain.upper(),
                lower,
                plain.sampling(),
                Optional.of(new Setup.CriticRule(values, 0.01, passes, passes, 0.2, true, Schedule.CONSTANT)));
    }

    /** The exact figures of a problem that has some. */
    static Evaluation exact(ProblemSetup setup) {
        GradientOracle oracle = LocalOracle.single(setup.source());
        return new ExactEvaluation(setup, ExactEvaluation.Kind.of(setup, oracle).orElseThrow(), Optional.empty());
    }

    static AlgorithmFactory factory(String name) {
        return Algorithms.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** An algorithm with the defaults of the keys that are not given. */
    static Algorithm algorithm(String name, ProblemSetup setup, Map<String, Object> given) {
        SortedMap<String, Object> values = new TreeMap<>();
        for (Parameter parameter : factory(name).parameters()) {
            parameter.fallback().ifPresent(value -> values.put(parameter.name(), value));
        }
        values.putAll(given);
        return factory(name).create(setup, new Settings(values));
    }
}
