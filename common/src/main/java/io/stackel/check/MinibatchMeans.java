package io.stackel.check;

import io.stackel.algorithm.LocalOracle;
import io.stackel.check.Directions.Use;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.LossGradient;
import io.stackel.estimate.LossTerm;
import io.stackel.estimate.Minibatch;
import io.stackel.estimate.Wanted;
import io.stackel.exact.FullLoss;
import io.stackel.math.VectorMath;
import io.stackel.problem.DataProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/** What the engine makes of blocks against sums over all rows: all blocks at once, and minibatches in the mean. */
record MinibatchMeans(DataProblem problem, CheckPoint at, CheckRule rule) {

    private static final int BATCHES = 64;
    private static final double SAME = 1e-9;

    List<Evidence> check(List<Finding> findings, List<String> leftOut) {
        List<Evidence> evidence = new ArrayList<>();
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(problem))) {
            for (boolean validation : new boolean[] {false, true}) {
                String name = validation ? "validation" : "training";
                int blocks = validation ? problem.validationBlocks() : problem.trainingBlocks();
                double[] full = full(validation);
                findings.add(all(oracle, validation, name, blocks, full));
                if (blocks < 4) {
                    leftOut.add("minibatches of " + name + " rows, of which there are " + blocks + " blocks");
                } else {
                    evidence.add(minibatches(oracle, validation, name, blocks, full));
                }
            }
        }
        return evidence;
    }

    /** The gradients in x and w, one after the other, without the terms that hold no data. */
    private double[] full(boolean validation) {
        DenseVector lower = new DenseVector(at.lower());
        double[] inUpper = new double[problem.upperSize()];
        double[] inLower = new double[problem.lowerSize()];
        double[] upperTerm = new double[problem.upperSize()];
        double[] lowerTerm = new double[problem.lowerSize()];
        if (validation) {
            FullLoss.upper(problem, at.upper(), lower, inUpper, inLower);
            problem.addUpperTermGradient(at.upper(), upperTerm);
        } else {
            FullLoss.lower(problem, at.upper(), lower, inUpper, inLower);
            problem.addLowerTerm(at.upper(), lower, upperTerm, lowerTerm);
        }
        return VectorMath.concatenated(VectorMath.minus(inUpper, upperTerm), VectorMath.minus(inLower, lowerTerm));
    }

    private double[] engine(LocalOracle oracle, boolean validation, int[] blocks) {
        Estimand estimand =
                new LossGradient(Purpose.CHECK, 0, validation, blocks, List.of(new LossTerm(0, 0, 1)), Wanted.BOTH);
        BatchRequest request = rule.request(0, 1, 1, at.upper(), List.of(Follower.plain(at.lower())), estimand);
        BatchResult.Estimate estimate = oracle.evaluate(request, "minibatch").estimate(0);
        return VectorMath.concatenated(estimate.upperGradient(), estimate.lowerGradient());
    }

    private Finding all(LocalOracle oracle, boolean validation, String name, int blocks, double[] full) {
        int[] everything = Minibatch.draw(stream(0), blocks, blocks);
        double[] got = engine(oracle, validation, everything);
        return new Finding(
                "engine's " + name + " gradients over all blocks",
                VectorMath.norm(VectorMath.minus(got, full)),
                SAME * Math.max(1, VectorMath.norm(full)),
                "norm of the engine's mean over all blocks less the mean over all rows");
    }

    private Evidence minibatches(LocalOracle oracle, boolean validation, String name, int blocks, double[] full) {
        double[] direction = new Directions(rule.seed()).normal(Use.PROJECTION, validation ? 1 : 0, full.length);
        double[] sample = new double[BATCHES];
        for (int k = 0; k < BATCHES; k++) {
            int[] drawn = Minibatch.draw(stream(k + 1), Math.min(8, blocks / 2), blocks);
            sample[k] = VectorMath.dot(direction, engine(oracle, validation, drawn));
        }
        double expected = VectorMath.dot(direction, full);
        double score = Evidence.ofMean(sample, expected, Math.max(1, Math.abs(expected)));
        return new Evidence(
                "minibatches of " + name + " rows against all rows",
                new double[] {score},
                "mean of " + BATCHES + " minibatch gradients along a normal direction against the full gradient, in"
                        + " standard errors");
    }

    private RandomStream stream(int number) {
        return RandomStream.at(rule.seed(), Purpose.CHECK, Directions.ENVIRONMENT, number, 0, 0);
    }
}
