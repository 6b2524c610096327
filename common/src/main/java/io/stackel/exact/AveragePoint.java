package io.stackel.exact;

import io.stackel.math.VectorMath;
import java.util.ArrayList;
import java.util.List;

/**
 * Averages over the contexts of a finite problem at one upper variable; every list has one entry a context, in order.
 *
 * @param points the contexts
 */
public record AveragePoint(List<ExactPoint> points) {

    public AveragePoint {
        points = List.copyOf(points);
    }

    /**
     * The follower's optimum in every context, for rewards {@code r + upperRewardWeight u}.
     *
     * @param tolerance as in {@link SoftOptimum#solve}
     * @param warm optima nearby, from which the search starts; empty for a cold start
     */
    public List<SoftOptimum> best(double upperRewardWeight, double tolerance, List<SoftOptimum> warm) {
        List<SoftOptimum> best = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            double[] guess = warm.isEmpty() ? new double[0] : warm.get(i).value();
            best.add(points.get(i).best(upperRewardWeight, tolerance, guess));
        }
        return best;
    }

    /** The upper objective f of policies given by their log-probabilities, S x B. */
    public double upperObjective(List<double[]> logPolicies) {
        double sum = 0;
        for (int i = 0; i < points.size(); i++) {
            sum += points.get(i).evaluate(logPolicies.get(i)).upperObjective();
        }
        return sum / points.size();
    }

    /** The bilevel objective Phi: the upper objective at the best responses, which at tau = 0 are the greedy ones. */
    public double objective(List<SoftOptimum> best) {
        return upperObjective(best.stream().map(SoftOptimum::logPolicy).toList());
    }

    /** Phi and its gradient, as in {@link ExactPoint#hypergradient}. */
    public Objective hypergradient(List<SoftOptimum> best) {
        double value = 0;
        double[] gradient = new double[0];
        for (int i = 0; i < points.size(); i++) {
            Objective one = points.get(i).hypergradient(best.get(i));
            value += one.value();
            if (i == 0) {
                gradient = one.gradient().clone();
            } else {
                VectorMath.addScaled(1, one.gradient(), gradient);
            }
        }
        double share = 1.0 / points.size();
        return new Objective(share * value, VectorMath.scaled(share, gradient));
    }

    /** The follower's loss J* - J of policies given by their log-probabilities. */
    public double lowerGap(List<double[]> logPolicies, List<SoftOptimum> best) {
        double sum = 0;
        for (int i = 0; i < points.size(); i++) {
            ExactPoint point = points.get(i);
            sum += point.lowerGap(point.evaluate(logPolicies.get(i)), best.get(i));
        }
        return sum / points.size();
    }
}
