package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Annealing;
import io.stackel.algorithm.EscapeWeight;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.MisfitException;
import io.stackel.algorithm.Outcome;
import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.RunRecorder;
import io.stackel.algorithm.State;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.problem.FiniteProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.DoubleFunction;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;

class AnnealedExperimentTest {

    private static final String TEXT = """
            format: 1
            name: annealed
            problem: {name: reward-design, states: 4, actions: 3, discount: 0.8, entropyWeight: 0.2}
            policy: {name: tabular-softmax}
            algorithm: {name: first-order, sigma: 0.1}
            upper: {units: 16}
            lower: {solver: planned}
            sampling: {horizon: 20, baseline: none}
            stop: {iterations: 9}
            """;

    private static final List<String> FALLING =
            List.of("lower.startEntropyWeight=0.8", "lower.holdIterations=4", "lower.fallIterations=3");

    private static Experiment experiment(List<String> overrides) {
        Catalogue catalogue = Catalogue.load(AnnealedExperimentTest.class.getClassLoader());
        ExperimentConfiguration configuration = new ConfigurationDecoder(catalogue.vocabulary())
                .decode("annealed", TEXT.getBytes(StandardCharsets.UTF_8), overrides);
        return Experiment.of(configuration, catalogue, Optional.empty());
    }

    /** The upper variables of a run, iteration by iteration. */
    private static List<double[]> uppers(List<String> overrides) {
        Experiment experiment = experiment(overrides);
        Algorithm algorithm = experiment.algorithm();
        List<double[]> uppers = new ArrayList<>();
        RunRecorder recorder = new RunRecorder() {
            @Override
            public void progressed(State state, SortedMap<String, Double> measurements) {
                uppers.add(algorithm.upper(state));
            }

            @Override
            public void measured(SortedMap<String, Double> row) {
                // Only x counts.
            }

            @Override
            public void checkpoint(State state, Outcome outcome) {
                // Nothing is kept.
            }
        };
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            new RunLoop(algorithm, oracle, experiment.evaluation(oracle), recorder, experiment.plan(), () -> false)
                    .run(algorithm.init(), true);
        }
        return uppers;
    }

    /** Four times the weight, and four times the sigma: what executors sample does not know of it. */
    @Test
    void theHeldWeightIsThatOfARunWithThisWeight() {
        List<double[]> annealed = uppers(FALLING);
        List<double[]> heavy = uppers(List.of("problem.entropyWeight=0.8", "algorithm.sigma=0.4"));

        for (int iteration = 0; iteration < 4; iteration++) {
            assertThat(annealed.get(iteration)).as("iteration %d", iteration).containsExactly(heavy.get(iteration));
        }
        assertThat(annealed.get(5)).isNotEqualTo(heavy.get(5));
    }

    @Test
    void afterTheFallTheAlgorithmIsThatOfTheConfiguration() {
        Algorithm plain = experiment(List.of()).algorithm();
        Algorithm annealed = experiment(FALLING).algorithm();
        State late = new State(7, 7, 0, 0, 0, annealed.init().tensors());

        assertThat(annealed.request(late).followers().get(0).parameters())
                .containsExactly(plain.request(late).followers().get(0).parameters());
    }

    @Test
    void theWeightFallsGeometrically() {
        Annealing.Rule rule = new Annealing.Rule(0.8, 0.2, 10, 31);

        assertThat(rule.weight(0)).isEqualTo(0.8);
        assertThat(rule.weight(16)).isCloseTo(0.4, org.assertj.core.api.Assertions.within(1e-15));
        assertThat(rule.weight(32)).isEqualTo(0.2);
    }

    private static final String ROOMS = """
            format: 1
            name: escape
            problem: {name: four-rooms, goals: one, entropyWeight: 0.001, costWeight: 5}
            policy: {name: tabular-softmax}
            algorithm: {name: exact}
            upper: {optimizer: adam, stepSize: 0.03}
            lower: {solver: planned}
            sampling: {horizon: 200, baseline: none}
            stop: {iterations: 800}
            evaluation: {every: 800}
            """;

    private static double leadersValue(String... overrides) {
        Catalogue catalogue = Catalogue.load(AnnealedExperimentTest.class.getClassLoader());
        Experiment experiment = Experiment.of(
                new ConfigurationDecoder(catalogue.vocabulary())
                        .decode("rooms", ROOMS.getBytes(StandardCharsets.UTF_8), List.of(overrides)),
                catalogue,
                Optional.empty());
        List<Double> objectives = new ArrayList<>();
        RunRecorder recorder = new RunRecorder() {
            @Override
            public void progressed(State state, SortedMap<String, Double> measurements) {
                // Only the rows count.
            }

            @Override
            public void measured(SortedMap<String, Double> row) {
                objectives.add(row.get(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE));
            }

            @Override
            public void checkpoint(State state, Outcome outcome) {
                // Nothing is kept.
            }
        };
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            Algorithm algorithm = experiment.algorithm();
            new RunLoop(algorithm, oracle, experiment.evaluation(oracle), recorder, experiment.plan(), () -> false)
                    .run(algorithm.init(), true);
        }
        return -objectives.get(objectives.size() - 1);
    }

    /** The exact flow of a decided follower ends in "spend nothing"; no draw is in either run, but the start of x. */
    @Test
    void thePresetLeavesTheOptimumThatSpendsNothing() {
        assertThat(leadersValue()).isBetween(-0.01, 0.01);
        assertThat(leadersValue("lower.preset=escape", "lower.fallIterations=340"))
                .isGreaterThan(0.5);
    }

    /** Central differences of the objective say of the weight, and of the one below, what the rule asks for. */
    @Test
    void theWeightIsTheFirstAtWhichTheResponseCountsTenfold() {
        Catalogue catalogue = Catalogue.load(AnnealedExperimentTest.class.getClassLoader());
        DoubleFunction<FiniteProblem> weighted = weight -> Experiment.of(
                        new ConfigurationDecoder(catalogue.vocabulary())
                                .decode(
                                        "rooms",
                                        ROOMS.getBytes(StandardCharsets.UTF_8),
                                        List.of("problem.entropyWeight=" + weight)),
                        catalogue,
                        Optional.empty())
                .setup()
                .problem()
                .as(FiniteProblem.class)
                .orElseThrow();
        double[] x = new double[weighted.apply(0.001).upperSize()];

        double found = EscapeWeight.of(weighted, 0.001, x, 1e-12).orElseThrow();

        assertThat(share(weighted.apply(found), x)).isGreaterThan(10);
        assertThat(share(weighted.apply(found * StrictMath.pow(2, -0.125)), x)).isLessThan(10);
        assertThat(EscapeWeight.of(weighted, found, x, 1e-12)).hasValue(found);
    }

    /** By how much the part of the gradient through the response is longer than that at a fixed response. */
    private static double share(FiniteProblem problem, double[] x) {
        double step = 1e-4;
        ExactModel model = new ExactModel(problem, 0);
        double[] policy =
                model.at(new DenseVector(x)).best(0, 1e-13, new double[0]).logPolicy();
        double fixed = 0;
        double through = 0;
        for (int i = 0; i < x.length; i++) {
            double[] whole = new double[2];
            double[] direct = new double[2];
            for (int side = 0; side < 2; side++) {
                double[] moved = x.clone();
                moved[i] += side == 0 ? -step : step;
                ExactPoint point = model.at(new DenseVector(moved));
                direct[side] = point.evaluate(policy).upperObjective();
                whole[side] = point.evaluate(point.best(0, 1e-13, new double[0]).logPolicy())
                        .upperObjective();
            }
            double part = (direct[1] - direct[0]) / (2 * step);
            double rest = (whole[1] - whole[0]) / (2 * step) - part;
            fixed += part * part;
            through += rest * rest;
        }
        return Math.sqrt(through / fixed);
    }

    /** With x in the follower's reward alone and no costs, all of the gradient comes through the response. */
    @Test
    void whereTheLeaderHasNoCostsTheWeightIsTheProblemsOwn() {
        List<double[]> plain = uppers(List.of("problem.cost=0"));

        List<double[]> preset = uppers(List.of("problem.cost=0", "lower.preset=escape", "lower.fallIterations=4"));

        for (int iteration = 0; iteration < plain.size(); iteration++) {
            assertThat(preset.get(iteration)).containsExactly(plain.get(iteration));
        }
    }

    @Test
    void thePresetFindsAllButTheLengthOfTheFall() {
        for (List<String> wrong : List.of(
                List.of("lower.preset=escape"),
                List.of("lower.preset=escape", "lower.fallIterations=4", "lower.startEntropyWeight=0.8"),
                List.of("lower.preset=escape", "lower.fallIterations=4", "lower.holdIterations=1"))) {
            assertThatThrownBy(() -> experiment(wrong))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("preset: escape needs fallIterations, and neither startEntropyWeight nor");
        }
        assertThatThrownBy(() -> experiment(List.of(
                                "lower={optimizer: natural, solver: sampled, preset: escape, fallIterations: 4}"))
                        .algorithm())
                .isInstanceOf(MisfitException.class)
                .hasMessageContaining("lower.preset escape needs lower.solver: planned");
    }

    private static void refused(String reason, String... overrides) {
        List<String> all = new ArrayList<>(FALLING);
        all.addAll(List.of(overrides));
        assertThatThrownBy(() -> experiment(all).algorithm())
                .isInstanceOf(MisfitException.class)
                .hasMessageContaining("lower.startEntropyWeight needs " + reason);
    }

    @Test
    void weightsThatExecutorsWouldHaveToKnowAreRefused() {
        refused(
                "lower.solver: planned or lower.optimizer: natural",
                "lower={solver: sampled, optimizer: adam, startEntropyWeight: 0.8, fallIterations: 3}");
        refused(
                "an algorithm whose outer batch has no entropy in it, but that of algorithm.name is independent; leave it"
                        + " out, or use one of exact, first-order, zero-order",
                "algorithm={name: independent}");
        refused(
                "x in the rewards alone",
                "problem={name: stackelberg, states: 3, leaderActions: 2, followerActions: 2, entropyWeight: 0.1}");
        refused(
                "a finite problem with problem.entropyWeight above 0",
                "problem.entropyWeight=0",
                "algorithm={name: pbrl}");
    }
}
