package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.ActorCriticStep;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.Returns;
import io.stackel.families.SmallProblems;
import io.stackel.math.VectorMath;
import io.stackel.optim.Adam;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.policy.LinearSoftmax;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActorCriticLowerTest {

    private static final int UNITS = 12;

    private final TrajectoryProblem problem = SmallProblems.rewardShaping("cart-pole", 0.97, 0.02);

    private Setup setup(int epochs, int minibatches) {
        return setup(epochs, minibatches, true, Schedule.CONSTANT);
    }

    private Setup setup(int epochs, int minibatches, boolean shared, Schedule schedule) {
        ValueNetwork values = ValueNetwork.of(problem.observationSize(), List.of(8), 30, 2);
        return new Setup(
                problem,
                new LinearSoftmax(problem.observationSize(), 2),
                4,
                new Setup.UpperRule(new Sgd(), Schedule.CONSTANT, 0.1, OptionalDouble.empty(), Projection.none(), 4),
                new Setup.LowerRule(false, 2, Setup.LowerStep.ADAM, 0.02, UNITS, 0, 1e-9),
                new Setup.SamplingRule(60, 5, true, 0.9, false),
                Optional.of(new Setup.CriticRule(values, 0.01, epochs, minibatches, 0.2, shared, schedule)));
    }

    private static State run(Setup setup, Algorithm algorithm, State from, int batches) {
        State state = from;
        try (LocalOracle oracle = LocalOracle.single(setup.source())) {
            for (int i = 0; i < batches; i++) {
                BatchRequest request = algorithm.request(state);
                BatchResult result = request.isEmpty() ? BatchResult.none(request) : oracle.evaluate(request, "batch");
                state = algorithm.step(state, result).next();
            }
        }
        return state;
    }

    @Test
    void aMachineMadeAnewContinuesInTheMiddleOfABatch() {
        Setup setup = setup(3, 2);
        Algorithm algorithm = Setups.algorithm("first-order", setup, Map.of("sigma", 0.1));
        State through = run(setup, algorithm, algorithm.init(), 17);
        State half = run(setup, algorithm, algorithm.init(), 9);
        State resumed = run(setup(3, 2), Setups.algorithm("first-order", setup, Map.of("sigma", 0.1)), half, 8);
        assertThat(resumed).isEqualTo(through);
    }

    @Test
    void passesOfABatchAskForTheSameTrajectoriesOfTheSamePolicies() {
        Setup setup = setup(3, 2);
        Algorithm algorithm = Setups.algorithm("first-order", setup, Map.of("sigma", 0.1));
        State state = run(setup, algorithm, algorithm.init(), 6);
        BatchRequest first = algorithm.request(state);
        BatchRequest fifth = algorithm.request(run(setup, algorithm, state, 4));
        assertThat(fifth.innerStep()).isEqualTo(first.innerStep()).isEqualTo(6);
        for (int frozen = 3; frozen < 6; frozen++) {
            assertThat(fifth.followers().get(frozen).parameters())
                    .containsExactly(first.followers().get(frozen).parameters());
            assertThat(fifth.followers().get(frozen).value())
                    .containsExactly(first.followers().get(frozen).value());
        }
        assertThat(fifth.followers().get(0).parameters())
                .isNotEqualTo(first.followers().get(0).parameters());
        assertThat(fifth.estimands())
                .as("the best response learns from what the other two play")
                .extracting(Estimand::stream)
                .containsExactly(0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theBestResponseOfATwoSidedRunLeavesTheOthersAsTheyAre(boolean shared) {
        Setup setup = setup(3, 2, shared, Schedule.CONSTANT);
        Algorithm algorithm = Setups.algorithm("first-order", setup, Map.of("sigma", 0.1));
        Frame frame = new Frame(setup);
        Method method =
                Methods.firstOrder(0.1, true, Coupling.SHARED, setup.upper().units());
        LowerSolver two =
                new ActorCriticLower(frame, method.targets(), setup.critic().orElseThrow(), new Adam(), step -> step);
        State without = run(setup, new TwoLevel(frame, method, two), new TwoLevel(frame, method, two).init(), 20);

        State state = run(setup, algorithm, algorithm.init(), 20);

        without.tensors()
                .forEach((name, tensor) ->
                        assertThat(state.tensors().get(name)).as(name).isEqualTo(tensor));
        assertThat(algorithm.follower(state, 0)).isSameAs(state.real("lower.2/0"));
        assertThat(algorithm.surrogates(state, 0).get("plus")).isSameAs(state.real("lower.1/0"));
        ActorCriticStep third =
                (ActorCriticStep) algorithm.request(state).estimands().get(2);
        assertThat(third.own()).isEqualTo(5);
        assertThat(List.of(third.stream(), third.first(), third.second()))
                .isEqualTo(shared ? List.of(0, 3, 4) : List.of(2, 5, 5));
        if (shared) {
            assertThat(state.lowerSamples()).isEqualTo(without.lowerSamples());
        } else {
            assertThat(state.lowerSamples()).isGreaterThan(without.lowerSamples());
        }
        assertThat(state.upperSamples()).isEqualTo(without.upperSamples());
    }

    @Test
    void theStatusQuoIsLearntByAllPassesFromDrawsOfItsOwn() {
        Setup setup = setup(3, 2);
        Algorithm algorithm = Setups.algorithm("first-order", setup, Map.of("sigma", 0.1));
        List<BatchRequest> requests = new ArrayList<>();
        try (GradientOracle oracle = new Asked(LocalOracle.single(setup.source()), requests)) {
            SortedMap<String, Double> figures = new StatusQuo(
                            setup, oracle, new SampledEvaluation(setup, oracle, 40), 3)
                    .first(algorithm, algorithm.init(), (work, done, total) -> true)
                    .orElseThrow();
            assertThat(figures).containsKeys(StatusQuo.OBJECTIVE, StatusQuo.OBJECTIVE_STANDARD_ERROR, StatusQuo.RETURN);
            assertThat(figures.get(StatusQuo.OBJECTIVE)).isNotEqualTo(figures.get(Evaluation.UPPER_OBJECTIVE));
        }
        int passes = 3 * 6;
        assertThat(requests).hasSize(passes + 2);
        assertThat(requests.subList(0, passes))
                .flatExtracting(BatchRequest::estimands)
                .extracting(Estimand::purpose)
                .containsOnly(Purpose.STATUS_QUO);
        assertThat(requests.subList(passes, passes + 2))
                .flatExtracting(BatchRequest::estimands)
                .extracting(Estimand::purpose)
                .containsOnly(Purpose.EVALUATION);
    }

    /** Adam's first step is the step size in every parameter: 0.02 of the policy and 0.01 of the values, over sqrt(k + 1). */
    @Test
    void stepsOfPoliciesAndValuesFollowTheSchedule() {
        Setup setup = setup(1, 1, true, Schedule.INVERSE_SQRT);
        Algorithm algorithm = Setups.algorithm("first-order", setup, Map.of("sigma", 0.1));
        State start = algorithm.init();
        for (long iteration : new long[] {0, 3, 8}) {
            State before = new State(0, iteration, 0, 0, 0, start.tensors());
            State after = run(setup, algorithm, before, 1);
            double shrunk = 1 / Math.sqrt((double) (iteration + 1));
            for (int follower = 0; follower < 2; follower++) {
                assertThat(largestStep("lower." + follower + "/0", before, after))
                        .isCloseTo(0.02 * shrunk, within(1e-5));
                assertThat(largestStep("values." + follower + "/0", before, after))
                        .isCloseTo(0.01 * shrunk, within(1e-5));
            }
        }
    }

    private static double largestStep(String name, State before, State after) {
        return VectorMath.maxAbs(VectorMath.minus(after.real(name), before.real(name)));
    }

    @Test
    void aSampleCountsOnceHoweverOftenItIsPlayed() {
        Setup setup = setup(3, 2);
        Algorithm algorithm = Setups.algorithm("lower", setup, Map.of());
        State first = run(setup, algorithm, algorithm.init(), 2);
        State all = run(setup, algorithm, first, 4);
        assertThat(first.lowerSamples()).isPositive();
        assertThat(all.lowerSamples()).isEqualTo(first.lowerSamples());
        assertThat(run(setup, algorithm, all, 1).lowerSamples()).isGreaterThan(all.lowerSamples());
    }

    @Test
    void theLowerLevelAloneLearnsAndLeavesTheUpperVariable() {
        Setup setup = setup(4, 2);
        Algorithm algorithm = Setups.algorithm("lower", setup, Map.of());
        State start = algorithm.init();
        State end = run(setup, algorithm, start, 17 * 15);
        assertThat(end.iteration()).isEqualTo(15);
        assertThat(algorithm.upper(end)).containsExactly(algorithm.upper(start));
        assertThat(balanced(setup, algorithm, end)).isGreaterThan(1.5 * balanced(setup, algorithm, start));
    }

    private static double balanced(Setup setup, Algorithm algorithm, State state) {
        BatchRequest request = new BatchRequest(
                9,
                0,
                0,
                0,
                60,
                10,
                BatchRequest.ALL_RESIDUALS,
                false,
                List.of(algorithm.upper(state)),
                List.of(Follower.plain(algorithm.follower(state, 0))),
                List.of(new Returns(Purpose.EVALUATION, 0, 100, 0, 0)));
        try (LocalOracle oracle = LocalOracle.single(setup.source())) {
            return oracle.evaluate(request, "evaluation").estimate(0).upperTotal();
        }
    }
}
