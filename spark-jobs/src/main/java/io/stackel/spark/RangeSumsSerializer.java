package io.stackel.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.stackel.estimate.RangeSums;
import io.stackel.estimate.SumTree.Node;
import io.stackel.estimate.TransitionCounts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;

/** Writes the arrays of a task one after the other, each as its length and little-endian words, copied in blocks. */
final class RangeSumsSerializer extends Serializer<RangeSums> {

    private static final int BLOCK = 8192;
    private static final int WORD = 8;

    RangeSumsSerializer() {
        super(false, true);
    }

    /** Copies words between a block and an array, from a place in the array on. */
    @FunctionalInterface
    private interface Copy {
        void copy(ByteBuffer block, int place, int count);
    }

    @Override
    public void write(Kryo kryo, Output output, RangeSums task) {
        output.writeInt(task.nodes().size(), true);
        for (Node node : task.nodes()) {
            output.writeInt(node.level(), true);
            output.writeLong(node.index(), true);
            double[] sum = node.sum();
            write(
                    output,
                    sum.length,
                    (block, place, count) -> block.asDoubleBuffer().put(sum, place, count));
        }
        writeLongs(output, task.counters());
        writeLongs(output, task.counts().keys());
        writeLongs(output, task.counts().tallies());
    }

    @Override
    public RangeSums read(Kryo kryo, Input input, Class<RangeSums> type) {
        List<Node> nodes = Stream.generate(() -> readNode(input))
                .limit(input.readInt(true))
                .toList();
        long[] counters = readLongs(input);
        return new RangeSums(nodes, counters, new TransitionCounts.Sorted(readLongs(input), readLongs(input)));
    }

    private static Node readNode(Input input) {
        int level = input.readInt(true);
        long index = input.readLong(true);
        double[] sum = new double[input.readInt(true)];
        read(input, sum.length, (block, place, count) -> block.asDoubleBuffer().get(sum, place, count));
        return new Node(level, index, sum);
    }

    private static void writeLongs(Output output, long[] values) {
        write(
                output,
                values.length,
                (block, place, count) -> block.asLongBuffer().put(values, place, count));
    }

    private static long[] readLongs(Input input) {
        long[] values = new long[input.readInt(true)];
        read(input, values.length, (block, place, count) -> block.asLongBuffer().get(values, place, count));
        return values;
    }

    private static void write(Output output, int length, Copy fromArray) {
        output.writeInt(length, true);
        byte[] block = new byte[Math.min(BLOCK, length) * WORD];
        for (int place = 0; place < length; place += BLOCK) {
            int count = Math.min(BLOCK, length - place);
            fromArray.copy(words(block), place, count);
            output.writeBytes(block, 0, count * WORD);
        }
    }

    private static void read(Input input, int length, Copy intoArray) {
        byte[] block = new byte[Math.min(BLOCK, length) * WORD];
        for (int place = 0; place < length; place += BLOCK) {
            int count = Math.min(BLOCK, length - place);
            input.readBytes(block, 0, count * WORD);
            intoArray.copy(words(block), place, count);
        }
    }

    private static ByteBuffer words(byte[] block) {
        return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    }
}
