package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Objective;
import io.stackel.exact.SoftEquilibrium;
import io.stackel.exact.SoftOptimum;
import io.stackel.exact.ZeroSumModel;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.families.SmallProblems;
import io.stackel.math.Normal;
import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.optim.Adam;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.ZeroSumProblem;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountedTest {

    private static final double[] COLD = {};

    private static FiniteProblem problem(String name) {
        return switch (name) {
            case "reward-design" -> SmallProblems.rewardDesign();
            case "stackelberg" -> SmallProblems.stackelberg();
            case "inverse" -> SmallProblems.inverse(Map.of());
            case "four-rooms" -> SmallProblems.fourRooms();
            default -> SmallProblems.zeroSum();
        };
    }

    /** f and its gradient at the best response or the equilibrium. */
    private static Objective objective(FiniteProblem game, int context, FiniteProblem real, double[] x) {
        DenseVector upper = new DenseVector(x);
        if (real instanceof ZeroSumProblem players) {
            ZeroSumPoint point = new ZeroSumModel(game, context, players.firstActions()).at(upper);
            SoftEquilibrium equilibrium = point.equilibrium(SoftOptimum.TO_ROUNDING, COLD);
            return point.hypergradient(equilibrium);
        }
        ExactPoint point = new ExactModel(game, context).at(upper);
        return point.hypergradient(point.best(0, SoftOptimum.TO_ROUNDING, COLD));
    }

    private static double[] upper(FiniteProblem problem) {
        double[] x = new double[problem.upperSize()];
        Arrays.setAll(x, i -> 0.3 * Math.sin(i));
        return x;
    }

    /** Uneven counts with cells that were never seen: central differences of the counted game's own value. */
    @ParameterizedTest
    @ValueSource(strings = {"reward-design", "stackelberg", "inverse", "zero-sum"})
    void theGradientIsThatOfTheCountedGamesValue(String name) {
        FiniteProblem problem = problem(name);
        long[] counts = new long[(int) CountedGame.size(problem.game(0))];
        Arrays.setAll(counts, i -> (long) (i * 7 % 5) * (i % 3));
        CountedGame game = new CountedGame(problem, 0, counts);
        double[] x = upper(problem);
        double[] gradient = objective(game, 0, problem, x).gradient();
        for (int i = 0; i < x.length; i++) {
            double slope = (value(game, problem, x, i, 1e-5) - value(game, problem, x, i, -1e-5)) / 2e-5;
            assertThat(gradient[i]).isCloseTo(slope, within(1e-6));
        }
    }

    private static double value(FiniteProblem game, FiniteProblem real, double[] x, int i, double by) {
        double[] moved = x.clone();
        moved[i] += by;
        return objective(game, 0, real, moved).value();
    }

    /** The pseudo-count of a row weighs a millionth. */
    @ParameterizedTest
    @ValueSource(strings = {"reward-design", "stackelberg", "inverse", "zero-sum", "four-rooms"})
    void withAllCountsLargeItIsTheExactHypergradient(String name) {
        FiniteProblem problem = problem(name);
        double[] x = upper(problem);
        for (int context = 0; context < problem.contexts(); context++) {
            double[] exact = objective(problem, context, problem, x).gradient();
            CountedGame game = new CountedGame(problem, context, expected(problem.game(context), 1e6));
            double[] counted = objective(game, 0, problem, x).gradient();
            assertThat(VectorMath.norm(VectorMath.minus(counted, exact))).isLessThan(1e-3 * VectorMath.norm(exact));
        }
    }

    /** Counts of so many visits of each cell, without noise. */
    private static long[] expected(MarkovGame game, double visits) {
        int states = game.states();
        long[] counts = new long[(int) CountedGame.size(game)];
        for (int cell = 0; cell < game.jointCells(); cell++) {
            double ends = 1;
            for (int next = 0; next < states; next++) {
                double probability = game.transition()[cell * states + next];
                counts[cell * (states + 1) + next] = Math.round(visits * probability);
                ends -= probability;
            }
            counts[cell * (states + 1) + states] = Math.round(visits * ends);
        }
        return counts;
    }

    private static Setup setup(FiniteProblem problem, long seed, Setup.UpperRule upper, long units) {
        return new Setup(
                problem,
                new TabularSoftmax(problem.states(), problem.actions()),
                seed,
                upper,
                new Setup.LowerRule(false, 1, Setup.LowerStep.NATURAL, 0.5, units, 0.2, 1e-10),
                new Setup.SamplingRule(30, 20, false, true));
    }

    private static final Setup.UpperRule WHOLE =
            new Setup.UpperRule(new Sgd(), Schedule.CONSTANT, 1, OptionalDouble.empty(), Projection.none(), 1);

    private static Algorithm.Progress iterate(Setup setup, Algorithm algorithm, State start) {
        try (LocalOracle oracle = LocalOracle.single(setup.source())) {
            State state = start;
            while (true) {
                BatchRequest request = algorithm.request(state);
                BatchResult result = request.isEmpty() ? BatchResult.none(request) : oracle.evaluate(request, "a test");
                Algorithm.Progress progress = algorithm.step(state, result);
                state = progress.next();
                if (state.phase() == 0) {
                    return progress;
                }
            }
        }
    }

    private static long[] total(State state, int splits) {
        long[] total = state.whole("transitions.0/0").clone();
        for (int part = 1; part < splits; part++) {
            long[] counts = state.whole("transitions." + part + "/0");
            Arrays.setAll(total, i -> total[i] + counts[i]);
        }
        return total;
    }

    /** One plain step of size one in the sum of three parts, then what the parts say of it. */
    @Test
    void anIterationStepsInTheSumOfItsParts() {
        FiniteProblem problem = SmallProblems.stackelberg();
        Setup setup = setup(problem, 17, WHOLE, 31);
        Algorithm algorithm = Setups.algorithm("counted", setup, Map.of("upperSteps", 1L, "splits", 3L));
        State before = iterate(setup, algorithm, algorithm.init()).next();
        Algorithm.Progress progress = iterate(setup, algorithm, before);
        State after = progress.next();

        double[] x = before.real("upper");
        double[] gradient = objective(new CountedGame(problem, 0, total(after, 3)), 0, problem, x)
                .gradient();
        assertThat(VectorMath.minus(x, after.real("upper"))).containsExactly(gradient, within(1e-9));
        double[][] parts = new double[3][];
        Arrays.setAll(
                parts,
                part -> objective(new CountedGame(problem, 0, after.whole("transitions." + part + "/0")), 0, problem, x)
                        .gradient());
        double variance = 0;
        double bias = 0;
        for (int i = 0; i < x.length; i++) {
            double mean = (parts[0][i] + parts[1][i] + parts[2][i]) / 3;
            for (double[] part : parts) {
                variance += (part[i] - mean) * (part[i] - mean) / 2 / 3;
            }
            bias += (mean - gradient[i]) * (mean - gradient[i]) / 4;
        }
        SortedMap<String, Double> measured = progress.measurements();
        assertThat(measured.get("gradientNorm")).isCloseTo(VectorMath.norm(gradient), within(1e-9));
        assertThat(measured.get("gradientStandardError")).isCloseTo(Math.sqrt(variance), within(1e-9));
        assertThat(measured.get("gradientBias")).isCloseTo(Math.sqrt(bias), within(1e-9));
        SoftOptimum best = new ExactModel(new CountedGame(problem, 0, total(after, 3)), 0)
                .at(new DenseVector(after.real("upper")))
                .best(0, SoftOptimum.TO_ROUNDING, COLD);
        assertThat(algorithm.follower(after, 0)).containsExactly(best.logPolicy(), within(1e-8));
        assertThat(after.samples()).isEqualTo(Arrays.stream(total(after, 3)).sum());
    }

    /**
     * The root of the mean reported square against the deviation of the gradients of 200 runs, each of a first batch of 800
     * trajectories, where the game is almost linear in its counts. The mean square of a vector with d of freedom is off by a
     * relative root 2 / (200 d); even with d = 1 a ratio of squares beyond the limits is less likely than 1e-6, twice.
     */
    @Test
    void theStandardErrorIsTheDeviationOverRuns() {
        FiniteProblem problem = SmallProblems.rewardDesign();
        int runs = 200;
        int splits = 4;
        double[][] gradients = new double[runs][];
        double[] mean = new double[problem.upperSize()];
        double reported = 0;
        for (int run = 0; run < runs; run++) {
            Setup setup = setup(problem, run, WHOLE, 800);
            Algorithm algorithm = Setups.algorithm("counted", setup, Map.of("upperSteps", 1L, "splits", (long) splits));
            State start = algorithm.init();
            Algorithm.Progress progress = iterate(setup, algorithm, start);
            gradients[run] =
                    VectorMath.minus(start.real("upper"), progress.next().real("upper"));
            VectorMath.addScaled(1.0 / runs, gradients[run], mean);
            double error = progress.measurements().get("gradientStandardError");
            reported += error * error / runs;
        }
        double variance = 0;
        for (double[] gradient : gradients) {
            variance += VectorMath.normSquared(VectorMath.minus(gradient, mean)) / (runs - 1);
        }
        double deviation = Math.sqrt(2.0 / runs + 2.0 / (runs * (splits - 1.0)));
        double limit = 1 - Normal.quantile(1e-6) * deviation;
        assertThat(reported / variance).isBetween(1 / limit, limit);
    }

    /** 9,000 steps in six batches close nine tenths of the gap between the start and what exact gradients reach. */
    @ParameterizedTest
    @ValueSource(strings = {"reward-design", "stackelberg"})
    void fewBatchesReachWhatExactGradientsReach(String name) {
        FiniteProblem problem = problem(name);
        Setup.UpperRule adam =
                new Setup.UpperRule(new Adam(), Schedule.CONSTANT, 0.1, OptionalDouble.empty(), Projection.none(), 1);
        Setup setup = setup(problem, 1, adam, 50);
        Algorithm algorithm = Setups.algorithm("counted", setup, Map.of());
        State state = algorithm.init();
        double start = objective(problem, 0, problem, state.real("upper")).value();
        for (int i = 0; i < 6; i++) {
            state = iterate(setup, algorithm, state).next();
        }
        double reached = objective(problem, 0, problem, state.real("upper")).value();
        Setup planned = new Setup(
                problem, setup.policy(), 1, adam, Setups.PLANNED, new Setup.SamplingRule(30, 20, false, true));
        Algorithm exact = Setups.algorithm("exact", planned, Map.of());
        State ceiling = exact.init();
        for (int i = 0; i < 120; i++) {
            ceiling = iterate(planned, exact, ceiling).next();
        }
        double best = objective(problem, 0, problem, ceiling.real("upper")).value();
        assertThat(start - reached).isGreaterThan(0.9 * (start - best));
    }
}
