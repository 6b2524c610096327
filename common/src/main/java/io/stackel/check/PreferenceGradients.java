package io.stackel.check;

import static io.stackel.check.SampledPoint.OTHER;
import static io.stackel.check.SampledPoint.OWN;
import static io.stackel.check.SampledPoint.PLAIN_OTHER;

import io.stackel.estimate.Combination;
import io.stackel.estimate.PairLossGradient;
import io.stackel.exact.Gradients;
import io.stackel.exact.PreferenceModel;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.Softmax;
import io.stackel.math.VectorMath;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.GameTables;
import io.stackel.problem.PairObjective;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The loss on pairs of segments of a problem whose segments can be listed: central differences of the exact objective, at a
 * policy and at the best response, against its gradients; and what the engine samples against what is exact.
 */
final class PreferenceGradients {

    private static final double BASELINE = 0.5;
    private static final double[] COLD = {};

    private final FinitePreferences problem;
    private final PreferenceModel model;
    private final SampledPoint followers;
    private final DenseVector upper;
    private final ChunkComparison comparison;

    private PreferenceGradients(FinitePreferences problem, PreferenceModel model, SampledPoint followers) {
        this.problem = problem;
        this.model = model;
        this.followers = followers;
        upper = followers.scene.upper();
        comparison = followers.comparison(
                Math.max(problem.pairs().steps(), followers.scene.horizon(ChunkComparison.TRUNCATION)));
    }

    /**
     * Makes both, if the segments can be listed.
     *
     * @param logits of the point's policy, S x B
     * @param mostDirections along which is looked
     */
    static void check(FinitePreferences problem, SampledPoint followers, double[] logits, int mostDirections) {
        Optional<PreferenceModel> model = PreferenceModel.of(problem);
        if (model.isEmpty()) {
            followers
                    .scene
                    .results()
                    .leaveOut("the loss on pairs, which is exact for at most "
                            + PreferenceModel.MOST_SEGMENTS
                            + " segments alone: shorten them and the problem for this check");
            return;
        }
        PreferenceGradients losses = new PreferenceGradients(problem, model.get(), followers);
        losses.differences(logits, mostDirections);
        losses.samples();
    }

    private void differences(double[] logits, int most) {
        CheckedContext<?> scene = followers.scene;
        ExactQuantity.compare(scene, most, logits, loss(upper, logits), this::loss);
        if (problem.entropyWeight() > 0) {
            double[] warm = best(upper, COLD).value();
            ExactQuantity.compare(scene, most, logits, atBest(upper, COLD), (x, theta) -> atBest(x, warm));
        }
    }

    private List<ExactQuantity> loss(DenseVector x, double[] theta) {
        PreferenceModel.Value loss = model.upperObjective(x, Softmax.logProbabilities(theta, problem.actions()));
        return List.of(new ExactQuantity("loss on pairs", noise(1), loss::value, loss::gradients));
    }

    private List<ExactQuantity> atBest(DenseVector x, double[] warm) {
        double amplified = 1 / (1 - problem.discount()) / problem.entropyWeight();
        return List.of(ExactQuantity.of(
                "loss on pairs at the best response",
                noise(Math.max(1, amplified)),
                () -> model.hypergradient(x, best(x, warm))));
    }

    private SoftOptimum best(DenseVector x, double[] warm) {
        return model.process(x).best(0, SoftOptimum.TO_ROUNDING, warm);
    }

    /** Rounding of a loss of differences of sums of rewards, and of logits where it passes through a best response. */
    private double noise(double amplified) {
        double[] reward = GameTables.of(problem, upper, 0).lowerReward();
        double sums = 1 + problem.pairs().steps() * (1 + VectorMath.maxAbs(reward));
        return 16 * CentralDifference.ROUNDING * (sums * amplified + Math.abs(problem.upperTerm(upper)));
    }

    private void samples() {
        pairs("two-sided shared pairs", OTHER, new Combination(1, 0.5, 0.5), true);
        pairs("two-sided independent pairs", PLAIN_OTHER, new Combination(1, 0.5, 0.5), false);
        pairs("shared pairs of one side", PLAIN_OTHER, Combination.upperObjective(), true);
    }

    /** With scale 1 the gradients of J weigh about as much as those of f, so that an error of either shows. */
    private void pairs(String name, int other, Combination combination, boolean shared) {
        boolean wins = problem.objective() == PairObjective.WIN_RATE;
        PreferenceModel whole = wins ? model.against(followers.other.logPolicy()) : model;
        Gradients exact = followers.combined(
                combination,
                whole.upperObjective(upper, followers.own.logPolicy()).gradients(),
                whole.upperObjective(upper, followers.other.logPolicy()).gradients());
        comparison.gradients(
                name,
                comparison.withoutTerm(exact, 1),
                new PairLossGradient(
                        followers.terms(OWN, other, shared, combination),
                        problem.pairs(),
                        problem.objective(),
                        BASELINE,
                        0,
                        wins ? PLAIN_OTHER : PairLossGradient.NO_REFERENCE),
                followers.inParameters());
    }
}
