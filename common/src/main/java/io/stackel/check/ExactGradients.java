package io.stackel.check;

import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Gradients;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.Softmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.InverseProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Central differences of the exact quantities of a finite problem against their gradients, in one context: J and f in
 * the follower's logits and in x; with entropy also the value penalty and the Bellman penalty (even state distribution)
 * in both, and the objective at the best response, the one-sided and the two-sided surrogate in x.
 *
 * <p>Values come from linear systems of condition 2/(1 - discount), penalties weigh them with up to 1/(1 - discount)
 * visits, surrogates divide by sigma: with R the largest reward plus entropy, their rounding is taken as
 *
 * <pre>
 *     4 u R / (1 - discount)^2   values       ... / (1 - discount)   penalties       ... / sigma   surrogates
 * </pre>
 *
 * <p>and that of a likelihood, which sums logarithms of probabilities, as twice a value's over {@code (1 - discount) tau}.
 * Where the upper objective is one there are no surrogates.
 */
final class ExactGradients {

    private static final double[] COLD = {};

    private final CheckedContext<? extends FiniteProblem> scene;
    private final ExactModel model;
    private final ExactPoint here;
    private final double[] even;
    private final double value;
    private final double penalty;
    private final double term;

    ExactGradients(CheckedContext<? extends FiniteProblem> scene) {
        this.scene = scene;
        FiniteProblem problem = scene.problem();
        model = new ExactModel(problem, scene.context());
        here = model.at(scene.upper());
        even = new double[problem.states()];
        Arrays.fill(even, 1.0 / even.length);
        value = ExactQuantity.valueNoise(scene);
        penalty = value / (1 - problem.discount());
        double likelihood = problem.as(InverseProblem.class).isPresent() ? 2 * penalty / problem.entropyWeight() : 0;
        term = ExactQuantity.termNoise(scene) + likelihood;
    }

    /** Values of the optima nearby, from which every search starts, so that a result depends on its point alone. */
    private record Optima(double[] best, double[] minus, double[] plus) {}

    /**
     * Compares at the point.
     *
     * @param logits of the follower's policy, S x B
     * @param mostDirections along which is looked
     */
    void check(double[] logits, int mostDirections) {
        boolean soft = scene.problem().entropyWeight() > 0;
        double sigma = scene.at().sigma();
        Optima warm = !soft
                ? new Optima(COLD, COLD, COLD)
                : new Optima(
                        best(here, 0, COLD).value(),
                        best(here, -sigma, COLD).value(),
                        best(here, sigma, COLD).value());
        ExactQuantity.compare(
                scene,
                mostDirections,
                logits,
                quantities(scene.upper(), logits, warm),
                (x, theta) -> quantities(x, theta, warm));
    }

    private static SoftOptimum best(ExactPoint point, double weight, double[] warm) {
        return point.best(weight, SoftOptimum.TO_ROUNDING, warm);
    }

    private List<ExactQuantity> quantities(DenseVector x, double[] theta, Optima warm) {
        FiniteProblem problem = scene.problem();
        ExactPoint point = x.equals(scene.upper()) ? here : model.at(x);
        PolicyValues values = point.evaluate(Softmax.logProbabilities(theta, problem.actions()));
        List<ExactQuantity> all = new ArrayList<>();
        all.add(new ExactQuantity("J", value, values::followerValue, () -> point.followerGradients(values)));
        all.add(new ExactQuantity("f", value + term, values::upperObjective, () -> point.upperGradients(values)));
        if (!(problem.entropyWeight() > 0)) {
            return all;
        }
        double sigma = scene.at().sigma();
        double surrogate = penalty / sigma + term;
        SoftOptimum best = best(point, 0, warm.best);
        SoftOptimum minus = best(point, -sigma, warm.minus);
        SoftOptimum plus = best(point, sigma, warm.plus);
        all.add(new ExactQuantity(
                "value penalty",
                penalty,
                () -> point.lowerGap(values, best),
                () -> point.valuePenalty(values, best).gradients()));
        all.add(new ExactQuantity(
                "Bellman penalty",
                penalty,
                () -> point.bellmanPenalty(values, best, even).value(),
                () -> point.bellmanPenalty(values, best, even).gradients()));
        all.add(new ExactQuantity(
                "objective at the best response",
                value + term,
                () -> point.evaluate(best.logPolicy()).upperObjective(),
                () -> Gradients.ofUpper(point.hypergradient(best).gradient())));
        if (point.hasSurrogates()) {
            all.add(ExactQuantity.of(
                    "one-sided surrogate", surrogate, () -> point.oneSidedSurrogate(sigma, best, plus)));
            all.add(ExactQuantity.of(
                    "two-sided surrogate", surrogate, () -> point.twoSidedSurrogate(sigma, best, minus, plus)));
        }
        return all;
    }
}
