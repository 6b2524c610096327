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
 * Exact figures of a zero-sum game: the designer's objective at the equilibrium and its stationarity gap, averaged over
 * the contexts; the objective, the Nikaido-Isoda gap and the designer's value of the run's own policies, in the context
 * for which they are up to date.
 */
public final class ZeroSumEvaluation implements Evaluation {

    /** What both players together gain by best responses; also given as the lower gap. */
    public static final String NIKAIDO_ISODA_GAP = "nikaidoIsodaGap";

    /** The designer's discounted return under the run's policies, without the terms in x alone. */
    public static final String DESIGNER_VALUE = "designerValue";

    /** The designer's discounted return at the equilibrium. */
    public static final String DESIGNER_VALUE_AT_EQUILIBRIUM = "designerValueAtEquilibrium";

    private static final double TOLERANCE = 1e-12;
    private static final double[] COLD = {};

    private final ZeroSumProblem problem;
    private final TwoPlayerSoftmax policy;
    private final Projection projection;
    private final List<ZeroSumModel> models = new ArrayList<>();

    /**
     * An evaluation.
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
        int context = algorithm.context(state);
        SortedMap<String, Double> figures = new TreeMap<>();
        if (problem.entropyWeight() > 0) {
            addEquilibrium(x, figures);
        }
        ZeroSumProfile profile = models.get(context)
                .at(new DenseVector(x))
                .profile(policy.playersLogs(algorithm.follower(state, context)));
        double gap = profile.gap(profile.firstResponse(TOLERANCE, COLD), profile.secondResponse(TOLERANCE, COLD));
        figures.put(UPPER_OBJECTIVE, profile.upperObjective());
        figures.put(LOWER_GAP, gap);
        figures.put(NIKAIDO_ISODA_GAP, gap);
        figures.put(DESIGNER_VALUE, problem.upperTerm(new DenseVector(x)) - profile.upperObjective());
        return figures;
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
