package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.ExperimentConfiguration;
import io.stackel.math.Tensor;
import io.stackel.problem.FiniteProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;

class SolutionTest {

    private static Experiment experiment(String problem) {
        return experiment(problem, "{name: exact}");
    }

    private static Experiment experiment(String problem, String algorithm) {
        String text = """
                format: 1
                name: solution
                problem: %s
                policy: {name: tabular-softmax}
                algorithm: %s
                lower: {solver: planned}
                sampling: {horizon: 20}
                """.formatted(problem, algorithm);
        Catalogue catalogue = Catalogue.load(SolutionTest.class.getClassLoader());
        ExperimentConfiguration configuration = new ConfigurationDecoder(catalogue.vocabulary())
                .decode("test", text.getBytes(StandardCharsets.UTF_8), List.of());
        return Experiment.of(configuration, catalogue, Optional.empty());
    }

    private static double[] real(SortedMap<String, Tensor> arrays, String name) {
        return ((Tensor.Real) arrays.get(name)).values();
    }

    @Test
    void upperValueAtTheStartIsTheObjectiveThatTheEvaluationMeasures() {
        Experiment experiment = experiment("{name: stackelberg, states: 6, leaderActions: 3, followerActions: 2}");
        Algorithm algorithm = experiment.algorithm();
        State state = algorithm.init();

        SortedMap<String, Tensor> arrays =
                Solution.of(experiment.setup(), experiment.algorithm(), state).arrays();

        assertThat(arrays.keySet()).containsExactly("leaderPolicy", "parameters", "policy", "upperValue", "value", "x");
        assertThat(arrays.get("leaderPolicy").shape()).containsExactly(6, 3);
        assertThat(arrays.get("policy").shape()).containsExactly(6, 2);
        FiniteProblem problem = (FiniteProblem) experiment.setup().problem();
        double[] start = problem.game(0).start();
        double objective = problem.upperTerm(new DenseVector(real(arrays, "x")));
        for (int s = 0; s < start.length; s++) {
            objective -= start[s] * real(arrays, "upperValue")[s];
        }
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            double measured =
                    experiment.evaluation(oracle).measure(algorithm, state).get(Evaluation.UPPER_OBJECTIVE);
            assertThat(objective).isCloseTo(measured, within(1e-12));
        }
    }

    @Test
    void perturbedPoliciesAreNamedBesideTheBestResponse() {
        Experiment experiment =
                experiment("{name: four-rooms, goals: two, entropyWeight: 0.05}", "{name: first-order, sigma: 0.5}");
        Algorithm algorithm = experiment.algorithm();
        State state = algorithm.init();

        SortedMap<String, Tensor> arrays =
                Solution.of(experiment.setup(), experiment.algorithm(), state).arrays();

        assertThat(arrays.keySet())
                .containsExactly(
                        "parameters", "parametersMinus", "parametersPlus", "policy", "upperValue", "value", "x");
        assertThat(arrays.get("parametersPlus").shape()).containsExactly(2, 104 * 4);
        for (String name : List.of("parametersMinus", "parametersPlus")) {
            assertThat(real(arrays, name)).isNotEqualTo(real(arrays, "parameters"));
        }
        double[] policy = real(arrays, "policy");
        double[] logs = real(arrays, "parameters");
        for (int i = 0; i < logs.length; i++) {
            assertThat(policy[i]).isCloseTo(StrictMath.exp(logs[i]), within(1e-12));
        }
    }

    @Test
    void theModelOfAPenaltyIsNamedBesideTheOneThatMinimisesTheLowerLoss() {
        String text = """
                format: 1
                name: solution
                problem: {name: hyper-parameters, model: ridge, trainingRows: 8, validationRows: 8, features: 3, rowsPerBlock: 4}
                algorithm: {name: pbrl, penaltyWeight: 1}
                lower: {solver: sampled, optimizer: sgd}
                """;
        Catalogue catalogue = Catalogue.load(SolutionTest.class.getClassLoader());
        ExperimentConfiguration configuration = new ConfigurationDecoder(catalogue.vocabulary())
                .decode("test", text.getBytes(StandardCharsets.UTF_8), List.of());
        Experiment experiment = Experiment.of(configuration, catalogue, Optional.empty());
        State state = experiment.algorithm().init();
        assertThat(Solution.of(experiment.setup(), experiment.algorithm(), state)
                        .arrays()
                        .keySet())
                .containsExactly("parameters", "parametersPenalised", "x");
    }

    @Test
    void playersOfAZeroSumGameHaveAPolicyEach() {
        Experiment experiment = experiment("{name: zero-sum-incentive, states: 3, firstActions: 2, secondActions: 4}");
        Algorithm algorithm = experiment.algorithm();
        State state = algorithm.init();

        SortedMap<String, Tensor> arrays =
                Solution.of(experiment.setup(), experiment.algorithm(), state).arrays();

        assertThat(arrays.keySet()).containsExactly("parameters", "policy1", "policy2", "upperValue", "value", "x");
        assertThat(arrays.get("parameters").shape()).containsExactly(3 * (2 + 4));
        assertThat(arrays.get("policy1").shape()).containsExactly(3, 2);
        assertThat(arrays.get("policy2").shape()).containsExactly(3, 4);
        double total = 0;
        for (double probability : real(arrays, "policy2")) {
            total += probability;
        }
        assertThat(total).isCloseTo(3, within(1e-12));
        double objective = 0;
        double[] start = ((FiniteProblem) experiment.setup().problem()).game(0).start();
        for (int s = 0; s < start.length; s++) {
            objective -= start[s] * real(arrays, "upperValue")[s];
        }
        try (LocalOracle oracle = LocalOracle.single(experiment.source())) {
            double measured =
                    experiment.evaluation(oracle).measure(algorithm, state).get(Evaluation.UPPER_OBJECTIVE);
            assertThat(objective).as("x is zero and costs nothing").isCloseTo(measured, within(1e-12));
        }
    }

    @Test
    void contextsAreTheFirstAxis() {
        Experiment experiment = experiment("{name: four-rooms, goals: two}");

        SortedMap<String, Tensor> arrays = Solution.of(
                        experiment.setup(),
                        experiment.algorithm(),
                        experiment.algorithm().init())
                .arrays();

        assertThat(arrays.keySet()).containsExactly("parameters", "policy", "upperValue", "value", "x");
        assertThat(arrays.get("x").shape()).containsExactly(105);
        assertThat(arrays.get("policy").shape()).containsExactly(2, 104, 4);
        assertThat(arrays.get("value").shape()).containsExactly(2, 104);
        double[] values = real(arrays, "value");
        assertThat(values[0]).isNotEqualTo(values[104]);
    }
}
