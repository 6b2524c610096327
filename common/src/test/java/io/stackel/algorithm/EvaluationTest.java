package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Objective;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.families.SmallProblems;
import io.stackel.math.Normal;
import io.stackel.math.Tensor;
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
        SortedMap<String, Double> figures = exact(setup, Projection.none()).measure(algorithm, state);
        Objective exact = point.hypergradient(best);
        PolicyValues uniform = point.evaluate(uniformLogs());
        assertThat(figures)
                .containsOnlyKeys(
                        Evaluation.UPPER_OBJECTIVE,
                        Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE,
                        Evaluation.STATIONARITY_GAP,
                        Evaluation.LOWER_GAP,
                        "upperObjectiveMinus",
                        "lowerGapMinus",
                        "upperObjectivePlus",
                        "lowerGapPlus");
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
        SortedMap<String, Double> figures = exact(setup, Projection.box(0, 100)).measure(algorithm, state);
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
    void exactFiguresAreMeansOverTheContexts() {
        FiniteProblem contexts = new Opposed(problem);
        Setup both = Setups.of(contexts, Setups.ADAM, false);
        Algorithm one = Setups.algorithm("pbrl", both, Map.of("sigma", 0.5, "policyOptimizer", "sgd"));
        State start = one.init();
        double[] theta = new double[15];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = i % 4;
        }
        State moved = start.with(Map.of("lower.0/1", Tensor.of(theta), "policy/0", Tensor.of(theta)));
        ExactPoint first = new ExactModel(contexts, 0).at(new DenseVector(one.upper(start)));
        ExactPoint second = new ExactModel(contexts, 1).at(new DenseVector(one.upper(start)));
        double[] logs = PolicyTable.logProbabilities(contexts, both.policy(), theta);
        double objective = (first.evaluate(uniformLogs()).upperObjective()
                        + second.evaluate(logs).upperObjective())
                / 2;
        double gap = (gap(first, uniformLogs()) + gap(second, logs)) / 2;
        double penalised = (gap(first, logs) + gap(second, uniformLogs())) / 2;
        Objective firstBest = first.hypergradient(first.best(0, 1e-13, new double[0]));
        Objective secondBest = second.hypergradient(second.best(0, 1e-13, new double[0]));
        double[] gradient = VectorMath.scaled(0.5, firstBest.gradient());
        VectorMath.addScaled(0.5, secondBest.gradient(), gradient);

        SortedMap<String, Double> figures = exact(both, Projection.none()).measure(one, moved);
        assertThat(figures.get(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE))
                .isCloseTo((firstBest.value() + secondBest.value()) / 2, within(1e-10));
        assertThat(figures.get(Evaluation.STATIONARITY_GAP)).isCloseTo(VectorMath.norm(gradient), within(1e-10));
        assertThat(VectorMath.norm(gradient))
                .isNotCloseTo(VectorMath.norm(firstBest.gradient()), within(1e-3))
                .isNotCloseTo(VectorMath.norm(secondBest.gradient()), within(1e-3));
        assertThat(figures.get(Evaluation.UPPER_OBJECTIVE)).isCloseTo(objective, within(1e-12));
        assertThat(figures.get(Evaluation.LOWER_GAP)).isCloseTo(gap, within(1e-10));
        assertThat(figures.get("lowerGapPenalised")).isCloseTo(penalised, within(1e-10));
        assertThat(gap(first, logs)).isNotCloseTo(gap(second, uniformLogs()), within(1e-3));
    }

    private static double gap(ExactPoint point, double[] logs) {
        return point.lowerGap(point.evaluate(logs), point.best(0, 1e-13, new double[0]));
    }

    /** As above; an odd number of trajectories, of which the second context has one more. */
    @Test
    void sampledFiguresAreMeansOverTheContexts() {
        FiniteProblem contexts = new Opposed(problem);
        SampleOnly sampled = new SampleOnly(contexts);
        Setup both = Setups.of(sampled, new TabularSoftmax(5, 3), Setups.ADAM, false);
        Algorithm one = Setups.algorithm("independent", both, Map.of());
        double[] theta = new double[15];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = i % 4;
        }
        State moved = one.init().with(Map.of("lower.0/1", Tensor.of(theta)));
        DenseVector x = new DenseVector(one.upper(moved));
        PolicyValues first = new ExactModel(contexts, 0).at(x).evaluate(uniformLogs());
        PolicyValues second = new ExactModel(contexts, 1)
                .at(x)
                .evaluate(PolicyTable.logProbabilities(contexts, both.policy(), theta));
        try (LocalOracle oracle = LocalOracle.single(both.source())) {
            SortedMap<String, Double> figures = new SampledEvaluation(both, oracle, 6001).measure(one, moved);
            double error = figures.get("upperObjectiveStandardError");
            assertThat(figures.get(Evaluation.UPPER_OBJECTIVE))
                    .isCloseTo(
                            (first.upperObjective() + second.upperObjective()) / 2,
                            within(-Normal.quantile(1e-6 / 2) * error + 6e-3));
            assertThat(first.upperObjective())
                    .isNotCloseTo(second.upperObjective(), within(-4 * Normal.quantile(1e-6 / 2) * error + 0.05));
            assertThat(figures.get("lowerReturn"))
                    .isCloseTo((first.followerValue() + second.followerValue()) / 2, within(0.1));
            assertThat(figures).containsEntry("evaluationSamples", 6001.0 * 30);
        }
    }

    /** The spread of 400 measurements, each with the draws of its own iteration, against what each says of itself. */
    @Test
    void theStandardErrorIsThatOfTheMeanOverTheContexts() {
        Setup both = Setups.of(new SampleOnly(new Opposed(problem)), new TabularSoftmax(5, 3), Setups.ADAM, false);
        Algorithm one = Setups.algorithm("independent", both, Map.of());
        double[] objectives = new double[400];
        double claimed = 0;
        try (LocalOracle oracle = LocalOracle.single(both.source())) {
            for (int i = 0; i < objectives.length; i++) {
                State start = one.init();
                State at = new State(0, i, 0, 0, 0, start.tensors());
                SortedMap<String, Double> figures = new SampledEvaluation(both, oracle, 40).measure(one, at);
                objectives[i] = figures.get(Evaluation.UPPER_OBJECTIVE);
                claimed += figures.get("upperObjectiveStandardError") / objectives.length;
            }
        }
        double mean = Arrays.stream(objectives).sum() / objectives.length;
        double spread = Math.sqrt(Arrays.stream(objectives)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (objectives.length - 1));
        // 399 degrees of freedom, so that a ratio outside has probability 1e-6; with the same draws in both contexts it
        // is 1.4
        assertThat(spread / claimed).isBetween(0.82, 1.19);
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

    private static Evaluation exact(Setup setup, Projection projection) {
        Setup.UpperRule rule = setup.upper();
        return Setups.exact(new Setup(
                setup.problem(),
                setup.policy(),
                setup.seed(),
                new Setup.UpperRule(
                        rule.optimizer(), rule.schedule(), rule.stepSize(), rule.clipNorm(), projection, rule.units()),
                setup.lower(),
                setup.sampling()));
    }

    private static double[] uniformLogs() {
        double[] logs = new double[15];
        Arrays.fill(logs, -StrictMath.log(3));
        return logs;
    }
}
