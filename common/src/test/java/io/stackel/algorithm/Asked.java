package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import java.util.List;

/** An engine that keeps what it was asked for. */
record Asked(GradientOracle engine, List<BatchRequest> requests) implements GradientOracle {

    @Override
    public BatchResult evaluate(BatchRequest request, String description) {
        requests.add(request);
        return engine.evaluate(request, description);
    }

    @Override
    public void close() {
        engine.close();
    }
}
