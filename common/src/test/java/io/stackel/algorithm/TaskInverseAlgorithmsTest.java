package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.BatchRequest;
import io.stackel.families.SmallProblems;
import io.stackel.problem.TaskExperts;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class TaskInverseAlgorithmsTest {

    private static final Setup.LowerRule LOWER = new Setup.LowerRule(false, 1, Setup.LowerStep.ADAM, 0.01, 4, 0, 1e-12);

    private static Setup setup(TaskExperts problem) {
        return Setups.withCritic(problem, LOWER, 1);
    }

    /** At x = 0 and the first policy, which is uniform, experts stay up for longer: the constant must be worth more. */
    @Test
    void featureMatchingFirstPaysForStayingUp() {
        TaskExperts problem = SmallProblems.taskInverse(Map.of("steps", 30L));
        Setup setup = setup(problem);
        Algorithm algorithm = Setups.algorithm("feature-matching", setup, Map.of());
        State state = algorithm.init();
        try (LocalOracle oracle = LocalOracle.single(setup.source())) {
            Evaluation evaluation = Evaluations.of(setup, oracle, 20, 0);
            SortedMap<String, Double> before = evaluation.measure(algorithm, state);
            for (int batch = 0; batch < 2; batch++) {
                BatchRequest request = algorithm.request(state);
                state = algorithm
                        .step(state, oracle.evaluate(request, "a test"))
                        .next();
            }
            double[] x = algorithm.upper(state);
            assertThat(state.iteration()).isEqualTo(1);
            assertThat(x[x.length - 1]).isPositive();
            assertThat(before.get("expertEpisodeReturn")).isEqualTo(30);
            assertThat(before.get("episodeReturn")).isBetween(10.0, 27.0);
            double weights = 0;
            for (double weight : problem.experts().weights(problem.discount())) {
                weights += weight;
            }
            assertThat(before.get("upperObjective")).isCloseTo(weights * StrictMath.log(2), within(1e-12));
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Setup setup = setup(SmallProblems.taskInverse(Map.of("steps", 30L)));
        assertThatThrownBy(() -> Setups.algorithm("exact", setup, Map.of()))
                .hasMessage("exact needs a finite problem, with tables, but this one can only be sampled; use"
                        + " feature-matching");
        assertThatThrownBy(() -> Setups.algorithm(
                        "feature-matching", setup(SmallProblems.taskInverse(Map.of("steps", 31L))), Map.of()))
                .hasMessage("sampling.horizon must be the problem.steps after which experts are cut, 31, but was 30");
    }
}
