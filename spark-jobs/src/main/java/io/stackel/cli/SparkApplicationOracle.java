package io.stackel.cli;

import io.stackel.algorithm.GradientOracle;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.spark.SparkEngine;
import io.stackel.spark.SparkOracle;

/** An oracle with a Spark application of its own, which ends with it. */
record SparkApplicationOracle(SparkEngine engine, SparkOracle oracle) implements GradientOracle {

    @Override
    public BatchResult evaluate(BatchRequest request, String description) {
        return oracle.evaluate(request, description);
    }

    @Override
    public void close() {
        oracle.close();
        engine.close();
    }
}
