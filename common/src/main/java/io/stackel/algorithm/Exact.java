package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.exact.ExactFit;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Objective;
import io.stackel.exact.PreferenceModel;
import io.stackel.exact.ZeroSumModel;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.math.VectorMath;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.QuadraticLower;
import io.stackel.problem.ZeroSumProblem;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
        Objective at(DenseVector x, int context, double[] warm);
    }

    /** On tables, where the upper objective is a return or the likelihood of experts. */
    static Exact onTables(FiniteProblem problem, double tolerance) {
        List<ExactModel> models = IntStream.range(0, problem.contexts())
                .mapToObj(context -> new ExactModel(problem, context))
                .toList();
        return new Exact((x, context, warm) -> {
            ExactPoint point = models.get(context).at(x);
            return point.hypergradient(point.best(0, tolerance, warm));
        });
    }

    /** Where the upper objective is the loss on pairs, by a model that lists the segments. */
    static Exact onPairs(PreferenceModel model, double tolerance) {
        return new Exact(
                (x, context, warm) -> model.hypergradient(x, model.process(x).best(0, tolerance, warm)));
    }

    /** On data, with a quadratic lower objective. */
    static Exact onData(QuadraticLower problem) {
        return new Exact((x, context, warm) -> new ExactFit(problem, x).hypergradient());
    }

    /** At the equilibrium of a zero-sum game. */
    static Exact onPlayers(ZeroSumProblem problem, double tolerance) {
        List<ZeroSumModel> models = IntStream.range(0, problem.contexts())
                .mapToObj(context -> new ZeroSumModel(problem, context))
                .toList();
        return new Exact((x, context, warm) -> {
            ZeroSumPoint point = models.get(context).at(x);
            return point.hypergradient(point.equilibrium(tolerance, warm));
        });
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.BEST_RESPONSE);
    }

    @Override
    public List<Estimand> estimands(State state) {
        return List.of();
    }

    /** The hypergradient less the terms in x alone, which {@link TwoLevel} adds. */
    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        int context = frame.context(state.iteration());
        double[] x = state.real("upper");
        String plan = LowerSolver.name("plan", 0, context);
        double[] warm = state.has(plan) ? state.real(plan) : COLD;
        Objective objective = hypergradient.at(new DenseVector(x), context, warm);
        double[] term = new double[x.length];
        frame.addUpperTerm(x, term);
        return new Gradient(VectorMath.minus(objective.gradient(), term), 0, new TreeMap<>());
    }
}
