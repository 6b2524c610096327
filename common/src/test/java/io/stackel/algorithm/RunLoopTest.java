package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.families.SmallProblems;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.SampleOnly;
import io.stackel.problem.TrajectoryProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunLoopTest {

    private static boolean never() {
        return false;
    }

    private final FiniteProblem problem = SmallProblems.rewardDesign();
    private final Setup planned = Setups.of(problem, Setups.PLANNED, false);
    private final Setup sampled = Setups.of(problem, Setups.NATURAL, false);

    @Test
    void rowsStandAtTheStatedIterationsFromTheInitialStateOn() {
        Recording recording = run(planned, plan(7, 3, 100));
        assertThat(recording.column("iteration")).containsExactly(0L, 3L, 6L);
        assertThat(recording.rows.get(0)).doesNotContainKey("gradientNorm");
        assertThat(recording.rows.get(1))
                .containsKeys(
                        "gradientNorm",
                        "gradientStandardError",
                        "saturation",
                        "upperReturn",
                        Evaluation.UPPER_OBJECTIVE,
                        Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE,
                        Evaluation.STATIONARITY_GAP,
                        Evaluation.LOWER_GAP);
        assertThat(recording.rows.get(1)).containsEntry("step", 3.0);
    }

    @Test
    void samplesInRowsAreThoseOfTheState() {
        Recording recording = run(sampled, plan(2, 1, 100));
        SortedMap<String, Double> row = recording.rows.get(2);
        State last = recording.last();
        assertThat(row.get("lowerSamples"))
                .isEqualTo((double) last.lowerSamples())
                .isPositive();
        assertThat(row.get("upperSamples"))
                .isEqualTo((double) last.upperSamples())
                .isPositive();
        assertThat(row.get("samples")).isEqualTo((double) last.samples());
        assertThat(row.get("step")).isEqualTo(6);
    }

    @Test
    void checkpointsStandAtTheStartAtStatedIterationsAndAtTheEnd() {
        Recording recording = run(sampled, plan(7, 100, 3));
        assertThat(recording.checkpoints)
                .extracting(one -> one.state().iteration())
                .containsExactly(0L, 3L, 6L, 7L);
        assertThat(recording.checkpoints)
                .extracting(Recording.Checkpoint::outcome)
                .containsExactly(Outcome.RUNNING, Outcome.RUNNING, Outcome.RUNNING, Outcome.COMPLETE);
        assertThat(recording.checkpoints).extracting(one -> one.state().phase()).containsOnly(0);
    }

    @Test
    void theLastIterationIsCommittedOnce() {
        Recording recording = run(planned, plan(6, 100, 3));
        assertThat(recording.checkpoints)
                .extracting(one -> one.state().iteration())
                .containsExactly(0L, 3L, 6L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 5})
    void aStopIsCommittedBetweenAnyTwoBatches(int batches) {
        Recording recording = new Recording();
        Outcome outcome = run(sampled, plan(3, 1, 100), recording, () -> recording.states.size() >= batches);
        assertThat(outcome).isEqualTo(Outcome.RUNNING);
        assertThat(recording.last().step()).isEqualTo(batches);
        assertThat(recording.last().phase()).isEqualTo(batches % 3);
        assertThat(recording.checkpoints)
                .as("a state that is committed already is not committed again")
                .hasSize(batches == 0 ? 1 : 2);
    }

    @Test
    void anExtendedRunIsTheLongerRun() {
        Recording whole = run(planned, plan(6, 2, 100));
        Recording parts = run(planned, plan(3, 2, 100));
        State end = parts.last();
        try (LocalOracle oracle = oracle(planned)) {
            loop(planned, plan(6, 2, 100), oracle, parts, RunLoopTest::never).run(end, false);
        }
        assertThat(parts.rows).isEqualTo(whole.rows);
        assertThat(StateHash.sha256(parts.last())).isEqualTo(StateHash.sha256(whole.last()));
    }

    @Test
    void aRunIsCompleteWhenItsSamplesAreSpent() {
        long oneIteration = run(sampled, plan(1, 1, 100)).last().samples();
        RunLoop.Plan plan = new RunLoop.Plan(100, OptionalLong.of(2 * oneIteration), OptionalDouble.empty(), 1, 100);
        State last = run(sampled, plan).last();
        assertThat(last.samples()).isEqualTo(2 * oneIteration);
        assertThat(last.phase()).isZero();
        assertThat(RunLoop.isComplete(last, plan)).isTrue();
    }

    @Test
    void aRunIsCompleteAtTheStationarityGapThatAnEvaluationFinds() {
        RunLoop.Plan plan = new RunLoop.Plan(100_000, OptionalLong.empty(), OptionalDouble.of(1e-3), 5, 100_000);
        Recording recording = new Recording();
        Setup setup = withSteps(problem, 0.5);
        Algorithm exact = Setups.algorithm("exact", setup, Map.of());
        Evaluation evaluation = Setups.exact(setup);
        try (LocalOracle oracle = oracle(setup)) {
            Outcome outcome =
                    new RunLoop(exact, oracle, evaluation, recording, plan, RunLoopTest::never).run(exact.init(), true);
            assertThat(outcome).isEqualTo(Outcome.COMPLETE);
        }
        int rows = recording.rows.size();
        assertThat(recording.rows.get(rows - 1).get(Evaluation.STATIONARITY_GAP))
                .isLessThanOrEqualTo(1e-3);
        assertThat(recording.rows.get(rows - 2).get(Evaluation.STATIONARITY_GAP))
                .isGreaterThan(1e-3);
        assertThat(recording.last().iteration()).isEqualTo(5L * (rows - 1));
    }

    @Test
    void everyBatchIsListedUnderItsStepIterationAndPhase() {
        List<String> listed = new ArrayList<>();
        try (GradientOracle oracle = new Listing(oracle(sampled), listed)) {
            loop(sampled, plan(2, 10, 10), oracle, new Recording(), RunLoopTest::never)
                    .run(algorithm(sampled).init(), true);
        }
        assertThat(listed)
                .containsExactly(
                        "step 0, iteration 0, phase 0",
                        "step 1, iteration 0, phase 1",
                        "step 2, iteration 0, phase 2",
                        "step 3, iteration 1, phase 0",
                        "step 4, iteration 1, phase 1",
                        "step 5, iteration 1, phase 2");
    }

    @Test
    void sumsThatAreNotFiniteNeverBecomeAStep() {
        Setup setup = Setups.of(new SampleOnly(new Cliff(problem, 0.5)), Setups.ADAM, false);
        Recording recording = new Recording();
        assertThatThrownBy(() -> run(setup, plan(100, 1, 1000), recording, RunLoopTest::never))
                .isInstanceOf(DivergedException.class)
                .hasMessageMatching("60 units of step \\d+, iteration \\d+, phase 0 were not finite; lower the step"
                        + " sizes, or look at the rewards of the problem");
        requireLastGoodState(recording);
    }

    @Test
    void tablesThatCannotBePlannedOnEndTheRunAsDiverged() {
        Setup setup = Setups.of(new Cliff(problem, 0.5), Setups.PLANNED, false);
        Recording recording = new Recording();
        assertThatThrownBy(() -> run(setup, plan(100, 1, 1000), recording, RunLoopTest::never))
                .isInstanceOf(DivergedException.class)
                .hasMessageMatching(
                        ".* must be finite, .* at step \\d, iteration \\d, phase 0; lower the step sizes,.*")
                .hasCauseInstanceOf(ArithmeticException.class);
        requireLastGoodState(recording);
    }

    @Test
    void figuresThatCannotBeMeasuredEndTheRunAsDiverged() {
        Setup setup = Setups.of(new Cliff(problem, 0.5), Setups.ADAM, false);
        Recording recording = new Recording();
        assertThatThrownBy(() -> run(setup, plan(100, 1, 1000), recording, RunLoopTest::never))
                .isInstanceOf(DivergedException.class)
                .hasMessageMatching(".* must be finite, .* at step \\d+, iteration \\d, phase 0; lower .*");
        requireLastGoodState(recording);
    }

    @Test
    void anUpperVariableThatOverflowsEndsTheRunAsDiverged() {
        Setup setup = withSteps(problem, 1e300);
        Recording recording = new Recording();
        assertThatThrownBy(() -> run(setup, plan(100, 1000, 1000), recording, RunLoopTest::never))
                .isInstanceOf(DivergedException.class);
        requireLastGoodState(recording);
    }

    private static void requireLastGoodState(Recording recording) {
        Recording.Checkpoint last = recording.checkpoints.get(recording.checkpoints.size() - 1);
        assertThat(last.outcome()).isEqualTo(Outcome.DIVERGED);
        List<State> states = recording.states;
        assertThat(last.state()).isSameAs(states.get(states.size() - 1));
        assertThat(Arrays.stream(last.state().real("upper")).allMatch(Double::isFinite))
                .isTrue();
    }

    /** Plain steps without bounds. */
    private static Setup withSteps(TrajectoryProblem problem, double stepSize) {
        Setup setup = Setups.of(problem, Setups.PLANNED, false);
        Setup.UpperRule upper = new Setup.UpperRule(
                new Sgd(), Schedule.CONSTANT, stepSize, OptionalDouble.empty(), Projection.none(), 20);
        return new Setup(problem, setup.policy(), setup.seed(), upper, setup.lower(), setup.sampling());
    }

    private static RunLoop.Plan plan(long iterations, long evaluateEvery, long checkpointEvery) {
        return new RunLoop.Plan(
                iterations, OptionalLong.empty(), OptionalDouble.empty(), evaluateEvery, checkpointEvery);
    }

    private static Recording run(Setup setup, RunLoop.Plan plan) {
        Recording recording = new Recording();
        assertThat(run(setup, plan, recording, RunLoopTest::never)).isEqualTo(Outcome.COMPLETE);
        return recording;
    }

    private static Outcome run(Setup setup, RunLoop.Plan plan, Recording recording, BooleanSupplier stop) {
        try (LocalOracle oracle = oracle(setup)) {
            return loop(setup, plan, oracle, recording, stop)
                    .run(algorithm(setup).init(), true);
        }
    }

    /** Notes under what each batch is listed. */
    private record Listing(GradientOracle engine, List<String> listed) implements GradientOracle {

        @Override
        public BatchResult evaluate(BatchRequest request, String description) {
            listed.add(description);
            return engine.evaluate(request, description);
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    private static RunLoop loop(
            Setup setup, RunLoop.Plan plan, GradientOracle oracle, Recording recording, BooleanSupplier stop) {
        Evaluation evaluation = setup.problem().as(FiniteProblem.class).isPresent()
                ? Setups.exact(setup)
                : (algorithm, state) -> new TreeMap<>();
        return new RunLoop(algorithm(setup), oracle, evaluation, recording, plan, stop);
    }

    private static Algorithm algorithm(Setup setup) {
        return Setups.algorithm("first-order", setup, Map.of("sigma", 0.2));
    }

    private static LocalOracle oracle(Setup setup) {
        return LocalOracle.single(new ChunkEvaluator.Source(setup.problem(), setup.policy()));
    }
}
