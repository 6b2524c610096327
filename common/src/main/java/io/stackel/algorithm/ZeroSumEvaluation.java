package io.stackel.algorithm;

import io.stackel.exact.Objective;
import io.stackel.exact.SoftEquilibrium;
import io.stackel.exact.ZeroSumModel;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.exact.ZeroSumProfile;
import io.stackel.math.VectorMath;
import io.stackel.optim.Projection;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.ZeroSumProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Exact figures of a zero-sum game, all of them means over the contexts: the designer's objective at the exact equilibrium
 * and its stationarity gap; the objective, the Nikaido-Isoda gap and the designer's value of the equilibrium as the
 * algorithm knows it; the objective and the gap of the penalised policies, if there are any.
 */
public final class ZeroSumEvaluation implements Evaluation {

    /** What both players together gain by best responses; also given as the lower gap. */
    public static final String NIKAIDO_ISODA_GAP = "nikaidoIsodaGap";

    /** The designer's discounted return at the equilibrium as the algorithm knows it, without the terms in x alone. */
    public static final String DESIGNER_VALUE = "designerValue";

    /** The designer's discounted return at the exact equilibrium. */
    public static final String DESIGNER_VALUE_AT_EQUILIBRIUM = "designerValueAtEquilibrium";

    private static final double TOLERANCE = 1e-12;
    private static final double[] COLD = {};

    private final ZeroSumProblem problem;
    private final TwoPlayerSoftmax policy;
    private final Projection projection;
    private final List<ZeroSumModel> models = new ArrayList<>();

    /**
     * Prepares every context of the game.
     *
     * @param projection onto the admissible upper variables, for the stationarity gap
     */
    public ZeroSumEvaluation(ZeroSumProblem problem, TwoPlayerSoftmax policy, Projection projection) {
        this.problem = problem;
        this.policy = policy;
        this.projection = projection;
        for (int context = 0; context < problem.contexts(); context++) {
            models.add(new ZeroSumModel(problem, context));
        }
    }

    @Override
    public SortedMap<String, Double> measure(Algorithm algorithm, State state) {
        double[] x = algorithm.upper(state);
        SortedMap<String, Double> figures = new TreeMap<>();
        if (problem.entropyWeight() > 0) {
            addEquilibrium(x, figures);
        }
        for (int context = 0; context < models.size(); context++) {
            ZeroSumPoint point = models.get(context).at(new DenseVector(x));
            add(UPPER_OBJECTIVE, LOWER_GAP, point, algorithm.follower(state, context), figures);
            algorithm
                    .surrogates(state, context)
                    .forEach((name, theta) -> add(
                            Evaluation.of(UPPER_OBJECTIVE, name),
                            Evaluation.of(LOWER_GAP, name),
                            point,
                            theta,
                            figures));
        }
        figures.put(NIKAIDO_ISODA_GAP, figures.get(LOWER_GAP));
        figures.put(DESIGNER_VALUE, problem.upperTerm(new DenseVector(x)) - figures.get(UPPER_OBJECTIVE));
        return figures;
    }

    /** Adds a context's share of the objective and the gap of both players' policies. */
    private void add(
            String objectiveKey, String gapKey, ZeroSumPoint point, double[] theta, SortedMap<String, Double> into) {
        ZeroSumProfile profile = point.profile(policy.playersLogs(theta));
        double gap = profile.gap(profile.firstResponse(TOLERANCE, COLD), profile.secondResponse(TOLERANCE, COLD));
        into.merge(objectiveKey, profile.upperObjective() / models.size(), Double::sum);
        into.merge(gapKey, gap / models.size(), Double::sum);
    }

    private void addEquilibrium(double[] x, SortedMap<String, Double> figures) {
        double value = 0;
        double[] gradient = new double[x.length];
        for (ZeroSumModel model : models) {
            ZeroSumPoint point = model.at(new DenseVector(x));
            SoftEquilibrium equilibrium = point.equilibrium(TOLERANCE, COLD);
            Objective objective = point.hypergradient(equilibrium);
            value += objective.value() / models.size();
            VectorMath.addScaled(1.0 / models.size(), objective.gradient(), gradient);
        }
        figures.put(UPPER_OBJECTIVE_AT_BEST_RESPONSE, value);
        figures.put(DESIGNER_VALUE_AT_EQUILIBRIUM, problem.upperTerm(new DenseVector(x)) - value);
        figures.put(STATIONARITY_GAP, projection.gap(x, gradient));
    }
}
