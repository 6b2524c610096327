package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Gradients;
import io.stackel.exact.Penalty;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.Softmax;
import io.stackel.math.VectorMath;
import io.stackel.problem.FiniteProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
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

    private final FiniteProblem problem;
    private final int context;
    private final ExactModel model;
    private final CheckPoint at;
    private final double[] logits;
    private final double[] even;
    private final boolean soft;
    private final Directions random;
    private final int mostDirections;

    /**
     * Prepares a context.
     *
     * @param logits of the follower's policy, S x B
     * @param mostDirections along which is looked
     */
    ExactGradients(
            FiniteProblem problem, int context, CheckPoint at, double[] logits, Directions random, int mostDirections) {
        this.problem = problem;
        this.context = context;
        this.at = at;
        this.logits = logits;
        this.random = random;
        this.mostDirections = mostDirections;
        model = new ExactModel(problem, context);
        even = new double[problem.states()];
        Arrays.fill(even, 1.0 / even.length);
        soft = problem.entropyWeight() > 0;
    }

    List<Finding> check() {
        ExactPoint point = model.at(at.upper());
        PolicyValues values = point.evaluate(logPolicy(logits));
        List<Gradients> both = new ArrayList<>(List.of(point.followerGradients(values), point.upperGradients(values)));
        List<double[]> inUpper = new ArrayList<>();
        Optima warm = soft ? optima(point, new Optima(COLD, COLD, COLD)) : new Optima(COLD, COLD, COLD);
        if (soft) {
            SoftOptimum best = best(point, 0, warm.best);
            both.add(point.valuePenalty(values, best).gradients());
            both.add(point.bellmanPenalty(values, best, even).gradients());
            both.forEach(gradients -> inUpper.add(gradients.inUpper()));
            SoftOptimum minus = best(point, -at.sigma(), warm.minus);
            SoftOptimum plus = best(point, at.sigma(), warm.plus);
            inUpper.add(point.hypergradient(best).gradient());
            if (point.hasSurrogates()) {
                inUpper.add(point.oneSidedSurrogate(at.sigma(), best, plus).gradient());
                inUpper.add(
                        point.twoSidedSurrogate(at.sigma(), best, minus, plus).gradient());
            }
        } else {
            both.forEach(gradients -> inUpper.add(gradients.inUpper()));
        }
        List<double[]> inLower = both.stream().map(Gradients::inLower).toList();
        List<Finding> findings = new ArrayList<>(compare(
                "theta",
                Use.LOWER,
                logits,
                inLower,
                theta -> Arrays.copyOf(quantities(point, theta, warm), inLower.size())));
        findings.addAll(compare(
                "x",
                Use.UPPER,
                at.upper().values(),
                inUpper,
                x -> quantities(model.at(new DenseVector(x)), logits, warm)));
        return findings;
    }

    private List<Finding> compare(
            String variable, Use use, double[] start, List<double[]> gradients, UnaryOperator<double[]> functions) {
        List<String> names = List.of(
                "J",
                "f",
                "value penalty",
                "Bellman penalty",
                "objective at the best response",
                "one-sided surrogate",
                "two-sided surrogate");
        String where = problem.contexts() == 1 ? "" : ", context " + context;
        List<WorstError> errors = new ArrayList<>();
        for (int i = 0; i < gradients.size(); i++) {
            errors.add(new WorstError("exact " + names.get(i) + " in " + variable + where));
        }
        double[] noise = Arrays.copyOf(noise(), gradients.size());
        for (int k = 0; k < Math.min(mostDirections, start.length); k++) {
            double[] direction = random.direction(use, k, start.length, mostDirections);
            CentralDifference difference = CentralDifference.along(functions, start, direction, noise);
            for (int i = 0; i < errors.size(); i++) {
                double analytic = VectorMath.dot(gradients.get(i), direction);
                errors.get(i).add(analytic, difference.value()[i], difference.bound()[i]);
            }
        }
        return errors.stream().map(WorstError::finding).toList();
    }

    /** Values of the optima nearby, from which every search starts, so that a result depends on its point alone. */
    private record Optima(double[] best, double[] minus, double[] plus) {}

    private Optima optima(ExactPoint point, Optima warm) {
        return new Optima(
                best(point, 0, warm.best).value(),
                best(point, -at.sigma(), warm.minus).value(),
                best(point, at.sigma(), warm.plus).value());
    }

    private static SoftOptimum best(ExactPoint point, double weight, double[] warm) {
        return point.best(weight, SoftOptimum.TO_ROUNDING, warm);
    }

    private double[] quantities(ExactPoint point, double[] theta, Optima warm) {
        PolicyValues values = point.evaluate(logPolicy(theta));
        if (!soft) {
            return new double[] {values.followerValue(), values.upperObjective()};
        }
        SoftOptimum best = best(point, 0, warm.best);
        SoftOptimum minus = best(point, -at.sigma(), warm.minus);
        SoftOptimum plus = best(point, at.sigma(), warm.plus);
        Penalty bellman = point.bellmanPenalty(values, best, even);
        return new double[] {
            values.followerValue(),
            values.upperObjective(),
            point.lowerGap(values, best),
            bellman.value(),
            point.evaluate(best.logPolicy()).upperObjective(),
            point.hasSurrogates()
                    ? point.oneSidedSurrogate(at.sigma(), best, plus).value()
                    : 0,
            point.hasSurrogates()
                    ? point.twoSidedSurrogate(at.sigma(), best, minus, plus).value()
                    : 0
        };
    }

    private double[] noise() {
        double[] table = new double[problem.game(context).jointCells()];
        problem.lowerReward(at.upper(), context, table);
        double largest = VectorMath.maxAbs(table);
        problem.upperReward(at.upper(), context, table);
        largest = Math.max(largest, VectorMath.maxAbs(table));
        largest += problem.entropyWeight() * StrictMath.log(problem.actions());
        double rest = 1 - problem.discount();
        double value = 4 * CentralDifference.ROUNDING * largest / (rest * rest);
        double term = 8 * CentralDifference.ROUNDING * Math.abs(problem.upperTerm(at.upper()));
        if (problem.inverse().isPresent()) {
            term += 2 * value / rest / problem.entropyWeight();
        }
        return new double[] {
            value,
            value + term,
            value / rest,
            value / rest,
            value + term,
            value / rest / at.sigma() + term,
            value / rest / at.sigma() + term
        };
    }

    private double[] logPolicy(double[] theta) {
        double[] logs = new double[theta.length];
        int actions = problem.actions();
        for (int row = 0; row < theta.length; row += actions) {
            Softmax.logProbabilities(theta, row, actions, logs);
        }
        return logs;
    }
}
