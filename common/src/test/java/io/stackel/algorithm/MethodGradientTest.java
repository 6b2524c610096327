package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.BoltzmannGradient.Critic;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.StateDistribution;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Gradients;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.families.SmallProblems;
import io.stackel.math.Normal;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradient that each method steps with, at exact best responses, against the closed form of what it estimates. The
 * largest of the m coordinates' z values raises a false alarm with probability 1e-6, for normal means; 60 steps at a
 * discount of 0.8 truncate far below the standard errors.
 */
class MethodGradientTest {

    private static final double ALARM = 1e-6;
    private static final double SIGMA = 0.2;

    /** Steps too short to move x. */
    private static final Setup.UpperRule STILL =
            new Setup.UpperRule(new Sgd(), Schedule.CONSTANT, 1e-300, OptionalDouble.empty(), Projection.none(), 1);

    private static Stream<FiniteProblem> problems() {
        return Stream.of(SmallProblems.rewardDesign(), SmallProblems.stackelberg());
    }

    @ParameterizedTest(name = "two-sided {0}, shared {1}, baselines {2}")
    @CsvSource({"true, true, false", "true, true, true", "true, false, true", "false, true, true", "false, false, false"
    })
    void firstOrderIsTheGradientOfItsSurrogate(boolean twoSided, boolean shared, boolean baselines) {
        // Raw returns of separate trajectories drown the difference where scores are credited with them.
        problems().limit(shared || baselines ? 2 : 1).forEach(problem -> {
            Scene scene = Scene.of(problem, baselines);
            Scene.Answer answer = scene.first(Methods.firstOrder(SIGMA, twoSided, Coupling.sharedIf(shared), 20_000));
            SoftOptimum best = scene.best(0);
            double[] exact = twoSided
                    ? scene.point
                            .twoSidedSurrogate(SIGMA, best, scene.best(-SIGMA), scene.best(SIGMA))
                            .gradient()
                    : scene.point
                            .oneSidedSurrogate(SIGMA, best, scene.best(SIGMA))
                            .gradient();
            requireClose(scene, answer, exact);
            double norm = VectorMath.norm(answer.result.estimate(0).upperStandardErrors());
            assertThat(answer.gradient.standardError()).isCloseTo(norm, within(1e-12 * norm));
        });
    }

    /** The same random numbers for both of a pair change their correlation, not the mean; rewards alone depend on x here. */
    @Test
    void commonRandomNumbersGiveTheSameGradient() {
        Scene scene = Scene.of(SmallProblems.rewardDesign(), true);
        Scene.Answer answer = scene.first(Methods.firstOrder(SIGMA, true, Coupling.COMMON, 4000));
        SoftOptimum best = scene.best(0);
        double[] exact = scene.point
                .twoSidedSurrogate(SIGMA, best, scene.best(-SIGMA), scene.best(SIGMA))
                .gradient();
        requireClose(scene, answer, exact);
        Scene.Answer apart = scene.first(Methods.firstOrder(SIGMA, true, Coupling.NONE, 4000));
        assertThat(answer.gradient.standardError()).isLessThan(apart.gradient.standardError());
    }

    @Test
    void independentIsThePartialGradient() {
        Scene scene = Scene.of(SmallProblems.stackelberg(), true);
        Scene.Answer answer = scene.first(new Independent(4000, false));
        PolicyValues values = scene.point.evaluate(scene.best(0).logPolicy());
        requireClose(scene, answer, scene.point.upperGradients(values).inUpper());
    }

    @ParameterizedTest(name = "problem {index}")
    @MethodSource("problems")
    void hpgdIsTheHypergradient(FiniteProblem problem) {
        Scene scene = Scene.of(problem, true);
        Scene.Answer answer = scene.first(new Hpgd.Continuations(50_000));
        requireClose(scene, answer, scene.point.hypergradient(scene.best(0)).gradient());
    }

    /** The critic comes from the tables, whether baselines do or not. */
    @ParameterizedTest(name = "problem {index}")
    @MethodSource("problems")
    void boltzmannIsTheHypergradient(FiniteProblem problem) {
        for (boolean baselines : new boolean[] {true, false}) {
            Scene scene = Scene.of(problem, baselines);
            for (Critic critic : Critic.values()) {
                Scene.Answer answer = scene.first(new Boltzmann(critic, 1, 20_000, false));
                requireClose(
                        scene, answer, scene.point.hypergradient(scene.best(0)).gradient());
            }
        }
    }

    /** Its bias, which falls as 1 / units, lies far below the standard error of 50,000 units. */
    @ParameterizedTest(name = "problem {index}")
    @MethodSource("problems")
    void averagesOfHpgdAreTheHypergradient(FiniteProblem problem) {
        Scene scene = Scene.of(problem, true);
        Scene.Answer answer = scene.first(new Hpgd.Averages(problem, 50_000));
        double[] exact = scene.point.hypergradient(scene.best(0)).gradient();
        requireWithin(scene.withTerm(answer.gradient.values()), exact, answer.gradient.standardError(), "averages");
    }

    @ParameterizedTest(name = "problem {index}")
    @MethodSource("problems")
    void exactIsTheHypergradient(FiniteProblem problem) {
        Scene scene = Scene.of(problem, false);
        Scene.Answer answer = scene.first(Exact.onTables(problem, 1e-12));
        assertThat(scene.withTerm(answer.gradient.values()))
                .usingComparatorWithPrecision(1e-9)
                .containsExactly(scene.point.hypergradient(scene.best(0)).gradient());
        assertThat(answer.gradient.standardError()).isZero();
        assertThat(VectorMath.norm(answer.gradient.values())).isGreaterThan(1e-2);
    }

    /** Its gradient in x; the policy is the uniform one that it starts with. */
    @ParameterizedTest(name = "{0} penalty, shared {1}, {2}")
    @CsvSource({"VALUE, true, START", "VALUE, false, START", "BELLMAN, true, UNIFORM", "BELLMAN, true, VISITS"})
    void pbrlIsTheGradientOfThePenalisedObjective(Methods.Penalty penalty, boolean shared, StateDistribution states) {
        problems().forEach(problem -> {
            Scene scene = Scene.of(problem, true);
            Method method = Methods.pbrl(penalty, 3, shared, states, 30_000);
            Scene.Answer answer = scene.first(method);
            Gradients total = penalised(scene, penalty, states);
            double[] got = scene.withTerm(answer.gradient.values());
            double error = answer.gradient.standardError();
            requireWithin(got, total.inUpper(), error, "upper");
            State moved = scene.start(method);
            moved = moved.with(method.ownStep(scene.frame, moved, answer.result));
            double[] theta = moved.real("policy/0");
            double lowerError = answer.result.estimate(0).lowerStandardError()
                    + (penalty == Methods.Penalty.BELLMAN
                            ? 3 * answer.result.estimate(1).lowerStandardError()
                            : 0);
            requireWithin(VectorMath.scaled(-1, theta), total.inLower(), lowerError, "lower");
        });
    }

    /** Minus the step times the gradient over lambda tau metric, whose rows have mean zero under the policy. */
    @ParameterizedTest
    @CsvSource({"VALUE, START", "BELLMAN, START", "BELLMAN, UNIFORM", "BELLMAN, VISITS"})
    void naturalStepsOfPbrlFollowTheGradientInTheMetricOfThePenalty(Methods.Penalty penalty, StateDistribution states) {
        problems().forEach(problem -> {
            Scene scene = Scene.of(problem, false);
            Method method = Methods.natural(penalty, 3, states, problem, 0.25);
            State state = scene.start(method);
            State moved = state.with(method.ownStep(scene.frame, state, scene.first(method).result));
            double[] theta = moved.real("policy/0");
            double[] gradient = penalised(scene, penalty, states).inLower();
            double[] nu = distribution(scene, states);
            double[] visits = scene.point.evaluate(uniform(problem)).visits();
            int actions = problem.actions();
            assertThat(VectorMath.maxAbs(gradient)).isGreaterThan(1e-2);
            for (int s = 0; s < problem.states(); s++) {
                double mean =
                        Arrays.stream(theta, s * actions, (s + 1) * actions).sum() / actions;
                double metric = (penalty == Methods.Penalty.VALUE ? visits[s] : nu[s]) / actions;
                for (int i = s * actions; i < (s + 1) * actions; i++) {
                    double wanted = -0.25 * gradient[i] / (3 * problem.entropyWeight() * metric);
                    assertThat(theta[i] - mean).isCloseTo(wanted, within(1e-9));
                }
            }
        });
    }

    private static double[] uniform(FiniteProblem problem) {
        double[] uniform = new double[problem.states() * problem.actions()];
        Arrays.fill(uniform, -StrictMath.log(problem.actions()));
        return uniform;
    }

    private static Gradients penalised(Scene scene, Methods.Penalty penalty, StateDistribution states) {
        PolicyValues values = scene.point.evaluate(uniform(scene.problem));
        double[] nu = distribution(scene, states);
        Gradients gap = penalty == Methods.Penalty.VALUE
                ? scene.point.valuePenalty(values, scene.best(0)).gradients()
                : scene.point.bellmanPenalty(values, scene.best(0), nu).gradients();
        return scene.point.upperGradients(values).plus(3, gap);
    }

    private static double[] distribution(Scene scene, StateDistribution states) {
        if (states == StateDistribution.START) {
            return scene.problem.game(0).start();
        }
        double[] even = new double[scene.problem.states()];
        Arrays.fill(even, 1.0 / even.length);
        PolicyValues best = scene.point.evaluate(scene.best(0).logPolicy());
        return states == StateDistribution.VISITS
                ? VectorMath.scaled(1 - scene.problem.discount(), best.visits())
                : even;
    }

    /**
     * Over 400 random directions, as independent draws, whose own spread gives the standard errors; the bias of radius
     * 0.02 lies far below them. Both followers are planned at the iteration's own two points.
     */
    @ParameterizedTest(name = "problem {index}")
    @MethodSource("problems")
    void zeroOrderIsTheHypergradientOnAverage(FiniteProblem problem) {
        ZeroOrder method = new ZeroOrder(0.02, 200);
        Scene scene = Scene.of(problem, false);
        int n = 400;
        double[] sum = new double[problem.upperSize()];
        double[] squares = new double[sum.length];
        TwoLevel algorithm = scene.algorithm(method);
        State state = scene.start(method);
        try (LocalOracle oracle = scene.oracle()) {
            for (int i = 0; i < n; i++) {
                BatchResult result = oracle.evaluate(algorithm.request(state), "direction " + i);
                double[] one = scene.withTerm(
                        method.gradient(scene.frame, state, result).values());
                for (int j = 0; j < one.length; j++) {
                    sum[j] += one[j];
                    squares[j] += one[j] * one[j];
                }
                state = algorithm.step(state, result).next();
            }
        }
        double[] exact = scene.point.hypergradient(scene.best(0)).gradient();
        double limit = -Normal.quantile(ALARM / (2 * sum.length));
        for (int j = 0; j < sum.length; j++) {
            double error = Math.sqrt((squares[j] - sum[j] * sum[j] / n) / (n * (n - 1.0)));
            assertThat(Math.abs(sum[j] / n - exact[j])).isLessThan(limit * error);
        }
        assertThat(VectorMath.dot(sum, exact) / n)
                .as("the mean points along the hypergradient")
                .isGreaterThan(0.3 * VectorMath.normSquared(exact));
    }

    private static void requireClose(Scene scene, Scene.Answer answer, double[] exact) {
        double[] errors = answer.result.estimate(0).upperStandardErrors();
        double[] got = scene.withTerm(answer.gradient.values());
        double limit = -Normal.quantile(ALARM / (2 * exact.length));
        double signal = 0;
        double[] term = scene.withTerm(new double[exact.length]);
        for (int i = 0; i < exact.length; i++) {
            signal = Math.max(signal, Math.abs(exact[i] - term[i]) / (limit * errors[i]));
        }
        requireSignal(signal);
        for (int i = 0; i < exact.length; i++) {
            assertThat(Math.abs(got[i] - exact[i]))
                    .as("coordinate %d of %s against %s", i, Arrays.toString(got), Arrays.toString(exact))
                    .isLessThanOrEqualTo(limit * errors[i] + 1e-9);
        }
    }

    /** The largest coordinate is this far out of the tolerance about zero: a gradient of zeros is refused. */
    private static void requireSignal(double signal) {
        assertThat(signal).as("the largest coordinate in tolerances").isGreaterThan(1.5);
    }

    /** No coordinate errs by more than the standard error of the whole vector, times the limit. */
    private static void requireWithin(double[] got, double[] exact, double error, String what) {
        double limit = -Normal.quantile(ALARM / (2 * exact.length));
        requireSignal(VectorMath.maxAbs(exact) / (limit * error));
        for (int i = 0; i < exact.length; i++) {
            assertThat(Math.abs(got[i] - exact[i]))
                    .as("%s, coordinate %d of %s against %s", what, i, Arrays.toString(got), Arrays.toString(exact))
                    .isLessThan(limit * error);
        }
    }

    /** A problem at a point, planned followers, one batch. */
    private record Scene(FiniteProblem problem, Frame frame, double[] x, ExactPoint point) {

        private record Answer(Method.Gradient gradient, BatchResult result) {}

        static Scene of(FiniteProblem problem, boolean baselines) {
            Frame frame = new Frame(new Setup(
                    problem,
                    new TabularSoftmax(problem.states(), problem.actions()),
                    23,
                    STILL,
                    Setups.PLANNED,
                    new Setup.SamplingRule(60, 100, baselines, true)));
            double[] x = new double[problem.upperSize()];
            for (int i = 0; i < x.length; i++) {
                x[i] = StrictMath.sin(i);
            }
            ExactPoint point = new ExactModel(problem, 0).at(new DenseVector(x));
            return new Scene(problem, frame, x, point);
        }

        /** A method's first batch at x and its gradient. */
        Answer first(Method method) {
            TwoLevel algorithm = algorithm(method);
            State state = start(method);
            BatchRequest request = algorithm.request(state);
            BatchResult result = BatchResult.none(request);
            if (!request.isEmpty()) {
                try (LocalOracle oracle = oracle()) {
                    result = oracle.evaluate(request, "first");
                }
            }
            return new Answer(method.gradient(frame, state, result), result);
        }

        /** The state before the first batch, with x and the followers planned at x. */
        State start(Method method) {
            SortedMap<String, Tensor> tensors = new TreeMap<>(method.ownInit(frame));
            tensors.put("upper", Tensor.of(x));
            State start = new State(0, 0, 0, 0, 0, tensors);
            return start.with(solver(method).init(start));
        }

        SoftOptimum best(double weight) {
            return point.best(weight, SoftOptimum.TO_ROUNDING, new double[0]);
        }

        LocalOracle oracle() {
            return LocalOracle.single(
                    new ChunkEvaluator.Source(problem, frame.setup().policy()));
        }

        /** With upper term, as the frame adds it. */
        double[] withTerm(double[] gradient) {
            double[] total = gradient.clone();
            frame.addUpperTerm(x, total);
            return total;
        }

        TwoLevel algorithm(Method method) {
            return new TwoLevel(frame, method, solver(method));
        }

        LowerSolver solver(Method method) {
            return new FollowerLower(frame, method.targets(), KnownGame.ofFollower(problem, false));
        }
    }
}
