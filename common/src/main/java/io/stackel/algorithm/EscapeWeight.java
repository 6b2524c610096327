package io.stackel.algorithm;

import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.VectorMath;
import io.stackel.problem.FiniteProblem;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The entropy weight from which a descent gets away from where it does not reckon with the follower.
 *
 * <p>The hypergradient is {@code grad_x f} at a fixed response plus what comes through the response. Of a decided follower the
 * second part is next to nothing, so x does what is cheapest as if nobody answered. The weight is the smallest of
 *
 * <pre>
 *   tau 2^(k/8),  k = 0, 1, ..., 160,     at which     |part through the response|  &gt;=  10 |part at a fixed response|
 * </pre>
 *
 * <p>at the start of x, both as means over contexts. It is found on tables, without samples and without randomness.
 */
public final class EscapeWeight {

    private static final double MARGIN = 10;
    private static final int STEPS_PER_OCTAVE = 8;
    private static final int MOST_STEPS = 160;
    private static final double[] COLD = {};

    private EscapeWeight() {}

    /**
     * Finds the weight.
     *
     * @param weighted the problem with an entropy weight in the place of its own
     * @param end the problem's own entropy weight, above 0
     * @param x the upper variable at the start
     * @param tolerance of planning
     * @return nothing if the follower moves x less at every weight
     */
    public static OptionalDouble of(DoubleFunction<FiniteProblem> weighted, double end, double[] x, double tolerance) {
        for (int k = 0; k <= MOST_STEPS; k++) {
            double weight = end * StrictMath.pow(2, (double) k / STEPS_PER_OCTAVE);
            if (moves(weighted.apply(weight), new DenseVector(x), tolerance)) {
                return OptionalDouble.of(weight);
            }
        }
        return OptionalDouble.empty();
    }

    private static boolean moves(FiniteProblem problem, DenseVector x, double tolerance) {
        double[] fixed = new double[x.size()];
        double[] through = new double[x.size()];
        for (int context = 0; context < problem.contexts(); context++) {
            ExactPoint point = new ExactModel(problem, context).at(x);
            SoftOptimum best = point.best(0, tolerance, COLD);
            double[] direct =
                    point.upperGradients(point.evaluate(best.logPolicy())).inUpper();
            VectorMath.addScaled(1, direct, fixed);
            VectorMath.addScaled(1, point.hypergradient(best).gradient(), through);
            VectorMath.addScaled(-1, direct, through);
        }
        return VectorMath.norm(through) >= MARGIN * VectorMath.norm(fixed);
    }
}
