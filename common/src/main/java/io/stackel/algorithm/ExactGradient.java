package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Objective;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.VectorMath;
import io.stackel.problem.FiniteProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/** The ceiling for finite problems: the exact hypergradient by linear solves, without samples. */
final class ExactGradient implements Method {

    private final List<ExactModel> models = new ArrayList<>();

    ExactGradient(FiniteProblem problem) {
        for (int k = 0; k < problem.contexts(); k++) {
            models.add(new ExactModel(problem, k));
        }
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.BEST_RESPONSE);
    }

    @Override
    public List<Estimand> estimands() {
        return List.of();
    }

    /** The hypergradient in the iteration's context, less the terms in x alone, which the frame adds. */
    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        int context = frame.context(state.iteration());
        double[] x = state.real("upper");
        ExactPoint point = models.get(context).at(new DenseVector(x));
        double[] warm = state.real(LowerSolver.name("plan", 0, context));
        SoftOptimum best = point.best(0, frame.setup().lower().tolerance(), warm);
        Objective objective = point.hypergradient(best);
        double[] term = new double[x.length];
        frame.addUpperTerm(x, term);
        double[] gradient = objective.gradient().clone();
        VectorMath.addScaled(-1, term, gradient);
        return new Gradient(gradient, 0, new TreeMap<>());
    }
}
