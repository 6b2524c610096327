package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.ChunkEvaluator;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Objective;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.families.SmallProblems;
import io.stackel.math.Normal;
import io.stackel.math.VectorMath;
import io.stackel.optim.Projection;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.SampleOnly;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private final FiniteProblem problem = SmallProblems.rewardDesign();
    private final Setup setup = Setups.of(problem, Setups.ADAM, false);
    private final Algorithm algorithm = Setups.algorithm("first-order", setup, Map.of("sigma", 0.2));
    private final State state = algorithm.init();
    private final ExactPoint point = new ExactModel(problem, 0).at(new DenseVector(algorithm.upper(state)));
    private final SoftOptimum best = point.best(0, 1e-13, new double[0]);

    @Test
    void exactFiguresAreThoseOfTheBestResponseAndOfTheFollower() {
        SortedMap<String, Double> figures =
                new ExactEvaluation(problem, setup.policy(), Projection.none()).measure(algorithm, state);
        Objective exact = point.hypergradient(best);
        PolicyValues uniform = point.evaluate(uniformLogs());
        assertThat(figures)
                .containsOnlyKeys(
                        Evaluation.UPPER_OBJECTIVE,
                        Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE,
                        Evaluation.STATIONARITY_GAP,
                        Evaluation.LOWER_GAP);
        assertThat(figures.get(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE)).isCloseTo(exact.value(), within(1e-10));
        assertThat(figures.get(Evaluation.STATIONARITY_GAP))
                .isCloseTo(VectorMath.norm(exact.gradient()), within(1e-10));
        assertThat(figures.get(Evaluation.UPPER_OBJECTIVE)).isCloseTo(uniform.upperObjective(), within(1e-12));
        assertThat(figures.get(Evaluation.LOWER_GAP))
                .isCloseTo(best.valueAt(problem.game(0).start()) - uniform.followerValue(), within(1e-10));
    }

    /** At the lower corner of a box, components that push outwards do not count. */
    @Test
    void theStationarityGapIsThatOfTheProjectedStep() {
        double[] gradient = point.hypergradient(best).gradient();
        double inwards = 0;
        for (double value : gradient) {
            inwards += value < 0 ? value * value : 0;
        }
        SortedMap<String, Double> figures =
                new ExactEvaluation(problem, setup.policy(), Projection.box(0, 100)).measure(algorithm, state);
        assertThat(figures.get(Evaluation.STATIONARITY_GAP)).isCloseTo(Math.sqrt(inwards), within(1e-10));
        assertThat(inwards).isLessThan(VectorMath.normSquared(gradient));
    }

    /** Within a z value of false-alarm rate 1e-6; 30 steps at a discount of 0.8 leave 0.8^30 = 1.2e-3 of a value of at most 5. */
    @Test
    void sampledFiguresEstimateTheExactOnesAndAreCountedApart() {
        SampleOnly sampled = new SampleOnly(problem);
        Setup other = Setups.of(sampled, new TabularSoftmax(5, 3), Setups.ADAM, false);
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(sampled, other.policy()))) {
            SortedMap<String, Double> figures = new SampledEvaluation(other, oracle, 3000).measure(algorithm, state);
            PolicyValues uniform = point.evaluate(uniformLogs());
            double error = figures.get("upperObjectiveStandardError");
            assertThat(figures.get(Evaluation.UPPER_OBJECTIVE))
                    .isCloseTo(uniform.upperObjective(), within(-Normal.quantile(1e-6 / 2) * error + 6e-3));
            assertThat(error).isBetween(1e-4, 0.05);
            assertThat(figures.get("lowerReturn")).isCloseTo(uniform.followerValue(), within(0.1));
            assertThat(figures).containsEntry("evaluationSamples", 3000.0 * 30);
        }
        assertThat(state.samples()).isZero();
    }

    @Test
    void evaluationsDoNotMoveTrainingDraws() {
        Recording often = run(1);
        Recording never = run(1000);
        assertThat(often.measurements).isEqualTo(never.measurements);
        assertThat(often.rows).hasSize(4);
        assertThat(never.rows).hasSize(1);
    }

    private Recording run(long evaluateEvery) {
        SampleOnly sampled = new SampleOnly(problem);
        Setup other = Setups.of(sampled, Setups.ADAM, false);
        Recording recording = new Recording();
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(sampled, other.policy()))) {
            RunLoop.Plan plan = new RunLoop.Plan(3, OptionalLong.empty(), OptionalDouble.empty(), evaluateEvery, 100);
            Algorithm one = Setups.algorithm("first-order", other, Map.of("sigma", 0.2));
            new RunLoop(one, oracle, new SampledEvaluation(other, oracle, 10), recording, plan, () -> false)
                    .run(one.init(), true);
        }
        return recording;
    }

    private static double[] uniformLogs() {
        double[] logs = new double[15];
        Arrays.fill(logs, -StrictMath.log(3));
        return logs;
    }
}
