package io.stackel.estimate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * What a task returns for a contiguous range of chunks: nodes of the tree, counters and counted transitions.
 *
 * @param nodes what the task could not merge, from left to right
 * @param counters sums of the counters
 * @param counts the counted transitions
 */
public record RangeSums(List<SumTree.Node> nodes, long[] counters, TransitionCounts.Sorted counts)
        implements Serializable {

    /**
     * Evaluates chunks {@code from} up to, not including, {@code to} in ascending order.
     *
     * @throws CancellationException if the thread is interrupted
     */
    public static RangeSums evaluate(ChunkEvaluator evaluator, BatchRequest request, long from, long to) {
        SumTree tree = new SumTree(request.chunks());
        long[] counters = new long[evaluator.counterLength()];
        TransitionCounts counts = new TransitionCounts(evaluator.possibleTransitions());
        for (long chunk = from; chunk < to; chunk++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted before chunk " + chunk);
            }
            double[] sums = new double[evaluator.sumLength()];
            evaluator.evaluate(chunk, sums, counters, counts);
            tree.push(chunk, sums);
        }
        return new RangeSums(List.copyOf(tree.nodes()), counters, counts.sorted());
    }

    /**
     * The sums of one range from those of its parts.
     *
     * @param chunks of the whole batch
     * @param parts from left to right
     */
    public static RangeSums join(long chunks, List<RangeSums> parts) {
        SumTree tree = new SumTree(chunks);
        long[] counters = new long[parts.get(0).counters.length];
        TransitionCounts.Sorted counts = TransitionCounts.Sorted.NONE;
        for (RangeSums part : parts) {
            part.nodes.forEach(tree::push);
            part.addTo(counters);
            counts = counts.plus(part.counts);
        }
        return new RangeSums(List.copyOf(tree.nodes()), counters, counts);
    }

    private void addTo(long[] totals) {
        for (int i = 0; i < totals.length; i++) {
            totals[i] += counters[i];
        }
    }

    /** The result of a batch from the ranges of all its tasks, in any order. */
    public static BatchResult merge(ChunkEvaluator.Source source, BatchRequest request, List<RangeSums> ranges) {
        List<SumTree.Node> nodes = new ArrayList<>();
        long[] counters = new long[ranges.get(0).counters.length];
        TransitionCounts counts = new TransitionCounts(source.possibleTransitions());
        for (RangeSums range : ranges) {
            nodes.addAll(range.nodes);
            range.addTo(counters);
            counts.addAll(range.counts);
        }
        return source.read(request, SumTree.total(request.chunks(), nodes), counters, counts.sorted());
    }
}
