package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.PairLossGradient;
import io.stackel.estimate.PolicyTable;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Objective;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.PreferenceModel;
import io.stackel.exact.SoftOptimum;
import io.stackel.problem.FinitePreferences;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Figures of a preference problem: the true return of the best response to the learnt reward, as the algorithm knows it and
 * exactly, and the lower gap, all exact; the same of the penalised policy, if there is one; the upper objective, exact and with its stationarity gap where all segments can be listed, else
 * from pairs that no training draw sees, which are counted apart.
 *
 * <p>Where the true reward is not known, there are no true returns, and the upper objective is that of the given pairs.
 */
public final class PreferenceEvaluation implements Evaluation {

    /** The discounted return of the true reward under the best response as the algorithm knows it. */
    public static final String TRUE_RETURN = "trueReturn";

    /** The discounted return of the true reward under the exact best response to the learnt reward. */
    public static final String TRUE_RETURN_AT_BEST_RESPONSE = "trueReturnAtBestResponse";

    /** The pairs that were labelled so far. */
    public static final String LABELS = "labels";

    private static final double TOLERANCE = 1e-12;
    private static final double[] COLD = {};

    private final Setup setup;
    private final FinitePreferences problem;
    private final GradientOracle oracle;
    private final long units;
    private final ExactModel process;
    private final Optional<PreferenceModel> listed;

    /**
     * Prepares the tables, and lists the segments if they are few.
     *
     * @param problem that of the setup
     * @param units pairs of the policy for an objective that is not exact, or 0 for none
     */
    public PreferenceEvaluation(Setup setup, FinitePreferences problem, GradientOracle oracle, long units) {
        this.setup = setup;
        this.problem = problem;
        this.oracle = oracle;
        this.units = units;
        process = new ExactModel(problem, 0);
        listed = problem.labelsPairs() ? PreferenceModel.of(problem) : Optional.empty();
    }

    @Override
    public SortedMap<String, Double> measure(Algorithm algorithm, State state) {
        double[] x = algorithm.upper(state);
        DenseVector upper = new DenseVector(x);
        ExactPoint point = process.at(upper);
        SoftOptimum best = point.best(0, TOLERANCE, COLD);
        PolicyValues values = values(point, algorithm.follower(state, 0));
        SortedMap<String, Double> figures = new TreeMap<>();
        if (problem.labelsPairs()) {
            figures.put(TRUE_RETURN, values.upperReturn());
            figures.put(
                    TRUE_RETURN_AT_BEST_RESPONSE,
                    point.evaluate(best.logPolicy()).upperReturn());
        } else {
            PairBuffer buffer = new PairBuffer(problem);
            double loss = buffer.loss(problem.given(), x, new double[x.length]);
            figures.put(UPPER_OBJECTIVE, loss + problem.upperTerm(upper));
        }
        figures.put(LABELS, (double) PairBuffer.labelled(state));
        figures.put(LOWER_GAP, point.lowerGap(values, best));
        listed.ifPresent(model -> {
            figures.put(
                    UPPER_OBJECTIVE,
                    model.upperObjective(upper, values.logPolicy()).value());
            if (problem.entropyWeight() > 0) {
                Objective exact = model.hypergradient(upper, best);
                figures.put(UPPER_OBJECTIVE_AT_BEST_RESPONSE, exact.value());
                figures.put(STATIONARITY_GAP, setup.upper().projection().gap(x, exact.gradient()));
            }
        });
        algorithm.surrogates(state, 0).forEach((name, theta) -> {
            PolicyValues other = values(point, theta);
            figures.put(Evaluation.of(LOWER_GAP, name), point.lowerGap(other, best));
            if (problem.labelsPairs()) {
                figures.put(Evaluation.of(TRUE_RETURN, name), other.upperReturn());
            }
            listed.ifPresent(model -> figures.put(
                    Evaluation.of(UPPER_OBJECTIVE, name),
                    model.upperObjective(upper, other.logPolicy()).value()));
        });
        if (problem.labelsPairs() && listed.isEmpty() && units > 0) {
            addSampled(algorithm, state, figures);
        }
        return figures;
    }

    private PolicyValues values(ExactPoint point, double[] theta) {
        return point.evaluate(PolicyTable.logProbabilities(problem, setup.policy(), theta));
    }

    private void addSampled(Algorithm algorithm, State state, SortedMap<String, Double> figures) {
        double[] x = algorithm.upper(state);
        ValueGradient terms = new ValueGradient(
                new Units(Purpose.EVALUATION, 0, units),
                0,
                FollowerPair.alone(0),
                Combination.upperObjective(),
                Wanted.NEITHER,
                false);
        BatchRequest request = new BatchRequest(
                setup.seed(),
                state.iteration(),
                0,
                0,
                setup.sampling().horizon(),
                setup.sampling().unitsPerChunk(),
                BatchRequest.ALL_RESIDUALS,
                false,
                List.of(x),
                List.of(Follower.plain(algorithm.follower(state, 0))),
                List.of(new PairLossGradient(terms, problem.pairs(), 0, 0)));
        BatchResult result =
                oracle.evaluate(request, "evaluation at step " + state.step() + ", iteration " + state.iteration());
        BatchResult.Estimate loss = result.estimate(0);
        figures.put(UPPER_OBJECTIVE, problem.upperTerm(new DenseVector(x)) - loss.upperReturn());
        figures.put(UPPER_OBJECTIVE_STANDARD_ERROR, loss.upperReturnStandardError());
        figures.put(SAMPLES, (double) result.steps());
    }
}
