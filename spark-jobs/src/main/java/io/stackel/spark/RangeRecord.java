package io.stackel.spark;

import io.stackel.estimate.RangeSums;
import io.stackel.estimate.SumTree.Node;
import io.stackel.estimate.TransitionCounts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The sums of a task as bytes, which every serialiser of Spark carries, whatever classes are registered with it.
 *
 * <p>Layout, little endian: the number of nodes (int32); of each node its level (int32), its index (int64) and its sum; then
 * the two times (int64), the counters, the keys and the tallies. An array is its length (int32) and its words.
 */
final class RangeRecord {

    private RangeRecord() {}

    /** The bytes of the sums of a task. */
    static byte[] encode(TimedSums timed) {
        RangeSums task = timed.sums();
        ByteBuffer into = ByteBuffer.allocate(size(task)).order(ByteOrder.LITTLE_ENDIAN);
        into.putInt(task.nodes().size());
        for (Node node : task.nodes()) {
            double[] sum = node.sum();
            into.putInt(node.level()).putLong(node.index()).putInt(sum.length);
            into.asDoubleBuffer().put(sum);
            into.position(into.position() + Double.BYTES * sum.length);
        }
        into.putLong(timed.openNanos()).putLong(timed.workNanos());
        write(task.counters(), into);
        write(task.counts().keys(), into);
        write(task.counts().tallies(), into);
        return into.array();
    }

    private static int size(RangeSums task) {
        long words = 2L
                + task.counters().length
                + (long) task.counts().keys().length
                + task.counts().tallies().length;
        for (Node node : task.nodes()) {
            words += 2L + node.sum().length;
        }
        return Math.toIntExact(4 * Integer.BYTES + Long.BYTES * words);
    }

    /** The sums in the bytes of a task. */
    static TimedSums decode(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = from.getInt();
        List<Node> nodes = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            int level = from.getInt();
            long index = from.getLong();
            double[] sum = new double[from.getInt()];
            from.asDoubleBuffer().get(sum);
            from.position(from.position() + Double.BYTES * sum.length);
            nodes.add(new Node(level, index, sum));
        }
        long open = from.getLong();
        long work = from.getLong();
        RangeSums sums = new RangeSums(
                List.copyOf(nodes), readLongs(from), new TransitionCounts.Sorted(readLongs(from), readLongs(from)));
        return new TimedSums(sums, open, work);
    }

    private static void write(long[] words, ByteBuffer into) {
        into.putInt(words.length);
        into.asLongBuffer().put(words);
        into.position(into.position() + Long.BYTES * words.length);
    }

    private static long[] readLongs(ByteBuffer from) {
        long[] words = new long[from.getInt()];
        from.asLongBuffer().get(words);
        from.position(from.position() + Long.BYTES * words.length);
        return words;
    }
}
