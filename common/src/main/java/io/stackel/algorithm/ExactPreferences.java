package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.exact.Objective;
import io.stackel.exact.PreferenceModel;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.VectorMath;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The ceiling for small preference problems: the exact hypergradient, without samples or labels.
 *
 * @param model that lists the segments
 */
record ExactPreferences(PreferenceModel model) implements Method {

    @Override
    public List<Target> targets() {
        return List.of(Target.BEST_RESPONSE);
    }

    @Override
    public List<Estimand> estimands() {
        return List.of();
    }

    /** The hypergradient less the terms in x alone, which the frame adds. */
    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        double[] x = state.real("upper");
        DenseVector upper = new DenseVector(x);
        double[] warm = state.real(LowerSolver.name("plan", 0, 0));
        SoftOptimum best = model.process(upper).best(0, frame.setup().lower().tolerance(), warm);
        Objective objective = model.hypergradient(upper, best);
        double[] term = new double[x.length];
        frame.addUpperTerm(x, term);
        return new Gradient(VectorMath.minus(objective.gradient(), term), 0, new TreeMap<>());
    }
}
