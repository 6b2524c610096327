package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.families.SmallProblems;
import io.stackel.policy.TabularDirect;
import io.stackel.problem.FiniteInverse;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.SampleOnly;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every algorithm on every problem: pure steps, resumption from every state, bits without an engine. */
class TwoLevelTest {

    private static final int ITERATIONS = 4;

    private record Run(String name, Setup setup, Algorithm algorithm) {

        ChunkEvaluator.Source source() {
            return new ChunkEvaluator.Source(setup.problem(), setup.policy());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Run> runs() {
        return Stream.of(
                        on("reward-design", SmallProblems.rewardDesign()),
                        on("stackelberg", SmallProblems.stackelberg()),
                        onContexts(),
                        onZeroSum(),
                        onPreferences(),
                        onExperts(),
                        onTaxes(),
                        onSamplesAlone("reward-design", new SampleOnly(SmallProblems.rewardDesign())),
                        onSamplesAlone("stackelberg", new SampleOnly(SmallProblems.stackelberg())))
                .flatMap(stream -> stream);
    }

    private static Stream<Run> on(String problem, FiniteProblem finite) {
        Setup planned = Setups.of(finite, Setups.PLANNED, false);
        Setup fitted = Setups.of(finite, Setups.PLANNED, true);
        Setup natural = Setups.of(finite, Setups.NATURAL, true);
        Setup adam = Setups.of(finite, Setups.ADAM, true);
        Setup direct = Setups.of(finite, new TabularDirect(finite.states(), finite.actions()), Setups.SGD, false);
        Map<String, Object> two = Map.of("sigma", 0.1);
        Map<String, Object> one = Map.of("penaltyWeight", 5.0, "sides", "one", "coupling", "none");
        Map<String, Object> bellman = Map.of("sigma", 0.5, "penalty", "bellman");
        return Stream.of(
                run(problem, "first-order", planned, two),
                run(problem, "first-order", fitted, one),
                run(problem, "first-order", natural, two),
                run(problem, "first-order", adam, one),
                run(problem, "first-order", direct, two),
                run(problem, "pbrl", planned, Map.of("sigma", 0.5)),
                run(problem, "pbrl", fitted, Map.of("sigma", 0.5, "policyOptimizer", "adam")),
                run(problem, "pbrl", natural, Map.of("sigma", 0.5, "coupling", "none", "policyOptimizer", "sgd")),
                run(problem, "pbrl", adam, bellman),
                run(problem, "pbrl", natural, bellman),
                run(problem, "independent", natural, Map.of()),
                run(problem, "hpgd", fitted, Map.of()),
                run(problem, "hpgd", natural, Map.of()),
                run(problem, "boltzmann", planned, Map.of()),
                run(problem, "boltzmann", natural, Map.of("advantageDecay", 0.9)),
                run(problem, "boltzmann", adam, Map.of()),
                run(problem, "boltzmann", planned, Map.of("critic", "vector")),
                run(problem, "boltzmann", natural, Map.of("critic", "vector")),
                run(problem, "counted", natural, Map.of("upperSteps", 2L, "splits", 3L)),
                run(problem, "counted", direct, Map.of("upperSteps", 2L)),
                run(problem, "exact", planned, Map.of()),
                run(problem, "zero-order", planned, Map.of()),
                run(problem, "zero-order", natural, Map.of()),
                run(problem, "cma-es", planned, Map.of("population", 5L)),
                run(problem, "cma-es", natural, Map.of("covariance", "diagonal")));
    }

    private static Stream<Run> onContexts() {
        FiniteProblem rooms = SmallProblems.fourRooms();
        return Stream.of(
                run("four-rooms", "first-order", Setups.of(rooms, Setups.PLANNED, true), Map.of("sigma", 0.1)),
                run("four-rooms", "pbrl", Setups.of(rooms, Setups.NATURAL, false), Map.of("sigma", 0.1)),
                run("four-rooms", "counted", Setups.of(rooms, Setups.NATURAL, false), Map.of("upperSteps", 2L)),
                run("four-rooms", "zero-order", Setups.of(rooms, Setups.ADAM, false), Map.of()));
    }

    private static Stream<Run> onZeroSum() {
        Setup planned = Setups.of(SmallProblems.zeroSum(), Setups.PLANNED, false);
        Setup natural = Setups.of(SmallProblems.zeroSum(), Setups.NATURAL, true);
        Map<String, Object> steps = Map.of("sigma", 0.2, "penalty", "nikaido-isoda", "policyStepSize", 0.2);
        Map<String, Object> adam =
                Map.of("sigma", 0.2, "penalty", "nikaido-isoda", "coupling", "none", "policyOptimizer", "adam");
        return Stream.of(
                run("zero-sum", "pbrl", planned, steps),
                run("zero-sum", "pbrl", planned, adam),
                run("zero-sum", "pbrl", natural, steps),
                run("zero-sum", "pbrl", natural, adam),
                run("zero-sum", "counted", natural, Map.of("upperSteps", 2L)),
                run("zero-sum", "independent", natural, Map.of()),
                run("zero-sum", "independent", planned, Map.of()),
                run("zero-sum", "exact", planned, Map.of()),
                run("zero-sum", "zero-order", planned, Map.of()),
                run("zero-sum", "zero-order", natural, Map.of()),
                run("zero-sum", "cma-es", natural, Map.of()));
    }

    private static Stream<Run> onPreferences() {
        FinitePreferences pairs = SmallProblems.preferences(Map.of());
        Setup planned = Setups.of(pairs, Setups.PLANNED, false);
        Setup natural = Setups.of(pairs, Setups.NATURAL, true);
        Setup adam = Setups.of(pairs, Setups.ADAM, true);
        Map<String, Object> gradients = Map.of("sigma", 0.2, "policyOptimizer", "adam", "coupling", "none");
        return Stream.of(
                run("preferences", "pbrl", planned, Map.of("sigma", 0.2)),
                run("preferences", "pbrl", natural, Map.of("sigma", 0.2)),
                run("preferences", "pbrl", adam, gradients),
                run("preferences", "first-order", adam, Map.of("sigma", 0.1)),
                run(
                        "preferences",
                        "first-order",
                        Setups.of(pairs, Setups.SGD, false),
                        Map.of("sigma", 0.1, "sides", "one")),
                run("preferences", "alternating", planned, Map.of()),
                run("preferences", "alternating", natural, Map.of()),
                run("preferences", "true-reward", planned, Map.of()),
                run("preferences", "true-reward", adam, Map.of()),
                run("preferences", "exact", planned, Map.of()));
    }

    private static Stream<Run> onTaxes() {
        FiniteProblem taxes = SmallProblems.taxes();
        Setup fitted = Setups.of(taxes, Setups.PLANNED, true);
        return Stream.of(
                run("taxes", "first-order", fitted, Map.of("sigma", 0.1)),
                run("taxes", "pbrl", fitted, Map.of("sigma", 0.5)),
                run("taxes", "pbrl", fitted, Map.of("sigma", 0.5, "penalty", "bellman")),
                run("taxes", "first-order", Setups.of(taxes, Setups.ADAM, false), Map.of("sigma", 0.1)),
                run("taxes", "hpgd", fitted, Map.of()),
                run("taxes", "boltzmann", fitted, Map.of()),
                run("taxes", "boltzmann", fitted, Map.of("critic", "vector")),
                run("taxes", "zero-order", fitted, Map.of()),
                run("taxes", "exact", fitted, Map.of()));
    }

    private static Stream<Run> onExperts() {
        FiniteInverse experts = SmallProblems.inverse(Map.of());
        Setup planned = Setups.of(experts, Setups.PLANNED, false);
        Setup natural = Setups.of(experts, Setups.NATURAL, false);
        Map<String, Object> oneSided = Map.of("sigma", 0.05, "sides", "one");
        return Stream.of(
                run("inverse", "feature-matching", planned, Map.of()),
                run("inverse", "feature-matching", natural, Map.of()),
                run("inverse", "feature-matching", Setups.of(experts, Setups.ADAM, false), Map.of()),
                run("inverse", "first-order", planned, oneSided),
                run("inverse", "first-order", natural, oneSided),
                run("inverse", "counted", natural, Map.of("upperSteps", 2L)),
                run("inverse", "exact", planned, Map.of()));
    }

    private static Stream<Run> onSamplesAlone(String problem, SampleOnly sampled) {
        Setup adam = Setups.of(sampled, Setups.ADAM, false);
        return Stream.of(
                run("sample-only " + problem, "first-order", adam, Map.of("sigma", 0.1)),
                run("sample-only " + problem, "pbrl", adam, Map.of("sigma", 0.5, "policyOptimizer", "adam")),
                run(
                        "sample-only " + problem,
                        "pbrl",
                        adam,
                        Map.of("sigma", 0.5, "penalty", "bellman", "policyOptimizer", "adam")),
                run("sample-only " + problem, "independent", adam, Map.of()),
                run("sample-only " + problem, "zero-order", adam, Map.of()),
                run("sample-only " + problem, "cma-es", adam, Map.of()));
    }

    private static Run run(String problem, String algorithm, Setup setup, Map<String, Object> settings) {
        String lower =
                setup.lower().planned() ? "planned" : setup.lower().step().toString();
        String name = String.join(" ", problem, algorithm, lower, new TreeMap<>(settings).toString());
        return new Run(name, setup, Setups.algorithm(algorithm, setup, settings));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void stepsArePureAndContinueFromDecodedBytes(Run run) {
        try (LocalOracle oracle = LocalOracle.single(run.source())) {
            Algorithm algorithm = run.algorithm;
            State state = algorithm.init();
            assertThat(StateHash.sha256(algorithm.init())).isEqualTo(StateHash.sha256(state));
            while (state.iteration() < 2) {
                String before = StateHash.sha256(state);
                BatchResult result = answer(oracle, algorithm.request(state));
                State next = algorithm.step(state, result).next();
                String hash = StateHash.sha256(next);
                assertThat(StateHash.sha256(algorithm.step(state, result).next()))
                        .isEqualTo(hash);
                assertThat(StateHash.sha256(state))
                        .as("the state that was stepped from")
                        .isEqualTo(before);
                State decoded = Safetensors.decode(Safetensors.encode(state));
                BatchResult again = answer(oracle, algorithm.request(decoded));
                assertThat(StateHash.sha256(algorithm.step(decoded, again).next()))
                        .isEqualTo(hash);
                assertThat(next.step()).isEqualTo(state.step() + 1);
                state = next;
            }
        }
    }

    private static BatchResult answer(LocalOracle oracle, BatchRequest request) {
        return request.isEmpty() ? BatchResult.none(request) : oracle.evaluate(request, "test");
    }

    @ParameterizedTest
    @MethodSource("runs")
    void stoppedAndResumedRunsEndInTheSameBitsAndRows(Run run) {
        Recording whole = new Recording();
        try (LocalOracle oracle = LocalOracle.single(run.source())) {
            assertThat(loop(run, oracle, whole, Integer.MAX_VALUE).run(run.algorithm.init(), true))
                    .isEqualTo(Outcome.COMPLETE);
        }
        int batches = whole.states.size();
        Recording parts = new Recording();
        try (LocalOracle oracle = new LocalOracle(run.source(), 2, 5)) {
            State state = run.algorithm.init();
            Outcome outcome = loop(run, oracle, parts, 1).run(state, true);
            for (int i = 1; i < batches; i++) {
                assertThat(outcome).isEqualTo(Outcome.RUNNING);
                state = Safetensors.decode(Safetensors.encode(parts.last()));
                outcome = loop(run, oracle, parts, 1).run(state, false);
            }
            assertThat(outcome).as("after the same number of batches").isEqualTo(Outcome.COMPLETE);
        }
        assertThat(parts.rows).isEqualTo(whole.rows);
        assertThat(parts.measurements).isEqualTo(whole.measurements);
        assertThat(StateHash.sha256(parts.last())).isEqualTo(StateHash.sha256(whole.last()));
        assertThat(whole.last().iteration()).isEqualTo(ITERATIONS);
        boolean moves = !run.name.contains("reward-design independent")
                && !run.name.contains("zero-sum independent")
                && !run.name.contains("true-reward");
        assertThat(Arrays.equals(
                        whole.last().real("upper"), run.algorithm.init().real("upper")))
                .as("a leader who takes the follower as given sees no use in a bonus")
                .isNotEqualTo(moves);
    }

    private static RunLoop loop(Run run, LocalOracle oracle, Recording recording, int batches) {
        int target = recording.states.size() + batches;
        Evaluation evaluation = Evaluations.of(run.setup, oracle, 20, 0);
        RunLoop.Plan plan = new RunLoop.Plan(ITERATIONS, OptionalLong.empty(), OptionalDouble.empty(), 2, 100);
        return new RunLoop(
                run.algorithm,
                oracle,
                evaluation,
                recording,
                plan,
                () -> batches < Integer.MAX_VALUE && recording.states.size() >= target);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void samplesAreThoseOfTheBatches(Run run) {
        try (LocalOracle oracle = LocalOracle.single(run.source())) {
            State state = run.algorithm.init();
            long[] spent = {0, 0};
            while (state.iteration() < 1) {
                BatchRequest request = run.algorithm.request(state);
                BatchResult result = answer(oracle, request);
                State next = run.algorithm.step(state, result).next();
                spent[next.phase() == 0 ? 1 : 0] += result.steps();
                state = next;
            }
            assertThat(List.of(state.lowerSamples(), state.upperSamples())).isEqualTo(List.of(spent[0], spent[1]));
            assertThat(state.samples()).isEqualTo(spent[0] + spent[1]);
        }
    }
}
