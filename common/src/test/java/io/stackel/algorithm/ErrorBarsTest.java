package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Returns;
import io.stackel.families.DataFamilies;
import io.stackel.families.SmallProblems;
import io.stackel.math.Normal;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.policy.Policy;
import io.stackel.policy.TabularSoftmax;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.DataProblem;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.problem.ZeroSumProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The standard errors that runs report against the spread of replicates: the same outer step from the same state with other
 * draws. Reported over true must be within .9 to 1.1, for
 *
 * <pre>
 *   reported^2 = mean of the reported squares,      true^2 = sum of the coordinates' sample variances = tr S
 * </pre>
 *
 * <p>The ratio of both is known up to the noise of the replicates: tr S is close to a chi-square of {@code (replicates - 1)
 * (tr S)^2 / tr S^2} degrees of freedom (Satterthwaite), the mean of the squares to normal. The limits are widened by what the
 * two exceed with probability 1e-6 if a figure lies on the edge.
 */
class ErrorBarsTest {

    private static final double ALARM = 1e-6;
    private static final int REPLICATES = 400;
    private static final long UNITS = 40;
    private static final String REPORTED = "gradientStandardError";

    /** Steps along the gradient, whose length is measured. */
    private static final Setup.UpperRule WHOLE =
            new Setup.UpperRule(new Sgd(), Schedule.CONSTANT, 1, OptionalDouble.empty(), Projection.none(), UNITS);

    /** A case by name. */
    private static Arguments of(String algorithm, Object problem, Setup.LowerRule lower, Object... keys) {
        Map<String, Object> given = new HashMap<>();
        StringBuilder name = new StringBuilder(algorithm);
        for (int i = 0; i < keys.length; i += 2) {
            given.put((String) keys[i], keys[i + 1]);
            name.append(", ").append(keys[i + 1]);
        }
        name.append(", ").append(problem.getClass().getSimpleName());
        return Arguments.of(Named.of(name.toString(), new Case(algorithm, problem, lower, given)));
    }

    private record Case(String algorithm, Object problem, Setup.LowerRule lower, Map<String, Object> keys) {

        Algorithm build(long seed) {
            return Setups.algorithm(
                    algorithm,
                    problem instanceof DataProblem data ? fit(data, seed) : setup((TrajectoryProblem) problem, seed),
                    keys);
        }

        private DataSetup fit(DataProblem data, long seed) {
            Setup.UpperRule upper =
                    new Setup.UpperRule(new Sgd(), Schedule.CONSTANT, 1, OptionalDouble.empty(), Projection.none(), 3);
            return new DataSetup(data, seed, upper, lower, false);
        }

        private Setup setup(TrajectoryProblem sampled, long seed) {
            Setup.SamplingRule sampling = new Setup.SamplingRule(15, 100, !algorithm.equals("zero-order"), 1, false);
            return new Setup(sampled, policy(), seed, WHOLE, lower, sampling);
        }

        private Policy policy() {
            if (problem instanceof ZeroSumProblem game) {
                return new TwoPlayerSoftmax(game.states(), game.firstActions(), game.secondActions());
            }
            TrajectoryProblem one = (TrajectoryProblem) problem;
            return new TabularSoftmax(one.states(), one.actions());
        }

        LocalOracle oracle() {
            return LocalOracle.single(
                    problem instanceof DataProblem data
                            ? new ChunkEvaluator.Source(data)
                            : new ChunkEvaluator.Source((TrajectoryProblem) problem, policy()));
        }
    }

    private static final Setup.LowerRule SGD = new Setup.LowerRule(false, 2, Setup.LowerStep.SGD, 0.05, 3, 0, 1e-10);

    private static Stream<Arguments> trajectories() {
        Object reward = SmallProblems.rewardDesign();
        Object leader = SmallProblems.stackelberg();
        Object game = SmallProblems.zeroSum();
        // Many kept pairs: what few new ones add to them is not sampled in the sense of the standard error.
        Object pairs = SmallProblems.preferences(Map.of("initialPairs", 2000L, "keptPairs", 2000L, "newPairs", 1L));
        Object experts = SmallProblems.inverse(Map.of());
        Setup.LowerRule planned = Setups.PLANNED;
        List<Arguments> cases = new ArrayList<>();
        for (String coupling : List.of("none", "shared", "common")) {
            cases.add(of("first-order", reward, planned, "sigma", 0.3, "sides", "two", "coupling", coupling));
            for (String sides : List.of("one", "two")) {
                cases.add(of("first-order", leader, planned, "sigma", 0.3, "sides", sides, "coupling", coupling));
            }
        }
        cases.add(of("first-order", leader, Setups.NATURAL, "sigma", 0.3));
        cases.add(of("independent", leader, planned));
        cases.add(of("hpgd", leader, planned));
        cases.add(of("boltzmann", leader, planned));
        cases.add(of("boltzmann", leader, planned, "critic", "vector"));
        for (String coupling : List.of("none", "shared")) {
            cases.add(of("pbrl", leader, planned, "penaltyWeight", 3.0, "coupling", coupling));
        }
        for (String states : List.of("visits", "uniform")) {
            Object weight = 3.0;
            cases.add(of(
                    "pbrl",
                    leader,
                    planned,
                    "penalty",
                    "bellman",
                    "penaltyWeight",
                    weight,
                    "stateDistribution",
                    states));
        }
        for (String coupling : List.of("none", "shared")) {
            cases.add(
                    of("pbrl", game, planned, "penalty", "nikaido-isoda", "penaltyWeight", 3.0, "coupling", coupling));
            cases.add(of("first-order", pairs, Setups.ADAM, "sigma", 0.3, "coupling", coupling));
            cases.add(of("pbrl", pairs, planned, "penaltyWeight", 3.0, "coupling", coupling));
            cases.add(of("first-order", experts, planned, "sigma", 0.3, "sides", "one", "coupling", coupling));
        }
        cases.add(of("feature-matching", experts, planned));
        return cases.stream();
    }

    private static Stream<Arguments> data() {
        DataProblem problem = DataFamilies.of("quadratic", Map.of("trainingRows", 40L, "validationRows", 20L));
        List<Arguments> cases = new ArrayList<>();
        for (String coupling : List.of("none", "shared")) {
            for (String sides : List.of("one", "two")) {
                cases.add(of("first-order", problem, SGD, "sigma", 0.3, "sides", sides, "coupling", coupling));
            }
            cases.add(of("pbrl", problem, SGD, "penaltyWeight", 3.0, "coupling", coupling));
        }
        cases.add(of("f2sa", problem, SGD, "penaltyWeight", 3.0, "momentum", false));
        cases.add(of("f2sa", problem, SGD, "penaltyWeight", 3.0, "momentum", true, "offset", 1.0));
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trajectories")
    void ofSampledGradients(Case one) {
        replicates(one, request -> request).requireCalibrated();
    }

    /** Minibatches are drawn by the algorithm itself: another seed is another algorithm at the same state. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("data")
    void ofGradientsFromMinibatches(Case one) {
        Replicates replicates = new Replicates();
        State state = atOuterStep(one);
        try (LocalOracle oracle = one.oracle()) {
            for (int i = 0; i < REPLICATES; i++) {
                Algorithm algorithm = one.build(1000 + i);
                replicates.add(state, algorithm.step(state, oracle.evaluate(algorithm.request(state), "replicate")));
            }
        }
        replicates.requireCalibrated();
    }

    @Test
    void minibatchesOfAllRowsHaveNone() {
        DataProblem problem = DataFamilies.of("quadratic", Map.of("trainingRows", 15L, "validationRows", 15L));
        Case one =
                (Case) ((Named<?>) of("first-order", problem, SGD, "sigma", 0.3).get()[0]).getPayload();
        State state = atOuterStep(one);
        Algorithm algorithm = one.build(1);
        try (LocalOracle oracle = one.oracle()) {
            Algorithm.Progress progress = algorithm.step(state, oracle.evaluate(algorithm.request(state), "all rows"));
            assertThat(progress.measurements().get(REPORTED)).isZero();
        }
    }

    /** The formula is for independent values, as two streams give them. */
    @Test
    void ofZeroOrderWithIndependentValues() {
        Case one = zeroOrder();
        replicates(one, ErrorBarsTest::apart).requireCalibrated();
    }

    /** Common random numbers make the values alike and their difference less noisy: the report is an upper bound. */
    @Test
    void ofZeroOrderWithCommonRandomNumbersIsAnUpperBound() {
        Replicates replicates = replicates(zeroOrder(), request -> request);
        assertThat(replicates.ratio()).isGreaterThan(0.9 / replicates.widening());
        assertThat(replicates.reported()).isPositive();
    }

    private static Case zeroOrder() {
        return new Case("zero-order", SmallProblems.stackelberg(), Setups.PLANNED, Map.of("radius", 0.3));
    }

    /** The second estimand with draws of its own. */
    private static BatchRequest apart(BatchRequest request) {
        Returns second = (Returns) request.estimands().get(1);
        return with(
                request,
                request.seed(),
                List.of(
                        request.estimands().get(0),
                        new Returns(
                                second.purpose(),
                                second.stream() + 1,
                                second.units(),
                                second.upper(),
                                second.follower())));
    }

    private static BatchRequest with(BatchRequest request, long seed, List<Estimand> estimands) {
        return new BatchRequest(
                seed,
                request.iteration(),
                request.innerStep(),
                request.context(),
                request.horizon(),
                request.unitsPerChunk(),
                request.traceDecay(),
                request.diagonalMoments(),
                request.uppers(),
                request.followers(),
                estimands);
    }

    private static Replicates replicates(Case one, UnaryOperator<BatchRequest> changed) {
        Replicates replicates = new Replicates();
        Algorithm algorithm = one.build(17);
        State state = atOuterStep(one);
        BatchRequest request = changed.apply(algorithm.request(state));
        try (LocalOracle oracle = one.oracle()) {
            for (int i = 0; i < REPLICATES; i++) {
                BatchResult result = oracle.evaluate(with(request, 1000 + i, request.estimands()), "replicate");
                replicates.add(state, algorithm.step(state, result));
            }
        }
        return replicates;
    }

    /** A state of the third iteration whose batch gives a gradient. */
    private static State atOuterStep(Case one) {
        Algorithm algorithm = one.build(17);
        State state = algorithm.init();
        try (LocalOracle oracle = one.oracle()) {
            while (true) {
                Algorithm.Progress progress =
                        algorithm.step(state, oracle.evaluate(algorithm.request(state), "beginning"));
                if (progress.measurements().containsKey(REPORTED) && state.iteration() >= 2) {
                    return state;
                }
                state = gently(state, progress.next());
            }
        }
    }

    /** Steps of size one would lead far away: x moves a twentieth of its step. */
    private static State gently(State before, State after) {
        double[] x = before.real("upper").clone();
        VectorMath.addScaled(0.05, VectorMath.minus(after.real("upper"), x), x);
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put("upper", Tensor.of(x));
        if (after.tensors().containsKey("shareOfLosses")) {
            // Few pairs say nothing; at a share of 0 both policies are one, and shared trajectories tell no difference.
            tensors.put("shareOfLosses", Tensor.of(0.5));
        }
        return after.with(tensors);
    }

    /** Gradients and the squares of their reported errors. */
    private static final class Replicates {

        private final List<double[]> gradients = new ArrayList<>();
        private final List<Double> squares = new ArrayList<>();

        void add(State state, Algorithm.Progress progress) {
            double[] step =
                    VectorMath.minus(state.real("upper"), progress.next().real("upper"));
            double norm = progress.measurements().get("gradientNorm");
            gradients.add(VectorMath.scaled(norm / VectorMath.norm(step), step));
            double error = progress.measurements().get(REPORTED);
            squares.add(error * error);
        }

        double reported() {
            return Math.sqrt(mean(squares));
        }

        /** Reported over true. */
        double ratio() {
            return reported() / Math.sqrt(trace(covariance()));
        }

        /** By which factor the ratio may err. */
        double widening() {
            double[][] covariance = covariance();
            double sum = 0;
            for (double[] row : covariance) {
                sum += VectorMath.normSquared(row);
            }
            double trace = trace(covariance);
            double freedom = (REPLICATES - 1) * trace * trace / sum;
            double mean = mean(squares);
            double variance = 0;
            for (double square : squares) {
                variance += (square - mean) * (square - mean) / (REPLICATES - 1);
            }
            double deviation = Math.sqrt(2 / freedom + variance / (REPLICATES * mean * mean));
            return StrictMath.exp(-Normal.quantile(ALARM / 2) * deviation / 2);
        }

        void requireCalibrated() {
            assertThat(reported()).isPositive().isFinite();
            assertThat(ratio())
                    .as("reported over true, %d replicates, limits widened by %s", REPLICATES, widening())
                    .isBetween(0.9 / widening(), 1.1 * widening());
            assertThat(widening()).as("a test that tells 1 from 1.5").isLessThan(1.3);
        }

        private double[][] covariance() {
            int size = gradients.get(0).length;
            double[] mean = new double[size];
            for (double[] gradient : gradients) {
                VectorMath.addScaled(1.0 / REPLICATES, gradient, mean);
            }
            double[][] covariance = new double[size][size];
            for (double[] gradient : gradients) {
                double[] off = VectorMath.minus(gradient, mean);
                for (int i = 0; i < size; i++) {
                    VectorMath.addScaled(off[i] / (REPLICATES - 1), off, covariance[i]);
                }
            }
            return covariance;
        }

        private static double trace(double[][] matrix) {
            double trace = 0;
            for (int i = 0; i < matrix.length; i++) {
                trace += matrix[i][i];
            }
            return trace;
        }

        private static double mean(List<Double> values) {
            return values.stream().mapToDouble(v -> v).average().orElseThrow();
        }
    }
}
