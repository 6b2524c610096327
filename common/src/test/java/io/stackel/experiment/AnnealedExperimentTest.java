package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Annealing;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.MisfitException;
import io.stackel.algorithm.Outcome;
import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.RunRecorder;
import io.stackel.algorithm.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
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
