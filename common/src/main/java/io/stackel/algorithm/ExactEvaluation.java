package io.stackel.algorithm;

import io.stackel.estimate.PolicyTable;
import io.stackel.exact.AveragePoint;
import io.stackel.exact.ExactObjective;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Objective;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.optim.Projection;
import io.stackel.policy.Policy;
import io.stackel.problem.FiniteProblem;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Exact figures of a finite problem: the objective at the best response and its stationarity gap, averaged over the
 * contexts; the objective and the gap of the follower's own policy, in the context for which that policy is up to date.
 */
public final class ExactEvaluation implements Evaluation {

    private static final double TOLERANCE = 1e-12;

    private final FiniteProblem problem;
    private final Policy policy;
    private final Projection projection;
    private final ExactObjective objective;

    /**
     * An evaluation.
     *
     * @param projection onto the admissible upper variables, for the stationarity gap |x - projection(x - gradient)|
     */
    public ExactEvaluation(FiniteProblem problem, Policy policy, Projection projection) {
        this.problem = problem;
        this.policy = policy;
        this.projection = projection;
        objective = new ExactObjective(problem);
    }

    @Override
    public SortedMap<String, Double> measure(Algorithm algorithm, State state) {
        double[] x = algorithm.upper(state);
        AveragePoint point = objective.at(new DenseVector(x));
        List<SoftOptimum> best = point.best(0, TOLERANCE, List.of());
        SortedMap<String, Double> figures = new TreeMap<>();
        if (problem.entropyWeight() > 0) {
            Objective exact = point.hypergradient(best);
            figures.put(UPPER_OBJECTIVE_AT_BEST_RESPONSE, exact.value());
            figures.put(STATIONARITY_GAP, projection.gap(x, exact.gradient()));
        } else {
            figures.put(UPPER_OBJECTIVE_AT_BEST_RESPONSE, point.objective(best));
        }
        int context = algorithm.context(state);
        ExactPoint current = point.points().get(context);
        PolicyValues values =
                current.evaluate(PolicyTable.logProbabilities(problem, policy, algorithm.follower(state, context)));
        figures.put(UPPER_OBJECTIVE, values.upperObjective());
        figures.put(LOWER_GAP, current.lowerGap(values, best.get(context)));
        return figures;
    }
}
