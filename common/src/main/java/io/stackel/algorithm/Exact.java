package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.exact.ExactFit;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Objective;
import io.stackel.exact.PreferenceModel;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.QuadraticLower;
import io.stackel.problem.Settings;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The ceiling: the exact hypergradient in the context of the iteration, by linear solves, without samples.
 *
 * @param hypergradient of the whole upper objective
 */
record Exact(Hypergradient hypergradient) implements Method {

    private static final double[] COLD = {};

    /** The exact upper objective at the lower level's answer to x, with its gradient in x. */
    @FunctionalInterface
    interface Hypergradient {

        /**
         * Solves the lower level and differentiates.
         *
         * @param warm values from which the lower level is solved
         */
        Objective at(State state, int context, double[] warm);
    }

    /** On tables, where the upper objective is a return or the likelihood of experts. */
    static Algorithm onTables(Setup setup, Settings settings) {
        FiniteProblem problem = setup.problem().as(FiniteProblem.class).orElseThrow();
        return TwoLevel.planned(setup, onTables(problem, setup.lower().tolerance()), problem);
    }

    static Exact onTables(FiniteProblem problem, double tolerance) {
        KnownGame<ExactPoint> game = KnownGame.ofFollower(problem, false);
        return new Exact((state, context, warm) -> {
            ExactPoint point = game.at(state, state.real("upper"), context);
            return point.hypergradient(point.best(0, tolerance, warm));
        });
    }

    /** Where the upper objective is the loss on pairs, by a model that lists the segments. */
    static Algorithm onPairs(Setup setup, Settings settings) {
        FinitePreferences problem =
                PreferenceOpening.problem(setup).as(FinitePreferences.class).orElseThrow();
        PreferenceModel model = PreferenceModel.of(problem).orElseThrow();
        double tolerance = setup.lower().tolerance();
        Exact method = new Exact((state, context, warm) -> {
            DenseVector x = new DenseVector(state.real("upper"));
            return model.hypergradient(x, model.process(x).best(0, tolerance, warm));
        });
        return TwoLevel.planned(setup, method, problem);
    }

    /** On data, with a quadratic lower objective. */
    static Algorithm onData(DataSetup setup, Settings settings) {
        QuadraticLower problem = setup.problem().as(QuadraticLower.class).orElseThrow();
        Exact method = new Exact((state, context, warm) -> fit(problem, state).hypergradient());
        return new TwoLevel(
                new Frame(setup),
                method,
                (state, target, context) -> fit(problem, state).solution());
    }

    private static ExactFit fit(QuadraticLower problem, State state) {
        return new ExactFit(problem, new DenseVector(state.real("upper")));
    }

    /** At the equilibrium of a zero-sum game. */
    static Algorithm onPlayers(Setup setup, Settings settings) {
        MisfitException.require(
                setup.lower().planned(), "lower.solver", "exact on a zero-sum game needs lower.solver: planned");
        KnownGame<ZeroSumPoint> game = LowerLevels.players(setup);
        double tolerance = setup.lower().tolerance();
        return TwoLevel.ofPlayers(setup, new Exact((state, context, warm) -> {
            ZeroSumPoint point = game.at(state, state.real("upper"), context);
            return point.hypergradient(point.equilibrium(tolerance, warm));
        }));
    }

    /** The hypergradient less the terms in x alone, which {@link TwoLevel} adds. */
    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        int context = frame.context(state.iteration());
        String plan = LowerSolver.name("plan", 0, context);
        double[] warm = state.has(plan) ? state.real(plan) : COLD;
        Objective objective = hypergradient.at(state, context, warm);
        double[] gradient = objective.gradient().clone();
        frame.subtractUpperTerm(state.real("upper"), gradient);
        return new Gradient(gradient, 0);
    }
}
