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
 * Exact figures of a finite problem, all of them means over the contexts: the objective at the exact best response and its
 * stationarity gap; the objective and the gap of the best response as the algorithm knows it, and of its surrogates.
 *
 * <p>A follower that is learnt from samples is as it was when the algorithm last saw a context; what has not been seen since x
 * moved is part of its gap.
 */
public final class ExactEvaluation implements Evaluation {

    private static final double TOLERANCE = 1e-12;

    private final FiniteProblem problem;
    private final Policy policy;
    private final Projection projection;
    private final ExactObjective objective;

    /**
     * Prepares every context of the problem.
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
        int contexts = problem.contexts();
        for (int context = 0; context < contexts; context++) {
            ExactPoint one = point.points().get(context);
            SoftOptimum optimum = best.get(context);
            add(UPPER_OBJECTIVE, LOWER_GAP, one, optimum, algorithm.follower(state, context), figures);
            algorithm
                    .surrogates(state, context)
                    .forEach((name, theta) -> add(
                            Evaluation.of(UPPER_OBJECTIVE, name),
                            Evaluation.of(LOWER_GAP, name),
                            one,
                            optimum,
                            theta,
                            figures));
        }
        return figures;
    }

    /** Adds a context's share of a policy's objective and gap. */
    private void add(
            String objectiveKey,
            String gapKey,
            ExactPoint point,
            SoftOptimum best,
            double[] theta,
            SortedMap<String, Double> into) {
        PolicyValues values = point.evaluate(PolicyTable.logProbabilities(problem, policy, theta));
        into.merge(objectiveKey, values.upperObjective() / problem.contexts(), Double::sum);
        into.merge(gapKey, point.lowerGap(values, best) / problem.contexts(), Double::sum);
    }
}
