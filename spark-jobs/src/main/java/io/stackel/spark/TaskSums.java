package io.stackel.spark;

import io.stackel.estimate.RangeSums;
import io.stackel.estimate.SumTree;
import io.stackel.estimate.TransitionCounts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The {@link RangeSums} of a task as they travel: flat arrays only.
 *
 * @param levels of the nodes of the tree, from left to right
 * @param indices of the nodes
 * @param sums of the nodes, one after the other, all of one length
 * @param counters as in {@link RangeSums}
 * @param keys of the counted transitions
 * @param tallies of the counted transitions
 */
record TaskSums(long[] levels, long[] indices, double[] sums, long[] counters, long[] keys, long[] tallies)
        implements Serializable {

    static TaskSums of(RangeSums range) {
        List<SumTree.Node> nodes = range.nodes();
        int length = nodes.get(0).sum().length;
        long[] levels = new long[nodes.size()];
        long[] indices = new long[nodes.size()];
        double[] sums = new double[Math.multiplyExact(nodes.size(), length)];
        for (int i = 0; i < levels.length; i++) {
            SumTree.Node node = nodes.get(i);
            levels[i] = node.level();
            indices[i] = node.index();
            System.arraycopy(node.sum(), 0, sums, i * length, length);
        }
        TransitionCounts.Sorted counts = range.counts();
        return new TaskSums(levels, indices, sums, range.counters(), counts.keys(), counts.tallies());
    }

    RangeSums toRange() {
        int length = sums.length / levels.length;
        List<SumTree.Node> nodes = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            double[] sum = Arrays.copyOfRange(sums, i * length, (i + 1) * length);
            nodes.add(new SumTree.Node((int) levels[i], indices[i], sum));
        }
        return new RangeSums(nodes, counters, new TransitionCounts.Sorted(keys, tallies));
    }
}
