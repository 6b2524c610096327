package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.BlockTotals;
import io.stackel.estimate.Follower;
import io.stackel.problem.DataProblem;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Totals over all validation rows and over all test rows of a data problem at several models: the engine goes through the
 * blocks, each of them once for all models, and what they come to is added here in the order of the blocks, as a single
 * thread would add it.
 *
 * @param oracle the engine
 */
record RowTotals(DataSetup setup, GradientOracle oracle) {

    /** Blocks of a batch: the answers of its tasks have an entry for each of them and each model. */
    static final int BLOCKS = 4096;

    /** Chunks of a batch. */
    private static final int CHUNKS = 256;

    /** f at x and each model. */
    double[] upperObjectives(DenseVector x, List<double[]> models) {
        DataProblem problem = setup.problem();
        double[] values = totals(false, problem.validationBlocks(), x, models);
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] / problem.validationRows() + problem.upperTerm(x);
        }
        return values;
    }

    /** The sum of the test scores at x and each model; zeros where there are no test blocks. */
    double[] testScores(DenseVector x, List<double[]> models) {
        return totals(true, setup.problem().testBlocks(), x, models);
    }

    private double[] totals(boolean test, int blocks, DenseVector x, List<double[]> models) {
        double[] totals = new double[models.size()];
        for (int first = 0; first < blocks && totals.length > 0; first += BLOCKS) {
            int count = Math.min(BLOCKS, blocks - first);
            double[] each = answer(new BlockTotals(test, first, count, totals.length), x, models)
                    .estimate(0)
                    .blockTotals();
            for (int i = 0; i < each.length; i++) {
                totals[i % totals.length] += each[i];
            }
        }
        return totals;
    }

    private BatchResult answer(BlockTotals estimand, DenseVector x, List<double[]> models) {
        BatchRequest request = new BatchRequest(
                setup.seed(),
                0,
                0,
                0,
                setup.sampling().horizon(),
                (estimand.blocks() - 1) / CHUNKS + 1,
                BatchRequest.ALL_RESIDUALS,
                false,
                List.of(x.values()),
                models.stream().map(Follower::plain).toList(),
                List.of(estimand));
        return oracle.evaluate(request, "evaluation over all " + (estimand.test() ? "test" : "validation") + " rows");
    }
}
