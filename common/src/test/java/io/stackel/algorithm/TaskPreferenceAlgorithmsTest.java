package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.PairLossGradient;
import io.stackel.families.SmallProblems;
import io.stackel.problem.PreferenceProblem;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskPreferenceAlgorithmsTest {

    private static final Setup.LowerRule LOWER = new Setup.LowerRule(false, 2, Setup.LowerStep.ADAM, 0.01, 4, 0, 1e-12);

    private final PreferenceProblem problem = SmallProblems.taskPreferences(Map.of("rewardHidden", List.of(4L)));
    private final Setup setup = setup(problem);

    private static Setup setup(PreferenceProblem problem) {
        return Setups.withCritic(problem, LOWER, 2);
    }

    /** The state after so many outer iterations. */
    private State run(Algorithm algorithm, int iterations) {
        State state = algorithm.init();
        try (LocalOracle oracle = LocalOracle.single(setup.source())) {
            while (state.iteration() < iterations) {
                BatchRequest request = algorithm.request(state);
                BatchResult result = request.isEmpty() ? BatchResult.none(request) : oracle.evaluate(request, "a test");
                state = algorithm.step(state, result).next();
            }
        }
        return state;
    }

    /** 12 at first, 4 new ones an iteration, and with two followers 2 inner batches of 4 pairs each. */
    @ParameterizedTest
    @CsvSource({"alternating, 24, 24", "first-order, 72, 24"})
    void labelsAreCountedAndThoseOfTheReportedPolicyAreKept(String name, long labels, int kept) {
        Map<String, Object> given = name.equals("first-order") ? Map.of("sigma", 0.5, "coupling", "common") : Map.of();
        State state = run(Setups.algorithm(name, setup, given), 3);
        assertThat(PairBuffer.labelled(state)).isEqualTo(labels);
        assertThat(new PairBuffer(problem).of(state).size()).isEqualTo(kept);
        assertThat(state.real("upper")).isNotEqualTo(setup.start());
    }

    @ParameterizedTest
    @CsvSource({"one, 0", "two, 2"})
    void theBestResponsePlaysTheNewPairs(String sides, int number) {
        Algorithm algorithm = Setups.algorithm("first-order", setup, Map.of("sigma", 0.5, "sides", sides));
        State state = run(algorithm, 1);
        int inner = 2 * 4;
        try (LocalOracle oracle = LocalOracle.single(setup.source())) {
            for (int i = 0; i < inner; i++) {
                state = algorithm
                        .step(state, oracle.evaluate(algorithm.request(state), "a test"))
                        .next();
            }
        }
        BatchRequest outer = algorithm.request(state);
        PairLossGradient pairs = (PairLossGradient) outer.estimands().get(1);
        assertThat(pairs.terms().followers().first()).isEqualTo(number);
        assertThat(outer.followers().get(number).parameters()).isSameAs(algorithm.follower(state, 0));
    }

    @Test
    void theTrueRewardNeedsNoLabelsAndMovesThePolicyAlone() {
        Algorithm algorithm = Setups.algorithm("true-reward", setup, Map.of());
        State state = run(algorithm, 2);
        assertThat(state.real("upper")).isEqualTo(setup.start());
        assertThat(algorithm.follower(state, 0)).isNotEqualTo(setup.policy().uniform());
        assertThat(PairBuffer.labelled(state)).isZero();
    }

    @Test
    void figuresAreOfTheTrueRewardAndOfFreshPairs() {
        Algorithm algorithm = Setups.algorithm("alternating", setup, Map.of());
        State state = algorithm.init();
        try (LocalOracle oracle = LocalOracle.single(setup.source())) {
            SortedMap<String, Double> figures =
                    Evaluations.of(setup, oracle, 20, 0).measure(algorithm, state);
            double term = problem.upperTerm(new DenseVector(setup.start()));
            assertThat(figures.get("upperObjective")).isCloseTo(StrictMath.log(2) + term, within(1e-12));
            assertThat(figures.get("episodeReturn")).isBetween(10.0, 30.0);
            // CartPole pays 1 a step, and a policy that has learnt nothing falls long before the horizon
            assertThat(figures.get("episodeLength")).isEqualTo(figures.get("episodeReturn"));
            assertThat(figures.get("terminatedShare")).isBetween(0.8, 1.0);
            assertThat(figures.get("trueReturn")).isLessThan(figures.get("episodeReturn"));
            assertThat(figures.get("labels")).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"pbrl", "exact"})
    void whatNeedsTablesIsRefused(String name) {
        Map<String, Object> given = name.equals("pbrl") ? Map.of("sigma", 0.5) : Map.of();
        assertThatThrownBy(() -> Setups.algorithm(name, setup, given))
                .hasMessage(name
                        + " needs a finite problem, with tables, but this one can only be sampled; use first-order,"
                        + " alternating or true-reward");
    }
}
