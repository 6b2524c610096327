package io.stackel.algorithm;

import io.stackel.exact.ExactFit;
import io.stackel.exact.FullLoss;
import io.stackel.exact.Objective;
import io.stackel.math.VectorMath;
import io.stackel.optim.Projection;
import io.stackel.problem.DataProblem;
import io.stackel.problem.QuadraticLower;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Figures of a data problem over all validation rows and the problem's own; with a quadratic lower level also the exact
 * objective at the best response, its stationarity gap and the gap of the lower level.
 */
public final class DataEvaluation implements Evaluation {

    /** The squared norm of the exact hypergradient, without projection. */
    public static final String SQUARED_HYPERGRADIENT_NORM = "squaredHypergradientNorm";

    private final DataProblem problem;
    private final Projection projection;

    /**
     * An evaluation.
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
        if (problem instanceof QuadraticLower quadratic) {
            ExactFit fit = new ExactFit(quadratic, x);
            Objective exact = fit.hypergradient();
            figures.put(UPPER_OBJECTIVE_AT_BEST_RESPONSE, exact.value());
            figures.put(SQUARED_HYPERGRADIENT_NORM, VectorMath.normSquared(exact.gradient()));
            figures.put(STATIONARITY_GAP, projection.gap(upper, exact.gradient()));
            figures.put(LOWER_GAP, fit.lowerGap(lower));
        }
        return figures;
    }
}
