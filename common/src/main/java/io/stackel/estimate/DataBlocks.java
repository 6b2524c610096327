package io.stackel.estimate;

import io.stackel.problem.DataProblem;
import org.apache.spark.ml.linalg.DenseVector;

/** The data of a problem and the points of a request at which losses are taken. */
record DataBlocks(DataProblem problem, DenseVector[] uppers, DenseVector[] lowers) implements UnitSource {

    static DataBlocks of(DataProblem problem, RolloutRequest request) {
        return new DataBlocks(
                problem,
                request.uppers().stream().map(DenseVector::new).toArray(DenseVector[]::new),
                request.followers().stream()
                        .map(follower -> new DenseVector(follower.parameters()))
                        .toArray(DenseVector[]::new));
    }

    @Override
    public DataBlocks blocks() {
        return this;
    }
}
