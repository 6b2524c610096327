package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.CountedTransitions;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.TransitionCounts.Sorted;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Objective;
import io.stackel.exact.SoftEquilibrium;
import io.stackel.exact.SoftOptimum;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Settings;
import io.stackel.problem.ZeroSumProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Descends the exact hypergradient of the game that was counted so far, as if it were the true one (certainty equivalence).
 *
 * <p>An iteration counts {@code lower.units} trajectories, of which a share of {@code lower.exploration} takes uniform actions
 * and the others play the best response of the counted game at x. Then x takes {@code upperSteps} steps on the mean over
 * contexts of that game's hypergradients, with a fresh optimiser: old moments belong to another game. The first batch explores
 * at the starting x, since the best response of a game without counts is uniform. Counts are of joint actions, so that all
 * batches stay valid while x moves; what was never seen is as {@link CountedGame} says.
 *
 * <p>Trajectories are counted in {@code splits} parts of equal size, {@code transitions.<part>/<context>}, whose sum is the
 * game. With g_i the gradient of part i, G that of the sum and K parts, a row of metrics has, at the x that the batch played,
 *
 * <pre>
 *   gradientStandardError   sqrt( sum_i |g_i - mean g|^2 / (K (K - 1)) )
 *   gradientBias            | mean g - G | / (K - 1)      the jackknife's estimate, which has noise of its own
 * </pre>
 *
 * <p>Sources: the gradient is that of {@link ExactPoint} and {@link ZeroSumPoint}; for the bias, Quenouille, "Notes on bias in
 * estimation", Biometrika 43, 1956.
 *
 * @param <P> the game at an upper variable
 */
final class Counted<P> implements Algorithm {

    private final Frame frame;
    private final KnownGame<P> game;
    private final Solver<P> solver;
    private final int upperSteps;
    private final int splits;

    private Counted(Setup setup, KnownGame<P> game, Solver<P> solver, Settings settings) {
        frame = new Frame(setup);
        this.game = game;
        this.solver = solver;
        upperSteps = settings.count("upperSteps");
        splits = settings.count("splits");
        MisfitException.require(
                !setup.lower().planned(),
                "lower.solver",
                "counted plans on what it has counted, not on the tables; use lower.solver: sampled");
        MisfitException.require(
                setup.lower().units() >= splits,
                "lower.units",
                "lower.units must be at least algorithm.splits, " + splits
                        + ", so that every part counts trajectories, but was "
                        + setup.lower().units());
    }

    /** The lower level's answer in a game at some x. */
    @FunctionalInterface
    private interface Solver<P> {

        /**
         * Solves.
         *
         * @param warm a first guess of the value, length S
         */
        Answer solve(P point, double[] warm);
    }

    /**
     * A best response or an equilibrium.
     *
     * @param parameters of the policy
     * @param value from which the next solve starts, length S
     * @param objective the upper objective there, with its gradient in x
     */
    private record Answer(double[] parameters, double[] value, Supplier<Objective> objective) {}

    /** One follower, where the upper objective is a return or the likelihood of experts. */
    static Algorithm onTables(Setup setup, Settings settings) {
        LowerLevels.requirePlannable(setup, "counted");
        FiniteProblem problem = setup.problem().as(FiniteProblem.class).orElseThrow();
        double tolerance = setup.lower().tolerance();
        Solver<ExactPoint> solver = (point, warm) -> {
            SoftOptimum best = point.best(0, tolerance, warm);
            double[] parameters = FollowerLower.parameters(best, setup.policy());
            return new Answer(parameters, best.value(), () -> point.hypergradient(best));
        };
        return new Counted<>(setup, KnownGame.ofFollower(problem, true), solver, settings);
    }

    /** The equilibrium of a zero-sum game. */
    static Algorithm onPlayers(Setup setup, Settings settings) {
        LowerLevels.requireTwoPlayers(setup);
        ZeroSumProblem problem = setup.problem().as(ZeroSumProblem.class).orElseThrow();
        double tolerance = setup.lower().tolerance();
        Solver<ZeroSumPoint> solver = (point, warm) -> {
            SoftEquilibrium equilibrium = point.equilibrium(tolerance, warm);
            return new Answer(equilibrium.logs(), equilibrium.value(), () -> point.hypergradient(equilibrium));
        };
        return new Counted<>(setup, KnownGame.ofPlayers(problem, true), solver, settings);
    }

    @Override
    public State init() {
        SortedMap<String, Tensor> tensors = frame.given().upper().init(frame.start());
        for (int context = 0; context < contexts(); context++) {
            Tensor none = CountTable.none(game.problem().game(context)).tensor();
            for (int part = 0; part < splits; part++) {
                tensors.put(counts(part, context), none);
            }
            double[] uniform = frame.setup().policy().uniform();
            put(context, uniform, new double[game.problem().states()], tensors);
        }
        return new State(0, 0, 0, 0, 0, tensors);
    }

    private int contexts() {
        return game.problem().contexts();
    }

    private static String counts(int part, int context) {
        return LowerSolver.name("transitions", part, context);
    }

    private static String policy(int context) {
        return LowerSolver.name("lower", 0, context);
    }

    private static String plan(int context) {
        return LowerSolver.name("plan", 0, context);
    }

    private static void put(int context, double[] parameters, double[] value, Map<String, Tensor> into) {
        into.put(policy(context), Tensor.of(parameters));
        into.put(plan(context), Tensor.of(value));
    }

    /** A part of the trajectories in each of the first phases, nothing in the last. */
    @Override
    public BatchRequest request(State state) {
        if (state.phase() == splits) {
            return frame.given().request(state, List.of(), List.of(), List.of());
        }
        Follower response = Follower.plain(follower(state, context(state)));
        return frame.given().request(state, List.of(upper(state)), List.of(response), estimands(state.phase()));
    }

    /** The exploring share of a part by a stream of its own, so that it is exact to half a trajectory. */
    private List<Estimand> estimands(int part) {
        Setup.LowerRule rule = frame.setup().lower();
        long units = rule.units() * (part + 1) / splits - rule.units() * part / splits;
        long exploring = StrictMath.round(units * rule.exploration());
        List<Estimand> estimands = new ArrayList<>();
        if (units > exploring) {
            estimands.add(new CountedTransitions(frame.purpose(), 0, units - exploring, 0, 0, 0, 0));
        }
        if (exploring > 0) {
            estimands.add(new CountedTransitions(frame.purpose(), 1, exploring, 0, 0, 0, 1));
        }
        return estimands;
    }

    @Override
    public Progress step(State state, BatchResult result) {
        if (state.phase() == splits) {
            return upperStep(state);
        }
        String name = counts(state.phase(), context(state));
        Tensor sum = CountTable.of(state, name).plus(result.transitions()).tensor();
        return new Progress(state.afterInner(result.steps(), Map.of(name, sum)), new TreeMap<>());
    }

    private Progress upperStep(State state) {
        List<Function<DenseVector, P>> models = models(context -> total(state, context));
        double[][] warm = new double[contexts()][];
        Arrays.setAll(warm, context -> state.real(plan(context)));
        State moved = state.with(frame.given().upper().init(upper(state)));
        SortedMap<String, Double> measurements = new TreeMap<>();
        for (int k = 0; k < upperSteps; k++) {
            double[] gradient = gradient(models, upper(moved), warm);
            if (k == 0) {
                measurements = measurements(state, gradient, warm);
            }
            moved = moved.with(frame.given().upper().step(moved, gradient));
        }
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (int context = 0; context < contexts(); context++) {
            Answer answer = solver.solve(models.get(context).apply(new DenseVector(upper(moved))), warm[context]);
            put(context, answer.parameters(), answer.value(), tensors);
        }
        return new Progress(moved.afterOuter(0, tensors), measurements);
    }

    private List<Function<DenseVector, P>> models(IntFunction<Sorted> counts) {
        List<Function<DenseVector, P>> models = new ArrayList<>();
        for (int context = 0; context < contexts(); context++) {
            models.add(game.model(counts.apply(context), context));
        }
        return models;
    }

    private Sorted part(State state, int part, int context) {
        return CountTable.of(state, counts(part, context)).sorted();
    }

    private Sorted total(State state, int context) {
        Sorted total = part(state, 0, context);
        for (int part = 1; part < splits; part++) {
            total = total.plus(part(state, part, context));
        }
        return total;
    }

    /**
     * The mean over contexts of the gradient in x.
     *
     * @param warm first guesses of the values by context, which those that are found replace
     */
    private double[] gradient(List<Function<DenseVector, P>> models, double[] upper, double[][] warm) {
        double[] gradient = new double[upper.length];
        for (int context = 0; context < warm.length; context++) {
            Answer answer = solver.solve(models.get(context).apply(new DenseVector(upper)), warm[context]);
            warm[context] = answer.value();
            VectorMath.addScaled(1.0 / warm.length, answer.objective().get().gradient(), gradient);
        }
        return gradient;
    }

    /** What the parts say of the gradient of their sum. */
    private SortedMap<String, Double> measurements(State state, double[] gradient, double[][] warm) {
        double[][] parts = new double[splits][];
        double[] mean = new double[gradient.length];
        for (int part = 0; part < splits; part++) {
            int number = part;
            List<Function<DenseVector, P>> models = models(context -> part(state, number, context));
            parts[part] = gradient(models, upper(state), warm.clone());
            VectorMath.addScaled(1.0 / splits, parts[part], mean);
        }
        double spread = 0;
        for (double[] part : parts) {
            spread += VectorMath.normSquared(VectorMath.minus(part, mean));
        }
        SortedMap<String, Double> measurements = new TreeMap<>();
        measurements.put(RunLoop.GRADIENT_NORM, VectorMath.norm(gradient));
        measurements.put(RunLoop.GRADIENT_STANDARD_ERROR, Math.sqrt(spread / (splits * (splits - 1.0))));
        measurements.put("gradientBias", VectorMath.norm(VectorMath.minus(mean, gradient)) / (splits - 1));
        return measurements;
    }

    @Override
    public double[] upper(State state) {
        return state.real("upper");
    }

    /** The best response of the counted game. */
    @Override
    public double[] follower(State state, int context) {
        return state.real(policy(context));
    }

    @Override
    public int context(State state) {
        return frame.context(state.iteration());
    }
}
