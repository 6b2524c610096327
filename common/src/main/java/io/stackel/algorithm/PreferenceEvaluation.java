package io.stackel.algorithm;

import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Objective;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.PreferenceModel;
import io.stackel.exact.SoftOptimum;
import io.stackel.optim.Projection;
import io.stackel.policy.Policy;
import io.stackel.problem.PreferenceProblem;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Figures of a preference problem: the true return of the run's policy and of the best response to the learnt reward, and
 * the lower gap, all exact; the upper objective and its stationarity gap where all segments can be listed.
 */
public final class PreferenceEvaluation implements Evaluation {

    /** The discounted return of the true reward under the run's policy. */
    public static final String TRUE_RETURN = "trueReturn";

    /** The discounted return of the true reward under the best response to the learnt reward. */
    public static final String TRUE_RETURN_AT_BEST_RESPONSE = "trueReturnAtBestResponse";

    /** The pairs that were labelled so far. */
    public static final String LABELS = "labels";

    private static final double TOLERANCE = 1e-12;
    private static final double[] COLD = {};

    private final PreferenceProblem problem;
    private final Policy policy;
    private final Projection projection;
    private final ExactModel process;
    private final Optional<PreferenceModel> listed;

    /**
     * An evaluation.
     *
     * @param projection onto the admissible upper variables, for the stationarity gap
     */
    public PreferenceEvaluation(PreferenceProblem problem, Policy policy, Projection projection) {
        this.problem = problem;
        this.policy = policy;
        this.projection = projection;
        process = new ExactModel(problem, 0);
        listed = PreferenceModel.of(problem);
    }

    @Override
    public SortedMap<String, Double> measure(Algorithm algorithm, State state) {
        double[] x = algorithm.upper(state);
        DenseVector upper = new DenseVector(x);
        ExactPoint point = process.at(upper);
        SoftOptimum best = point.best(0, TOLERANCE, COLD);
        PolicyValues values =
                point.evaluate(PolicyTable.logProbabilities(problem, policy, algorithm.follower(state, 0)));
        SortedMap<String, Double> figures = new TreeMap<>();
        figures.put(TRUE_RETURN, values.upperReturn());
        figures.put(
                TRUE_RETURN_AT_BEST_RESPONSE, point.evaluate(best.logPolicy()).upperReturn());
        figures.put(LABELS, (double) PairBuffer.labelled(state));
        figures.put(LOWER_GAP, point.lowerGap(values, best));
        listed.ifPresent(model -> {
            figures.put(
                    UPPER_OBJECTIVE,
                    model.upperObjective(upper, values.logPolicy()).value());
            if (problem.entropyWeight() > 0) {
                Objective exact = model.hypergradient(upper, best);
                figures.put(UPPER_OBJECTIVE_AT_BEST_RESPONSE, exact.value());
                figures.put(STATIONARITY_GAP, projection.gap(x, exact.gradient()));
            }
        });
        return figures;
    }
}
