package io.stackel.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.AlgorithmFactory;
import io.stackel.algorithm.ProblemSetup;
import io.stackel.algorithm.Setup;
import io.stackel.algorithm.State;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.experiment.Catalogue;
import io.stackel.math.Tensor;
import io.stackel.problem.Parameter;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlgorithmContractTest {

    private static final String TRAJECTORIES = """
            format: 1
            name: contract
            problem: {PROBLEM}
            policy: {name: POLICY}
            algorithm: {ALGORITHM}
            upper: {stepSize: 0.05, units: 12}
            lower: {LOWER}
            sampling: {horizon: 12, unitsPerChunk: 4, BASELINE}
            stop: {iterations: 9}
            """;

    private static final String DATA = """
            format: 1
            name: contract
            problem: {PROBLEM}
            algorithm: {ALGORITHM}
            upper: {stepSize: 0.05}
            lower: {LOWER}
            stop: {iterations: 9}
            """;

    private static final String DESIGN = "name: reward-design, states: 4, actions: 2";
    private static final String NATURAL = "solver: sampled, innerSteps: 1, units: 12";

    @TempDir
    private Path folder;

    private CheckReport check(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("contract.yaml"), text);
        return AlgorithmContract.check(file, List.of(), 7);
    }

    /** Every algorithm, each with the lower levels that keep something of their own in the state. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "design | tabular-softmax | name: first-order, sigma: 0.2 | natural | baseline: fitted",
                "design | tabular-softmax | name: first-order, sigma: 0.2 | adam | baseline: fitted",
                "design | tabular-direct | name: first-order, sigma: 0.2, sides: one | sgd | baseline: none",
                "design | mlp-softmax | name: first-order, sigma: 0.2, coupling: none | adam | baseline: none",
                "design | tabular-softmax | name: pbrl, penaltyWeight: 3 | natural | baseline: fitted",
                "design | tabular-softmax | name: pbrl, penaltyWeight: 3, penalty: bellman | natural | baseline: fitted",
                "design | linear-softmax | name: pbrl, penaltyWeight: 3, policyOptimizer: adam | sgd | baseline: none",
                "design | tabular-softmax | name: independent | natural | baseline: fitted",
                "design | tabular-softmax | name: lower | natural | baseline: fitted",
                "design | tabular-softmax | name: hpgd | natural | baseline: fitted",
                "design | tabular-softmax | name: boltzmann, advantageDecay: 0.9 | natural | baseline: fitted",
                "design | tabular-softmax | name: counted, upperSteps: 3 | natural | baseline: none",
                "name: four-rooms | tabular-softmax | name: counted, splits: 3 | natural | baseline: none",
                "name: zero-sum-incentive, states: 3 | tabular-softmax | name: counted | natural | baseline: none",
                "name: inverse-rl, states: 3 | tabular-softmax | name: counted | natural | baseline: none",
                "design | tabular-softmax | name: exact | planned | baseline: none",
                "design | tabular-softmax | name: zero-order | natural | baseline: fitted",
                "design | tabular-softmax | name: cma-es | natural | baseline: fitted",
                "design | tabular-softmax | name: cma-es, population: 5 | adam | baseline: none",
                "name: four-rooms | tabular-softmax | name: first-order, sigma: 0.01 | natural | baseline: fitted",
                "name: stackelberg, states: 3 | tabular-softmax | name: pbrl, sigma: 0.5 | natural | baseline: fitted",
                "name: zero-sum-incentive, states: 3 | tabular-softmax"
                        + " | name: pbrl, penaltyWeight: 3, penalty: nikaido-isoda | natural | baseline: fitted",
                "name: preferences, states: 3 | tabular-softmax | name: pbrl, sigma: 0.5 | natural | baseline: fitted",
                "name: preferences, states: 3 | tabular-softmax | name: alternating | natural | baseline: fitted",
                "name: preferences, states: 3 | tabular-softmax | name: true-reward | natural | baseline: fitted",
                "name: inverse-rl, states: 3 | tabular-softmax | name: feature-matching | natural | baseline: fitted",
                "name: inverse-rl, states: 3 | tabular-softmax | name: cloning | planned | baseline: none",
                "name: logged, states: 3 | tabular-softmax | name: boltzmann | planned | baseline: none",
                "name: reward-shaping | mlp-softmax | name: first-order, sigma: 0.1 | adam | baseline: fitted"
            })
    void shippedAlgorithmsKeepTheContract(
            String problem, String policy, String algorithm, String lower, String baseline) throws IOException {
        String text = TRAJECTORIES
                .replace("PROBLEM", problem.equals("design") ? DESIGN : problem)
                .replace("POLICY", policy)
                .replace("ALGORITHM", algorithm)
                .replace("BASELINE", baseline)
                .replace(
                        "LOWER",
                        switch (lower) {
                            case "natural" -> NATURAL;
                            case "planned" -> "solver: planned";
                            default -> NATURAL + ", stepSize: 0.05, optimizer: " + lower;
                        });

        check(text).requirePassed();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: first-order, sigma: 0.1 | solver: sampled, optimizer: sgd, innerSteps: 2, stepSize: 0.01",
                "name: f2sa, penaltyWeight: 3 | solver: sampled, optimizer: sgd, innerSteps: 2, stepSize: 0.01",
                "name: pbrl, penaltyWeight: 3 | solver: sampled, optimizer: sgd, innerSteps: 2, stepSize: 0.01"
            })
    void shippedAlgorithmsOfDataKeepTheContract(String algorithm, String lower) throws IOException {
        check(DATA.replace(
                                "PROBLEM",
                                "name: quadratic, trainingRows: 512, validationRows: 128, lowerSize: 9, upperSize: 3")
                        .replace("ALGORITHM", algorithm)
                        .replace("LOWER", lower))
                .requirePassed();
    }

    /** What a user may get wrong. */
    private enum Fault {
        NONE,
        COUNTER_IN_A_FIELD,
        COUNTER_IN_THE_REQUEST,
        WRITES_TO_THE_STATE,
        SHORT_UPPER,
        NO_NUMBER,
        COUNTS_NO_STEP,
        SAMPLES_TWICE,
        SHORT_FOLLOWER
    }

    /** The leader ascends his own return; the follower stays as he is. */
    private static final class Ascent implements Algorithm {

        private final Setup setup;
        private final Fault fault;
        private int calls;

        Ascent(Setup setup, Fault fault) {
            this.setup = setup;
            this.fault = fault;
        }

        @Override
        public State init() {
            double[] x = setup.start();
            SortedMap<String, Tensor> tensors = setup.upper().init(x);
            tensors.put("theta", Tensor.of(setup.policy().uniform()));
            return new State(0, 0, 0, 0, 0, tensors);
        }

        @Override
        public BatchRequest request(State state) {
            int stream = fault == Fault.COUNTER_IN_THE_REQUEST ? ++calls : 1;
            return setup.request(
                    state,
                    List.of(state.real("upper")),
                    List.of(Follower.plain(state.real("theta"))),
                    List.of(new ValueGradient(
                            new Units(Purpose.TRAINING, stream, setup.upper().units()),
                            0,
                            FollowerPair.alone(0),
                            Combination.upperObjective(),
                            Wanted.UPPER,
                            false)));
        }

        @Override
        public Progress step(State state, BatchResult result) {
            double[] gradient = result.estimate(0).upperGradient();
            if (fault == Fault.COUNTER_IN_A_FIELD) {
                gradient[0] += ++calls;
            }
            if (fault == Fault.WRITES_TO_THE_STATE) {
                state.real("theta")[0] += 1;
            }
            SortedMap<String, Tensor> tensors = new TreeMap<>(setup.upper().step(state, gradient));
            if (fault == Fault.NO_NUMBER) {
                double[] theta = state.real("theta").clone();
                theta[0] = Double.NaN;
                tensors.put("theta", Tensor.of(theta));
            }
            if (fault == Fault.COUNTS_NO_STEP) {
                return new Progress(state.with(tensors), new TreeMap<>());
            }
            long samples = fault == Fault.SAMPLES_TWICE ? 2 * result.steps() : result.steps();
            return new Progress(state.afterOuter(samples, tensors), new TreeMap<>());
        }

        @Override
        public double[] upper(State state) {
            return fault == Fault.SHORT_UPPER ? new double[0] : state.real("upper");
        }

        @Override
        public double[] follower(State state, int context) {
            return fault == Fault.SHORT_FOLLOWER ? new double[1] : state.real("theta");
        }

        @Override
        public int context(State state) {
            return setup.context(state.iteration());
        }
    }

    private record Planted(Fault fault) implements AlgorithmFactory {

        @Override
        public String name() {
            return "planted";
        }

        @Override
        public String summary() {
            return "an algorithm with a fault";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Algorithm create(ProblemSetup setup, Settings settings) {
            return new Ascent((Setup) setup, fault);
        }
    }

    private CheckReport check(Fault fault) throws IOException {
        Path file = Files.writeString(
                folder.resolve("planted.yaml"),
                TRAJECTORIES
                        .replace("PROBLEM", DESIGN)
                        .replace("POLICY", "tabular-softmax")
                        .replace("ALGORITHM", "name: independent")
                        .replace("BASELINE", "baseline: none")
                        .replace("LOWER", "solver: sampled, optimizer: adam"));
        ProblemSetup setup = ConfiguredExperiment.read(file, List.of()).setup();
        return AlgorithmContract.check(new Planted(fault), setup, Settings.of(Map.of()), 3);
    }

    @Test
    void algorithmOfOneScreenKeepsTheContract() throws IOException {
        check(Fault.NONE).requirePassed();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COUNTER_IN_A_FIELD | the same state and batch lead to the same step",
                "COUNTER_IN_A_FIELD | a run goes on from a stored state with the same bits",
                "COUNTER_IN_THE_REQUEST | a state has one request",
                "COUNTER_IN_THE_REQUEST | a stored state has the same request",
                "WRITES_TO_THE_STATE | states are not written to",
                "SHORT_UPPER | upper() has the length m and is finite",
                "NO_NUMBER | tensors are finite",
                "COUNTS_NO_STEP | step, iteration and phase count batches",
                "SAMPLES_TWICE | samples grow by at most those of the batch",
                "SHORT_FOLLOWER | follower() and surrogates() have the policy's length"
            })
    void plantedFaultsAreFound(Fault fault, String rule) throws IOException {
        CheckReport report = check(fault);

        assertThat(report.failures()).extracting(Finding::name).contains(rule);
        assertThatThrownBy(report::requirePassed)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(rule)
                .hasMessageContaining("first at step");
    }

    @Test
    void catalogueHasEveryAlgorithmOfTheTest() {
        assertThat(Catalogue.shipped().algorithms().keySet())
                .containsExactly(
                        "alternating",
                        "boltzmann",
                        "cloning",
                        "cma-es",
                        "counted",
                        "exact",
                        "f2sa",
                        "feature-matching",
                        "first-order",
                        "hpgd",
                        "independent",
                        "lower",
                        "pbrl",
                        "true-reward",
                        "zero-order");
    }
}
