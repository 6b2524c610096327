package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.Estimand;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.families.SmallProblems;
import io.stackel.math.Normal;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.SampleOnly;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;

class StatusQuoTest {

    private static final int BATCHES = 60;
    private static final long UNITS = 3000;

    private final FiniteProblem problem = SmallProblems.rewardDesign();
    private final Setup setup = setup(problem);

    private static Setup setup(FiniteProblem problem) {
        Setup.LowerRule rule = new Setup.LowerRule(false, 3, Setup.LowerStep.ADAM, 0.1, 100, 0, 1e-12);
        return Setups.of(new SampleOnly(problem), new TabularSoftmax(problem.states(), problem.actions()), rule, false);
    }

    private static Algorithm algorithm(Setup setup) {
        return Setups.algorithm("first-order", setup, Map.of("sigma", 0.2));
    }

    private static Outcome run(
            Setup setup, Algorithm algorithm, GradientOracle oracle, int batches, Recording recording, int patience) {
        Evaluation sampled = new SampledEvaluation(setup, oracle, UNITS);
        Evaluation evaluation = batches == 0 ? sampled : new StatusQuo(setup, oracle, sampled, batches);
        RunLoop.Plan plan = new RunLoop.Plan(2, OptionalLong.empty(), OptionalDouble.empty(), 1, 1);
        return new RunLoop(
                        algorithm, oracle, evaluation, recording, plan, () -> recording.preparations.size() > patience)
                .run(algorithm.init(), true);
    }

    private static Recording run(Setup setup, Algorithm algorithm, int batches) {
        Recording recording = new Recording();
        try (LocalOracle oracle = LocalOracle.single(setup.source())) {
            assertThat(run(setup, algorithm, oracle, batches, recording, Integer.MAX_VALUE))
                    .isEqualTo(Outcome.COMPLETE);
        }
        return recording;
    }

    /**
     * Within a z value of false-alarm rate 1e-6, of what 30 steps at a discount of 0.8 leave (6e-3, as in the evaluation's
     * test) and of 0.02 for what is left to learn; the follower that tosses coins is ten times as far off.
     */
    @Test
    void itIsTheObjectiveAtTheBestResponseToTheStartingX() {
        SortedMap<String, Double> row =
                run(setup, algorithm(setup), BATCHES).rows.get(0);
        ExactPoint point = new ExactModel(problem, 0).at(new DenseVector(setup.start()));
        PolicyValues best = point.evaluate(point.best(0, 1e-13, new double[0]).logPolicy());
        double error = row.get(StatusQuo.OBJECTIVE_STANDARD_ERROR);
        double bound = -Normal.quantile(1e-6 / 2) * error + 6e-3 + 0.02;
        assertThat(row.get(StatusQuo.OBJECTIVE)).isCloseTo(best.upperObjective(), within(bound));
        assertThat(row.get(StatusQuo.RETURN)).isCloseTo(best.followerValue(), within(0.1));
        assertThat(Math.abs(row.get(Evaluation.UPPER_OBJECTIVE) - best.upperObjective()))
                .as("the first row's own follower has learnt nothing")
                .isGreaterThan(3 * bound);
    }

    @Test
    void onlyTheFirstRowHasItAndItsSamplesAreOfEvaluation() {
        Recording with = run(setup, algorithm(setup), BATCHES);
        assertThat(with.rows).hasSize(3);
        for (SortedMap<String, Double> later : with.rows.subList(1, 3)) {
            assertThat(later.keySet()).noneMatch(key -> key.startsWith("statusQuo"));
            assertThat(later).containsEntry(Evaluation.SAMPLES, 30.0 * UNITS);
        }
        assertThat(with.rows.get(0))
                .containsEntry(Evaluation.SAMPLES, 30.0 * (2 * UNITS + 100 * BATCHES))
                .containsEntry("samples", 0.0);
    }

    @Test
    void trainingAndAllOtherFiguresAreWhatTheyAreWithoutIt() {
        Recording with = run(setup, algorithm(setup), BATCHES);
        Recording without = run(setup, algorithm(setup), 0);
        assertThat(with.states)
                .extracting(StateHash::sha256)
                .isEqualTo(without.states.stream().map(StateHash::sha256).toList());
        with.rows.get(0).keySet().removeIf(key -> key.startsWith("statusQuo"));
        with.rows.get(0).put(Evaluation.SAMPLES, 30.0 * UNITS);
        assertThat(with.rows).isEqualTo(without.rows);
    }

    @Test
    void itLearnsFromDrawsOfItsOwn() {
        List<BatchRequest> requests = new ArrayList<>();
        try (GradientOracle oracle = new Asked(LocalOracle.single(setup.source()), requests)) {
            run(setup, algorithm(setup), oracle, 4, new Recording(), Integer.MAX_VALUE);
        }
        List<Purpose> purposes = requests.stream()
                .map(request -> request.estimands().get(0))
                .map(Estimand::purpose)
                .toList();
        assertThat(purposes.subList(0, 6))
                .containsExactly(
                        Purpose.STATUS_QUO,
                        Purpose.STATUS_QUO,
                        Purpose.STATUS_QUO,
                        Purpose.STATUS_QUO,
                        Purpose.EVALUATION,
                        Purpose.EVALUATION);
        assertThat(purposes.subList(6, purposes.size())).doesNotContain(Purpose.STATUS_QUO);
        assertThat(requests.get(4).iteration())
                .as("on the trajectories of the first row")
                .isZero();
        assertThat(requests.get(5).iteration()).isZero();
    }

    @Test
    void whereXNeverMovesThereIsNone() {
        Recording recording = run(setup, Setups.algorithm("lower", setup, Map.of()), BATCHES);
        assertThat(recording.preparations).isEmpty();
        assertThat(recording.rows.get(0)).doesNotContainKey(StatusQuo.OBJECTIVE);
    }

    @Test
    void aStopBeforeTheFirstRowLeavesNothingAndTheNextStartGivesTheSameRow() {
        Recording stopped = new Recording();
        try (LocalOracle oracle = LocalOracle.single(setup.source())) {
            assertThat(run(setup, algorithm(setup), oracle, BATCHES, stopped, 7))
                    .isEqualTo(Outcome.RUNNING);
        }
        assertThat(stopped.preparations).endsWith("status quo: 3 of 60");
        assertThat(stopped.rows).isEmpty();
        assertThat(stopped.checkpoints).isEmpty();
        Recording again = new Recording();
        try (LocalOracle oracle = new LocalOracle(setup.source(), 2, 5)) {
            run(setup, algorithm(setup), oracle, BATCHES, again, Integer.MAX_VALUE);
        }
        assertThat(again.rows).as("on any engine").isEqualTo(run(setup, algorithm(setup), BATCHES).rows);
    }

    /** Followers that all learn to their own goal: the mean of both contexts is near the exact one. */
    @Test
    void everyContextHasAFollowerThatLearns() {
        FiniteProblem contexts = new Opposed(problem);
        Setup both = setup(contexts);
        Recording recording = run(both, algorithm(both), BATCHES);
        SortedMap<String, Double> row = recording.rows.get(0);
        double exact = 0;
        for (int context = 0; context < 2; context++) {
            ExactPoint point = new ExactModel(contexts, context).at(new DenseVector(both.start()));
            exact += point.evaluate(point.best(0, 1e-13, new double[0]).logPolicy())
                            .upperObjective()
                    / 2;
        }
        double bound = -Normal.quantile(1e-6 / 2) * row.get(StatusQuo.OBJECTIVE_STANDARD_ERROR) + 6e-3 + 0.02;
        assertThat(row.get(StatusQuo.OBJECTIVE)).isCloseTo(exact, within(bound));
        assertThat(recording.preparations).endsWith("status quo: 119 of 120");
        assertThat(row).containsEntry(Evaluation.SAMPLES, 30.0 * (2 * UNITS + 2 * 100 * BATCHES));
    }

    @Test
    void aFollowerThatCannotBeMeasuredEndsTheRunAsDiverged() {
        TrajectoryProblem cliff = new SampleOnly(new Cliff(problem, -10));
        Setup steep = new Setup(cliff, setup.policy(), setup.seed(), setup.upper(), setup.lower(), setup.sampling());
        Recording recording = new Recording();
        try (LocalOracle oracle = LocalOracle.single(steep.source())) {
            assertThatThrownBy(() -> run(steep, algorithm(steep), oracle, 5, recording, Integer.MAX_VALUE))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("units of status quo, batch 1 of 5 were not finite");
        }
        assertThat(recording.checkpoints)
                .extracting(Recording.Checkpoint::outcome)
                .containsExactly(Outcome.DIVERGED);
    }
}
