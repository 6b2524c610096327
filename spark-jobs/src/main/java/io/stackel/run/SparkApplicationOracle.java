package io.stackel.run;

import io.stackel.algorithm.GradientOracle;
import io.stackel.algorithm.State;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.spark.SparkEngine;
import io.stackel.spark.SparkOracle;
import java.util.SortedMap;

/** An oracle with a Spark application of its own, which ends with it. */
record SparkApplicationOracle(SparkEngine engine, SparkOracle oracle) implements GradientOracle {

    @Override
    public BatchResult evaluate(BatchRequest request, String description) {
        return oracle.evaluate(request, description);
    }

    @Override
    public void show(State state, SortedMap<String, Double> figures) {
        oracle.show(state, figures);
    }

    @Override
    public void close() {
        oracle.close();
        engine.close();
    }
}
