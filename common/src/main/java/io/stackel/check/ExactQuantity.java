package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.check.GradientComparison.Claim;
import io.stackel.exact.Gradients;
import io.stackel.exact.Objective;
import io.stackel.math.VectorMath;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.GameTables;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * An exact function of x and of the policy's logits theta, at one (x, theta).
 *
 * @param noise bound of the rounding error of its value
 * @param gradients in theta and x; that in theta is empty for a function of x alone
 */
record ExactQuantity(String name, double noise, DoubleSupplier value, Supplier<Gradients> gradients) {

    /** A function of x alone. */
    static ExactQuantity of(String name, double noise, Supplier<Objective> objective) {
        return new ExactQuantity(
                name,
                noise,
                () -> objective.get().value(),
                () -> Gradients.ofUpper(objective.get().gradient()));
    }

    /**
     * Central differences against the gradients of quantities, first in theta, then in x. Functions of x alone come last.
     *
     * @param theta at which the gradients are claimed
     * @param claimed the quantities there
     * @param near the same quantities at a point near it
     */
    static void compare(
            CheckedContext<?> scene,
            int mostDirections,
            double[] theta,
            List<ExactQuantity> claimed,
            BiFunction<DenseVector, double[], List<ExactQuantity>> near) {
        List<Claim> inTheta = new ArrayList<>();
        List<Claim> inUpper = new ArrayList<>();
        for (ExactQuantity one : claimed) {
            Gradients gradients = one.gradients.get();
            if (gradients.inLower().length > 0) {
                inTheta.add(new Claim(one.finding("theta", scene), gradients.inLower(), one.noise));
            }
            inUpper.add(new Claim(one.finding("x", scene), gradients.inUpper(), one.noise));
        }
        GradientComparison comparison = new GradientComparison(scene.random(), mostDirections);
        if (!inTheta.isEmpty()) {
            scene.results()
                    .addAll(comparison.of(
                            Use.LOWER, theta, inTheta, y -> values(near.apply(scene.upper(), y), inTheta.size())));
        }
        scene.results()
                .addAll(comparison.of(
                        Use.UPPER,
                        scene.upper().values(),
                        inUpper,
                        y -> values(near.apply(new DenseVector(y), theta), inUpper.size())));
    }

    private String finding(String variable, CheckedContext<?> scene) {
        return "exact " + name + " in " + variable + scene.where();
    }

    private static double[] values(List<ExactQuantity> quantities, int count) {
        return quantities.stream()
                .limit(count)
                .mapToDouble(one -> one.value.getAsDouble())
                .toArray();
    }

    /** The most that a player gains in a step: the largest reward plus entropy. */
    static double largestGain(CheckedContext<? extends FiniteProblem> scene) {
        FiniteProblem problem = scene.problem();
        GameTables tables = GameTables.of(problem, scene.upper(), scene.context());
        return Math.max(VectorMath.maxAbs(tables.lowerReward()), VectorMath.maxAbs(tables.upperReward()))
                + problem.entropyWeight() * StrictMath.log(problem.actions());
    }

    /** The rounding of a value, 4 u R / (1 - discount)^2 with R the {@link #largestGain}. */
    static double valueNoise(CheckedContext<? extends FiniteProblem> scene) {
        double rest = 1 - scene.problem().discount();
        return 4 * CentralDifference.ROUNDING * largestGain(scene) / (rest * rest);
    }

    /** The rounding of the term of the upper objective in x alone. */
    static double termNoise(CheckedContext<?> scene) {
        return 8 * CentralDifference.ROUNDING * Math.abs(scene.problem().upperTerm(scene.upper()));
    }
}
