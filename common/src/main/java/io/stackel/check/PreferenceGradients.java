package io.stackel.check;

import static io.stackel.check.SampledPoint.OTHER;
import static io.stackel.check.SampledPoint.OWN;
import static io.stackel.check.SampledPoint.PLAIN_OTHER;

import io.stackel.check.Directions.Use;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.BatchResult.Estimate;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.PairLossGradient;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.exact.Gradients;
import io.stackel.exact.PreferenceModel;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.Softmax;
import io.stackel.math.VectorMath;
import io.stackel.problem.FinitePreferences;
import io.stackel.random.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
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
    private final SampledPoint point;
    private final Directions random;
    private final int mostDirections;
    private final int horizon;
    private final ChunkComparison comparison;

    PreferenceGradients(
            FinitePreferences problem,
            PreferenceModel model,
            SampledPoint point,
            Directions random,
            int mostDirections) {
        this.problem = problem;
        this.model = model;
        this.point = point;
        this.random = random;
        this.mostDirections = mostDirections;
        horizon = Math.max(
                problem.pairs().steps(), SampledGradients.horizon(problem.discount(), SampledGradients.TRUNCATION));
        comparison = new ChunkComparison(point.rule, "", horizon);
    }

    /** The differences, with logits S x B of the point's policy. */
    List<Finding> differences(double[] logits) {
        DenseVector upper = point.at.upper();
        Gradients exact = model.upperObjective(upper, logs(logits)).gradients();
        List<Finding> findings = new ArrayList<>();
        findings.add(compare(
                "loss on pairs in theta",
                Use.LOWER,
                logits,
                exact.inLower(),
                1,
                theta -> model.upperObjective(upper, logs(theta)).value()));
        findings.add(compare(
                "loss on pairs in x",
                Use.UPPER,
                upper.values(),
                exact.inUpper(),
                1,
                x -> model.upperObjective(new DenseVector(x), logs(logits)).value()));
        if (problem.entropyWeight() > 0) {
            SoftOptimum best = best(upper, COLD);
            double amplified = 1 / (1 - problem.discount()) / problem.entropyWeight();
            findings.add(compare(
                    "loss on pairs at the best response in x",
                    Use.UPPER,
                    upper.values(),
                    model.hypergradient(upper, best).gradient(),
                    amplified,
                    x -> {
                        DenseVector moved = new DenseVector(x);
                        return model.upperObjective(
                                        moved, best(moved, best.value()).logPolicy())
                                .value();
                    }));
        }
        return findings;
    }

    private SoftOptimum best(DenseVector upper, double[] warm) {
        return model.process(upper).best(0, SoftOptimum.TO_ROUNDING, warm);
    }

    /** Rounding of a loss of differences of sums of rewards, and of logits where it passes through a best response. */
    private Finding compare(
            String name,
            Use use,
            double[] start,
            double[] gradient,
            double amplified,
            ToDoubleFunction<double[]> function) {
        double[] table = new double[problem.game(0).jointCells()];
        problem.lowerReward(point.at.upper(), 0, table);
        double sums = 1 + problem.pairs().steps() * (1 + VectorMath.maxAbs(table));
        double term = Math.abs(problem.upperTerm(point.at.upper()));
        double[] noise = {16 * CentralDifference.ROUNDING * (sums * Math.max(1, amplified) + term)};
        WorstError errors = new WorstError("exact " + name);
        for (int k = 0; k < Math.min(mostDirections, start.length); k++) {
            double[] direction = random.direction(use, k, start.length, mostDirections);
            CentralDifference difference =
                    CentralDifference.along(y -> new double[] {function.applyAsDouble(y)}, start, direction, noise);
            errors.add(
                    VectorMath.dot(gradient, direction),
                    difference.value()[0],
                    difference.bound()[0]);
        }
        return errors.finding();
    }

    /** The evidence of the sampled gradients, one entry for each. */
    List<Evidence> samples() {
        List<Evidence> evidence = new ArrayList<>();
        evidence.addAll(pairs("two-sided shared pairs", OTHER, 1, 0.5, true));
        evidence.addAll(pairs("two-sided independent pairs", PLAIN_OTHER, 1, 0.5, false));
        evidence.addAll(pairs("shared pairs of one side", PLAIN_OTHER, 0, 0, true));
        return evidence;
    }

    /** After {@link #samples}: comparisons too noisy to tell the vector from zero, each with its figure. */
    List<String> weak() {
        return comparison.weak();
    }

    /** With scale 1 the gradients of J weigh about as much as those of f, so that an error of either shows. */
    private List<Evidence> pairs(String name, int other, double scale, double firstWeight, boolean shared) {
        ValueGradient terms = new ValueGradient(
                new Units(Purpose.CHECK, 0, point.rule.units()),
                0,
                new FollowerPair(OWN, other, Coupling.sharedIf(shared)),
                new Combination(scale, firstWeight, 1 - firstWeight),
                Wanted.BOTH,
                false);
        Estimand estimand = new PairLossGradient(terms, problem.pairs(), BASELINE, 0);
        DenseVector upper = point.at.upper();
        Gradients second = point.point.followerGradients(point.other);
        Gradients secondLoss =
                model.upperObjective(upper, point.other.logPolicy()).gradients();
        double[] inUpper = VectorMath.scaled(
                scale, VectorMath.minus(point.point.followerGradients(point.own).inUpper(), second.inUpper()));
        VectorMath.addScaled(
                firstWeight,
                model.upperObjective(upper, point.own.logPolicy()).gradients().inUpper(),
                inUpper);
        VectorMath.addScaled(1 - firstWeight, secondLoss.inUpper(), inUpper);
        double[] term = new double[inUpper.length];
        problem.addUpperTermGradient(upper, term);
        double[] inLower = VectorMath.scaled(-scale, second.inLower());
        VectorMath.addScaled(1 - firstWeight, secondLoss.inLower(), inLower);
        List<BatchResult> chunks = point.play(estimand, horizon);
        return List.of(
                comparison.of(name + " in x", VectorMath.minus(inUpper, term), chunks, Estimate::upperGradient),
                comparison.of(
                        name + " in theta",
                        point.throughPolicy(point.otherTheta, inLower),
                        chunks,
                        one -> point.admissible(one.lowerGradient())));
    }

    private double[] logs(double[] logits) {
        double[] logs = new double[logits.length];
        for (int row = 0; row < logits.length; row += problem.actions()) {
            Softmax.logProbabilities(logits, row, problem.actions(), logs);
        }
        return logs;
    }
}
