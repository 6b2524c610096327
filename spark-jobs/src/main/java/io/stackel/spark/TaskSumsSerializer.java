package io.stackel.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes the arrays one after the other, each as its length and little-endian words, copied in blocks. */
final class TaskSumsSerializer extends Serializer<TaskSums> {

    private static final int BLOCK = 8192;
    private static final int WORD = 8;

    TaskSumsSerializer() {
        super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output output, TaskSums task) {
        writeLongs(output, task.levels());
        writeLongs(output, task.indices());
        writeDoubles(output, task.sums());
        writeLongs(output, task.counters());
        writeLongs(output, task.keys());
        writeLongs(output, task.tallies());
    }

    @Override
    public TaskSums read(Kryo kryo, Input input, Class<TaskSums> type) {
        return new TaskSums(
                readLongs(input),
                readLongs(input),
                readDoubles(input),
                readLongs(input),
                readLongs(input),
                readLongs(input));
    }

    private static void writeLongs(Output output, long[] values) {
        output.writeInt(values.length, true);
        byte[] block = new byte[Math.min(BLOCK, values.length) * WORD];
        for (int i = 0; i < values.length; i += BLOCK) {
            int count = Math.min(BLOCK, values.length - i);
            words(block).asLongBuffer().put(values, i, count);
            output.writeBytes(block, 0, count * WORD);
        }
    }

    private static long[] readLongs(Input input) {
        long[] values = new long[input.readInt(true)];
        byte[] block = new byte[Math.min(BLOCK, values.length) * WORD];
        for (int i = 0; i < values.length; i += BLOCK) {
            int count = Math.min(BLOCK, values.length - i);
            input.readBytes(block, 0, count * WORD);
            words(block).asLongBuffer().get(values, i, count);
        }
        return values;
    }

    private static void writeDoubles(Output output, double[] values) {
        output.writeInt(values.length, true);
        byte[] block = new byte[Math.min(BLOCK, values.length) * WORD];
        for (int i = 0; i < values.length; i += BLOCK) {
            int count = Math.min(BLOCK, values.length - i);
            words(block).asDoubleBuffer().put(values, i, count);
            output.writeBytes(block, 0, count * WORD);
        }
    }

    private static double[] readDoubles(Input input) {
        double[] values = new double[input.readInt(true)];
        byte[] block = new byte[Math.min(BLOCK, values.length) * WORD];
        for (int i = 0; i < values.length; i += BLOCK) {
            int count = Math.min(BLOCK, values.length - i);
            input.readBytes(block, 0, count * WORD);
            words(block).asDoubleBuffer().get(values, i, count);
        }
        return values;
    }

    private static ByteBuffer words(byte[] block) {
        return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    }
}
