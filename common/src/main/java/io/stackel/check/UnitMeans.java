package io.stackel.check;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.TransitionCounts;
import java.util.ArrayList;
import java.util.List;

/** Evaluates a request chunk by chunk, so that the spread of the chunks' means is known in every direction. */
final class UnitMeans {

    /** Chunks of a check; their means are nearly normal, and 63 degrees of freedom estimate their spread. */
    static final int CHUNKS = 64;

    private UnitMeans() {}

    /** The results of the chunks, in order. */
    static List<BatchResult> chunks(ChunkEvaluator.Source source, BatchRequest request) {
        ChunkEvaluator evaluator = source.open(request);
        List<BatchResult> results = new ArrayList<>();
        for (long chunk = 0; chunk < request.chunks(); chunk++) {
            double[] sums = new double[evaluator.sumLength()];
            long[] counters = new long[evaluator.counterLength()];
            TransitionCounts counts = new TransitionCounts(0);
            evaluator.evaluate(chunk, sums, counters, counts);
            results.add(source.read(request, sums, counters, counts.sorted()));
        }
        return results;
    }
}
