package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.exact.Gradients;
import io.stackel.exact.SoftEquilibrium;
import io.stackel.exact.SoftOptimum;
import io.stackel.exact.ZeroSumModel;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.exact.ZeroSumProfile;
import io.stackel.math.VectorMath;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.ZeroSumProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Central differences of the exact quantities of a zero-sum game against their gradients, in one context: V and f in both
 * players' logits and in x; with entropy also the Nikaido-Isoda gap in both, and the objective at the equilibrium in x.
 *
 * <p>Rounding is taken as in {@link ExactGradients}; at the equilibrium, where it passes through policies whose logits
 * are payoffs over tau, 1/(1 - discount) (1 + R/tau) times as much.
 */
final class ZeroSumGradients {

    private static final double[] COLD = {};
    private static final List<String> NAMES = List.of("V", "f", "Nikaido-Isoda gap", "objective at the equilibrium");

    private final ZeroSumProblem problem;
    private final TwoPlayerSoftmax policy;
    private final int context;
    private final CheckPoint at;
    private final Directions random;
    private final int mostDirections;
    private final ZeroSumModel model;
    private final boolean soft;

    ZeroSumGradients(
            ZeroSumProblem problem,
            TwoPlayerSoftmax policy,
            int context,
            CheckPoint at,
            Directions random,
            int mostDirections) {
        this.problem = problem;
        this.policy = policy;
        this.context = context;
        this.at = at;
        this.random = random;
        this.mostDirections = mostDirections;
        model = new ZeroSumModel(problem, context);
        soft = problem.entropyWeight() > 0;
    }

    /** Values nearby, from which every search starts, so that a result depends on its point alone. */
    private record Warm(double[] first, double[] second, double[] equilibrium) {}

    List<Finding> check() {
        ZeroSumPoint point = model.at(at.upper());
        ZeroSumProfile profile = profile(point, at.lower());
        List<Gradients> both = new ArrayList<>(List.of(profile.valueGradients(), profile.upperGradients()));
        Warm warm = new Warm(COLD, COLD, COLD);
        List<double[]> inUpper = new ArrayList<>();
        if (soft) {
            SoftOptimum first = profile.firstResponse(SoftOptimum.TO_ROUNDING, COLD);
            SoftOptimum second = profile.secondResponse(SoftOptimum.TO_ROUNDING, COLD);
            SoftEquilibrium equilibrium = point.equilibrium(SoftOptimum.TO_ROUNDING, COLD);
            warm = new Warm(first.value(), second.value(), equilibrium.value());
            both.add(profile.nikaidoIsoda(first, second).gradients());
            both.forEach(gradients -> inUpper.add(gradients.inUpper()));
            inUpper.add(point.hypergradient(equilibrium).gradient());
        } else {
            both.forEach(gradients -> inUpper.add(gradients.inUpper()));
        }
        Warm from = warm;
        List<Finding> findings = new ArrayList<>(compare(
                "theta",
                Use.LOWER,
                at.lower(),
                both.stream().map(Gradients::inLower).toList(),
                theta -> Arrays.copyOf(quantities(point, theta, from, false), both.size())));
        findings.addAll(compare(
                "x",
                Use.UPPER,
                at.upper().values(),
                inUpper,
                x -> quantities(model.at(new DenseVector(x)), at.lower(), from, soft)));
        return findings;
    }

    private ZeroSumProfile profile(ZeroSumPoint point, double[] theta) {
        return point.profile(policy.playersLogs(theta));
    }

    private double[] quantities(ZeroSumPoint point, double[] theta, Warm warm, boolean equilibrium) {
        ZeroSumProfile profile = profile(point, theta);
        double[] quantities = new double[equilibrium ? NAMES.size() : NAMES.size() - 1];
        quantities[0] = profile.value();
        quantities[1] = profile.upperObjective();
        if (soft) {
            quantities[2] = profile.gap(
                    profile.firstResponse(SoftOptimum.TO_ROUNDING, warm.first),
                    profile.secondResponse(SoftOptimum.TO_ROUNDING, warm.second));
        }
        if (equilibrium) {
            SoftEquilibrium found = point.equilibrium(SoftOptimum.TO_ROUNDING, warm.equilibrium);
            quantities[3] = point.profile(found.logs()).upperObjective();
        }
        return quantities;
    }

    private List<Finding> compare(
            String variable, Use use, double[] start, List<double[]> gradients, UnaryOperator<double[]> functions) {
        String where = problem.contexts() == 1 ? "" : ", context " + context;
        List<WorstError> errors = new ArrayList<>();
        for (int i = 0; i < gradients.size(); i++) {
            errors.add(new WorstError("exact " + NAMES.get(i) + " in " + variable + where));
        }
        double[] noise = Arrays.copyOf(noise(), gradients.size());
        for (int k = 0; k < Math.min(mostDirections, start.length); k++) {
            double[] direction = random.direction(use, k, start.length, mostDirections);
            CentralDifference difference = CentralDifference.along(
                    y -> Arrays.copyOf(functions.apply(y), noise.length), start, direction, noise);
            for (int i = 0; i < errors.size(); i++) {
                double analytic = VectorMath.dot(gradients.get(i), direction);
                errors.get(i).add(analytic, difference.value()[i], difference.bound()[i]);
            }
        }
        return errors.stream().map(WorstError::finding).toList();
    }

    private double[] noise() {
        double[] table = new double[problem.game(context).jointCells()];
        problem.lowerReward(at.upper(), context, table);
        double payoff = VectorMath.maxAbs(table);
        problem.upperReward(at.upper(), context, table);
        double largest = Math.max(payoff, VectorMath.maxAbs(table))
                + problem.entropyWeight() * StrictMath.log(problem.actions());
        double rest = 1 - problem.discount();
        double value = 4 * CentralDifference.ROUNDING * largest / (rest * rest);
        double term = 8 * CentralDifference.ROUNDING * Math.abs(problem.upperTerm(at.upper()));
        double logits = soft ? 1 + largest / problem.entropyWeight() : 1;
        return new double[] {value, value + term, value / rest, value / rest * logits + term};
    }
}
