package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.LossGradient;
import io.stackel.exact.ExactFit;
import io.stackel.exact.FullLoss;
import io.stackel.families.DataFamilies;
import io.stackel.families.SmallProblems;
import io.stackel.math.VectorMath;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.problem.DataProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.QuadraticLower;
import io.stackel.problem.Settings;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The methods for problems with data on small quadratics, whose hypergradient is known. */
class FittedModelsTest {

    private static final DataProblem PROBLEM =
            DataFamilies.of("quadratic", Map.of("trainingRows", 40L, "validationRows", 20L));
    private static final int ALL = 100;

    private static DataSetup setup(DataProblem problem, int units, int innerSteps, double upperStep) {
        return new DataSetup(
                problem,
                17,
                new Setup.UpperRule(
                        new Sgd(), Schedule.CONSTANT, upperStep, OptionalDouble.empty(), Projection.none(), units),
                new Setup.LowerRule(false, innerSteps, Setup.LowerStep.SGD, 0.2, units, 0, 1e-10),
                false);
    }

    private static Algorithm algorithm(String name, DataSetup setup, Map<String, Object> given) {
        SortedMap<String, Object> values = new TreeMap<>();
        for (Parameter parameter : Setups.factory(name).parameters()) {
            parameter.fallback().ifPresent(value -> values.put(parameter.name(), value));
        }
        values.putAll(given);
        return Setups.factory(name).create(setup, new Settings(values));
    }

    private static State run(Algorithm algorithm, DataProblem problem, int steps, int ranges) {
        State state = algorithm.init();
        try (LocalOracle oracle = new LocalOracle(new ChunkEvaluator.Source(problem), 1, ranges)) {
            for (int i = 0; i < steps; i++) {
                BatchRequest request = algorithm.request(state);
                state = algorithm.step(state, oracle.evaluate(request, "test")).next();
            }
        }
        return state;
    }

    private static double relativeBias(double sigma, String sides) {
        int innerSteps = 4000;
        Algorithm algorithm =
                algorithm("first-order", setup(PROBLEM, ALL, innerSteps, 1), Map.of("sigma", sigma, "sides", sides));
        State state = run(algorithm, PROBLEM, innerSteps + 1, 1);
        double[] before = algorithm.init().real("upper");
        double[] exact = new ExactFit((QuadraticLower) PROBLEM, new DenseVector(before))
                .hypergradient()
                .gradient();
        double[] stepped = VectorMath.minus(before, state.real("upper"));
        return VectorMath.norm(VectorMath.minus(stepped, exact)) / VectorMath.norm(exact);
    }

    /** With all rows and a solved lower level only the bias of sigma is left. */
    @Test
    void theBiasIsLinearInSigmaWithOneSideAndQuadraticWithTwo() {
        assertThat(relativeBias(0.002, "one") / relativeBias(0.001, "one")).isBetween(1.9, 2.1);
        assertThat(relativeBias(0.004, "two") / relativeBias(0.002, "two")).isBetween(3.8, 4.2);
        assertThat(relativeBias(0.002, "two")).isLessThan(relativeBias(0.002, "one") / 10);
    }

    static Stream<Arguments> learners() {
        return Stream.of(
                Arguments.of("pbrl", Map.of("penaltyWeight", 1.0), List.of("penalised"), 1e-9),
                Arguments.of("f2sa", Map.of("exponents", "constant"), List.of("plus"), 1e-9),
                Arguments.of("first-order", Map.of("sigma", 0.05, "sides", "one"), List.of("plus"), 1e-9),
                Arguments.of("first-order", Map.of("sigma", 0.02), List.of("minus", "plus"), 1e-5));
    }

    /** With x held fixed. The midpoint of the two-sided models is off by sigma squared, so that its gap goes with sigma^4. */
    @ParameterizedTest
    @MethodSource("learners")
    void theFollowerIsTheModelThatMinimisesTheLowerLossAndTheOthersHaveNames(
            String name, Map<String, Object> given, List<String> others, double bound) {
        Algorithm algorithm = algorithm(name, setup(PROBLEM, ALL, 1, 0), given);
        State state = run(algorithm, PROBLEM, 2000, 1);
        ExactFit fit = new ExactFit((QuadraticLower) PROBLEM, new DenseVector(algorithm.upper(state)));

        assertThat(fit.lowerGap(algorithm.follower(state, 0))).isBetween(-1e-12, bound);
        SortedMap<String, double[]> surrogates = algorithm.surrogates(state, 0);
        assertThat(surrogates.keySet()).containsExactlyElementsOf(others);
        SortedMap<String, Double> figures =
                Setups.exact(setup(PROBLEM, ALL, 1, 0)).measure(algorithm, state);
        assertThat(figures.get(Evaluation.LOWER_GAP)).isBetween(-1e-12, bound);
        surrogates.forEach((other, model) -> {
            assertThat(fit.lowerGap(model)).as(other).isGreaterThan(20 * bound);
            assertThat(figures.get(Evaluation.of(Evaluation.LOWER_GAP, other))).isEqualTo(fit.lowerGap(model));
            assertThat(figures.get(Evaluation.of(Evaluation.UPPER_OBJECTIVE, other)))
                    .isEqualTo(
                            FullLoss.upper(PROBLEM, new DenseVector(algorithm.upper(state)), new DenseVector(model)));
        });
    }

    @Test
    void theWeightOfAPenaltyGrowsLinearlyOverTheRamp() {
        DataMethod method = new DataMethod.ValueGap(8, true, 4);
        double[] weights = {2, 4, 6, 8, 8, 8};
        for (int k = 0; k < weights.length; k++) {
            assertThat(1 / method.sigma(k)).isCloseTo(weights[k], within(1e-14));
        }
        assertThat(1 / new DataMethod.ValueGap(8, true, 0).sigma(0)).isEqualTo(8);
    }

    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of("first-order", Map.of("sigma", 0.1)),
                Arguments.of("first-order", Map.of("sigma", 0.1, "sides", "one", "coupling", "none")),
                Arguments.of("f2sa", Map.of()),
                Arguments.of("f2sa", Map.of("momentum", true)),
                Arguments.of("pbrl", Map.of("penaltyWeight", 5.0, "rampIterations", 10L)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyMethodDescendsAndHasTheSameBitsForAnyCut(String name, Map<String, Object> given) {
        Algorithm algorithm = algorithm(name, setup(PROBLEM, 2, 2, 0.05), given);
        State one = run(algorithm, PROBLEM, 600, 1);
        State four = run(algorithm, PROBLEM, 600, 4);
        assertThat(four).isEqualTo(one);
        Evaluation evaluation = Setups.exact(setup(PROBLEM, 2, 2, 0.05));
        double start = evaluation.measure(algorithm, algorithm.init()).get(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE);
        double end = evaluation.measure(algorithm, one).get(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE);
        assertThat(end).isLessThan(start);
        assertThat(one.samples()).isPositive();
    }

    @Test
    void coupledModelsSeeTheSameRowsAndUncoupledOnesDoNot() {
        for (String coupling : List.of("shared", "none")) {
            Algorithm algorithm =
                    algorithm("first-order", setup(PROBLEM, 3, 1, 0.1), Map.of("sigma", 0.1, "coupling", coupling));
            List<Estimand> estimands = algorithm.request(algorithm.init()).estimands();
            int[] first = ((LossGradient) estimands.get(0)).blocks();
            int[] second = ((LossGradient) estimands.get(1)).blocks();
            assertThat(first).hasSize(3).isSorted();
            if (coupling.equals("shared")) {
                assertThat(second).containsExactly(first);
            } else {
                assertThat(second).isNotEqualTo(first);
            }
        }
    }

    /** A sample is the gradient of one row at one point. */
    @Test
    void oracleCallsAreCountedByLevel() {
        Algorithm algorithm = algorithm("first-order", setup(PROBLEM, 2, 1, 0.1), Map.of("sigma", 0.1, "sides", "one"));
        State state = run(algorithm, PROBLEM, 2, 1);
        // Two blocks of five rows: inner g at w_0 and w_1 and f at w_1; outer g at both and f at w_1.
        assertThat(state.lowerSamples()).isEqualTo(30);
        assertThat(state.upperSamples()).isEqualTo(30);
    }

    /** A running estimate with eta = 0.3. */
    private record Running(double sigma) implements DataMethod {

        @Override
        public double sigma(long iteration) {
            return sigma;
        }

        @Override
        public boolean momentum() {
            return true;
        }

        @Override
        public double renewal(long iteration) {
            return 0.3;
        }
    }

    /** On all rows a running estimate is the gradient itself, whatever eta. */
    @Test
    void momentumChangesNothingWithoutNoise() {
        DataSetup setup = setup(PROBLEM, ALL, 2, 0.05);
        DataMethod plain = new DataMethod.FirstOrder(0.1, false, true);
        State one = run(Methods.onData(setup, plain, new Sgd()), PROBLEM, 30, 1);
        State running = run(Methods.onData(setup, new Running(0.1), new Sgd()), PROBLEM, 30, 1);
        for (int i = 0; i < one.real("upper").length; i++) {
            assertThat(running.real("upper")[i]).isCloseTo(one.real("upper")[i], within(1e-12));
        }
        assertThat(running.samples()).isGreaterThan(one.samples());
    }

    /** With noise it is the quieter gradient: near a fixed point its spread is smaller. */
    @Test
    void momentumQuietensMinibatches() {
        DataSetup setup = setup(PROBLEM, 1, 1, 0.0001);
        DataMethod plain = new DataMethod.FirstOrder(0.1, false, true);
        assertThat(spread(Methods.onData(setup, new Running(0.1), new Sgd())))
                .isLessThan(0.7 * spread(Methods.onData(setup, plain, new Sgd())));
    }

    /** The sum of squared differences of successive models, which stand nearly still. */
    private static double spread(Algorithm algorithm) {
        State state = run(algorithm, PROBLEM, 400, 1);
        double sum = 0;
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(PROBLEM))) {
            for (int i = 0; i < 400; i++) {
                State next = algorithm
                        .step(state, oracle.evaluate(algorithm.request(state), "test"))
                        .next();
                sum += VectorMath.normSquared(VectorMath.minus(next.real("lower.0/0"), state.real("lower.0/0")));
                state = next;
            }
        }
        return sum;
    }

    @Test
    void exactDescentEndsInAStationaryPointWithoutSamples() {
        Algorithm algorithm = algorithm("exact", setup(PROBLEM, 1, 0, 0.5), Map.of());
        State state = algorithm.init();
        for (int i = 0; i < 2000; i++) {
            BatchRequest request = algorithm.request(state);
            assertThat(request.isEmpty()).isTrue();
            state = algorithm.step(state, BatchResult.none(request)).next();
        }
        assertThat(Setups.exact(setup(PROBLEM, 1, 0, 0.5))
                        .measure(algorithm, state)
                        .get(Evaluation.STATIONARITY_GAP))
                .isLessThan(1e-3);
        assertThat(state.samples()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"independent", "hpgd", "zero-order"})
    void algorithmsOfTrajectoriesRefuseDataByName(String name) {
        assertThatThrownBy(() -> algorithm(name, setup(PROBLEM, 1, 1, 1), Map.of()))
                .isInstanceOf(MisfitException.class)
                .hasMessage(name
                        + " needs a problem that samples trajectories, but this one fits a model to data; use"
                        + " first-order, f2sa, pbrl or exact");
    }

    @Test
    void whatDoesNotFitDataIsRefused() {
        DataProblem logistic = DataFamilies.of("hyper-parameters", Map.of("model", "logistic"));
        assertThatThrownBy(() -> algorithm("exact", setup(logistic, 1, 1, 1), Map.of()))
                .hasMessageContaining("exact needs a lower level that is quadratic in w");
        assertThatThrownBy(() -> algorithm("pbrl", setup(PROBLEM, 1, 1, 1), Map.of("sigma", 1.0, "penalty", "bellman")))
                .hasMessageContaining("algorithm.penalty: bellman needs a problem that samples trajectories");
        DataSetup given = setup(PROBLEM, 1, 1, 1);
        for (Setup.LowerRule rule : List.of(Setups.PLANNED, Setups.NATURAL)) {
            DataSetup changed = new DataSetup(PROBLEM, 1, given.upper(), rule, false);
            assertThatThrownBy(() -> algorithm("first-order", changed, Map.of("sigma", 1.0)))
                    .isInstanceOf(MisfitException.class)
                    .hasMessageContaining(
                            rule.planned() ? "lower.solver: planned needs" : "lower.optimizer: natural needs");
        }
    }

    @Test
    void f2saRefusesTrajectories() {
        Setup setup = Setups.of(SmallProblems.rewardDesign(), Setups.NATURAL, false);
        assertThatThrownBy(() -> Setups.algorithm("f2sa", setup, Map.of()))
                .hasMessage("f2sa needs a problem that fits a model to data, but this one samples trajectories; use"
                        + " first-order, pbrl, independent, lower, hpgd, boltzmann, counted, exact,"
                        + " zero-order or cma-es");
        assertThatThrownBy(() -> Setups.algorithm("pbrl", setup, Map.of("sigma", 1.0, "rampIterations", 3L)))
                .hasMessageContaining("algorithm.rampIterations needs a problem that fits a model to data");
    }
}
