package io.stackel.check;

import io.stackel.check.EstimatorTable.Returns;
import io.stackel.check.EstimatorTable.Row;
import io.stackel.check.EstimatorTable.Sides;
import io.stackel.check.EstimatorTable.Trajectories;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.BoltzmannGradient;
import io.stackel.estimate.BoltzmannGradient.Critic;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Objective;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.VectorMath;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Fills an {@link EstimatorTable}: followers are the exact optima for the rewards {@code r + k u}, k = -sigma, 0, sigma, so
 * that all that is seen is the estimator. Biases are exact, deviations and saturations come from samples; all rows see
 * the same random numbers.
 */
public final class EstimatorComparison {

    private static final double TRUNCATION = 1e-3;
    private static final int UNITS_PER_CHUNK = 64;
    private static final double[] COLD = {};

    private final CheckedContext<FiniteProblem> scene;
    private final ExactPoint point;
    private final int horizon;

    private EstimatorComparison(CheckedContext<FiniteProblem> scene) {
        this.scene = scene;
        point = new ExactModel(scene.problem(), scene.context()).at(scene.upper());
        horizon = scene.horizon(TRUNCATION);
    }

    /**
     * Compares the estimators at a point.
     *
     * @param upper x, length m
     * @param ratios values of sigma / entropyWeight, each above 0
     * @param rule seed and units; the horizon is that at which a thousandth of a discounted sum is left
     * @throws IllegalArgumentException if the problem has no entropy, without which there is no hypergradient
     */
    public static EstimatorTable table(
            FiniteProblem problem, int context, DenseVector upper, List<Double> ratios, CheckRule rule) {
        double tau = problem.entropyWeight();
        if (!(tau > 0)) {
            throw new IllegalArgumentException(
                    "a table of estimators needs an entropyWeight above 0, where the hypergradient exists, but it is "
                            + tau);
        }
        TabularSoftmax policy = new TabularSoftmax(problem.states(), problem.actions());
        EstimatorComparison comparison = new EstimatorComparison(new CheckedContext<>(
                problem,
                policy,
                context,
                new CheckPoint(upper, policy.uniform(), tau),
                rule,
                new ChunkEvaluator.Source(problem, policy),
                new CheckResults()));
        SoftOptimum best = comparison.best(0);
        double[] hypergradient = comparison.point.hypergradient(best).gradient();
        List<Row> rows = new ArrayList<>();
        for (double ratio : ratios) {
            rows.addAll(comparison.rows(ratio * tau, best, hypergradient));
        }
        rows.addAll(comparison.withoutDifference(best, VectorMath.norm(hypergradient)));
        return new EstimatorTable(context, VectorMath.norm(hypergradient), rule.units(), comparison.horizon, rows);
    }

    private SoftOptimum best(double weight) {
        return point.best(weight, SoftOptimum.TO_ROUNDING, COLD);
    }

    private List<Row> rows(double sigma, SoftOptimum best, double[] hypergradient) {
        List<SoftOptimum> optima = List.of(best(-sigma), best, best(sigma));
        List<Follower> followers = new ArrayList<>();
        for (SoftOptimum optimum : optima) {
            PolicyValues values = point.evaluate(optimum.logPolicy());
            followers.add(Follower.withBaselines(optimum.logPolicy(), values.value(), values.upperValue()));
        }
        optima.forEach(optimum -> followers.add(Follower.plain(optimum.logPolicy())));
        List<Row> rows = new ArrayList<>();
        double norm = VectorMath.norm(hypergradient);
        for (Sides sides : List.of(Sides.ONE, Sides.TWO)) {
            boolean two = sides == Sides.TWO;
            Objective surrogate = two
                    ? point.twoSidedSurrogate(sigma, best, optima.get(0), optima.get(2))
                    : point.oneSidedSurrogate(sigma, best, optima.get(2));
            double bias = VectorMath.norm(VectorMath.minus(surrogate.gradient(), hypergradient)) / norm;
            for (Trajectories trajectories : Trajectories.values()) {
                for (Returns returns : forms()) {
                    int offset = returns == Returns.RAW ? optima.size() : 0;
                    Estimand estimand = new ValueGradient(
                            units(),
                            0,
                            new FollowerPair(
                                    offset + (two ? 0 : 1),
                                    offset + 2,
                                    Coupling.sharedIf(trajectories == Trajectories.SHARED)),
                            two ? Combination.twoSided(sigma) : Combination.oneSided(sigma),
                            Wanted.UPPER,
                            false);
                    BatchResult.Estimate estimate = estimate(estimand, followers);
                    rows.add(new Row(
                            sigma,
                            sigma / scene.problem().entropyWeight(),
                            sides,
                            trajectories,
                            returns,
                            bias,
                            deviation(estimate, norm),
                            estimate.saturation()));
                }
            }
        }
        return rows;
    }

    /** The best response alone, with exact critics, the vector where it fits. */
    private List<Row> withoutDifference(SoftOptimum best, double norm) {
        PolicyValues values = point.evaluate(best.logPolicy());
        double[] advantage = values.upperAdvantage();
        List<Follower> followers = List.of(
                Follower.withBaselines(best.logPolicy(), values.value(), values.upperValue())
                        .withAdvantage(advantage),
                Follower.plain(best.logPolicy()).withAdvantage(advantage));
        List<Row> rows = new ArrayList<>(watched(Sides.NONE, Critic.SCALAR, followers, norm));
        if (BoltzmannGradient.responseSize(scene.problem()) <= BoltzmannGradient.MOST) {
            double[] response = point.responseGradients(values);
            List<Follower> withResponse =
                    followers.stream().map(one -> one.withResponse(response)).toList();
            rows.addAll(watched(Sides.VECTOR, Critic.VECTOR, withResponse, norm));
        }
        return rows;
    }

    private List<Row> watched(Sides sides, Critic critic, List<Follower> followers, double norm) {
        List<Row> rows = new ArrayList<>();
        for (Returns returns : forms()) {
            int follower = returns == Returns.RAW ? 1 : 0;
            BatchResult.Estimate estimate =
                    estimate(new BoltzmannGradient(units(), 0, follower, critic, 1, false), followers);
            rows.add(new Row(
                    0,
                    0,
                    sides,
                    Trajectories.INDEPENDENT,
                    returns,
                    0,
                    deviation(estimate, norm),
                    estimate.saturation()));
        }
        return rows;
    }

    private List<Returns> forms() {
        return scene.problem().dependence().scores() ? List.of(Returns.RESIDUAL, Returns.RAW) : List.of(Returns.NONE);
    }

    private Units units() {
        return new Units(Purpose.CHECK, 2, scene.rule().units());
    }

    private BatchResult.Estimate estimate(Estimand estimand, List<Follower> followers) {
        return scene.evaluate(scene.request(horizon, UNITS_PER_CHUNK, followers, estimand))
                .estimate(0);
    }

    private static double deviation(BatchResult.Estimate estimate, double norm) {
        return estimate.upperStandardError() * Math.sqrt((double) estimate.units()) / norm;
    }
}
