package io.stackel.estimate;

/** Estimates of a request from its first chunk alone, which holds all of its units. */
final class FirstChunk {

    private FirstChunk() {}

    static BatchResult evaluate(ChunkEvaluator.Source source, BatchRequest request) {
        ChunkEvaluator evaluator = source.open(request);
        double[] sums = new double[evaluator.sumLength()];
        long[] counters = new long[evaluator.counterLength()];
        evaluator.evaluate(0, sums, counters, new TransitionCounts(0));
        return source.read(request, sums, counters, TransitionCounts.Sorted.NONE);
    }
}
