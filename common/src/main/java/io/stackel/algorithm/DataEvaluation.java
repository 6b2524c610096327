package io.stackel.algorithm;

import io.stackel.exact.ExactFit;
import io.stackel.exact.FullLoss;
import io.stackel.exact.Objective;
import io.stackel.math.VectorMath;
import io.stackel.optim.Projection;
import io.stackel.problem.DataProblem;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Figures of a data problem at the model that minimises g, as far as the algorithm knows it: f over all validation rows and
 * the problem's own; with a quadratic lower level also the exact objective at the best response, its stationarity gap and
 * the gap of the lower level. The objective and the gap of the other models stand beside them under their names, of the
 * penalised one also the problem's own: it is what a penalty method for data is published with.
 */
public final class DataEvaluation implements Evaluation {

    /** The squared norm of the exact hypergradient, without projection. */
    public static final String SQUARED_HYPERGRADIENT_NORM = "squaredHypergradientNorm";

    private final DataProblem problem;
    private final Projection projection;

    /**
     * Measures on all rows of the problem.
     *
     * @param projection onto the admissible upper variables, for the stationarity gap |x - projection(x - gradient)|
     */
    public DataEvaluation(DataProblem problem, Projection projection) {
        this.problem = problem;
        this.projection = projection;
    }

    @Override
    public SortedMap<String, Double> measure(Algorithm algorithm, State state) {
        double[] upper = algorithm.upper(state);
        double[] lower = algorithm.follower(state, 0);
        DenseVector x = new DenseVector(upper);
        DenseVector w = new DenseVector(lower);
        SortedMap<String, Double> figures = new TreeMap<>(problem.figures(x, w));
        figures.put(UPPER_OBJECTIVE, FullLoss.upper(problem, x, w));
        SortedMap<String, double[]> others = algorithm.surrogates(state, 0);
        others.forEach((name, other) -> {
            DenseVector model = new DenseVector(other);
            figures.put(Evaluation.of(UPPER_OBJECTIVE, name), FullLoss.upper(problem, x, model));
            if (name.equals(Algorithm.PENALISED)) {
                problem.figures(x, model).forEach((key, value) -> figures.put(Evaluation.of(key, name), value));
            }
        });
        problem.quadratic().ifPresent(quadratic -> {
            ExactFit fit = new ExactFit(quadratic, x);
            Objective exact = fit.hypergradient();
            figures.put(UPPER_OBJECTIVE_AT_BEST_RESPONSE, exact.value());
            figures.put(SQUARED_HYPERGRADIENT_NORM, VectorMath.normSquared(exact.gradient()));
            figures.put(STATIONARITY_GAP, projection.gap(upper, exact.gradient()));
            figures.put(LOWER_GAP, fit.lowerGap(lower));
            others.forEach((name, other) -> figures.put(Evaluation.of(LOWER_GAP, name), fit.lowerGap(other)));
        });
        return figures;
    }
}
