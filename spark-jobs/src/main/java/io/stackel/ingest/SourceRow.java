package io.stackel.ingest;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.Serializable;

/**
 * A row as it was read, or what is wrong with it.
 *
 * @param file number of the file in the order of the paths
 * @param key place in the file: row number or byte offset
 * @param label of the row
 * @param indices ascending, from 0, of the values that are there; empty if all are
 * @param values of the features
 * @param sparse whether features without an index are zero
 * @param broken what is wrong, with the column; empty if nothing is
 */
@DefaultSerializer(SourceRow.Wire.class)
record SourceRow(int file, long key, double label, int[] indices, double[] values, boolean sparse, String broken)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    static SourceRow dense(int file, long key, double label, double[] values) {
        return new SourceRow(file, key, label, new int[0], values, false, "");
    }

    static SourceRow sparse(int file, long key, double label, int[] indices, double[] values) {
        return new SourceRow(file, key, label, indices, values, true, "");
    }

    static SourceRow broken(int file, long key, String what) {
        return new SourceRow(file, key, 0, new int[0], new double[0], false, what);
    }

    boolean isBroken() {
        return !broken.isEmpty();
    }

    /** The number of features that the row is known to have. */
    int width() {
        if (!sparse) {
            return values.length;
        }
        return indices.length == 0 ? 0 : indices[indices.length - 1] + 1;
    }

    /** Writes the features at {@code offset}; what is sparse must meet zeros. */
    void writeInto(double[] into, int offset) {
        if (!sparse) {
            System.arraycopy(values, 0, into, offset, values.length);
            return;
        }
        for (int i = 0; i < indices.length; i++) {
            into[offset + indices[i]] = values[i];
        }
    }

    /** Between tasks, and where rows wait for the second job. */
    public static final class Wire extends Serializer<SourceRow> {

        /** For Kryo, which makes one where it has no registrator. */
        public Wire() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, SourceRow row) {
            output.writeInt(row.file, true);
            output.writeLong(row.key, true);
            output.writeDouble(row.label);
            output.writeInt(row.indices.length, true);
            output.writeInts(row.indices);
            output.writeInt(row.values.length, true);
            output.writeDoubles(row.values);
            output.writeBoolean(row.sparse);
            output.writeString(row.broken);
        }

        @Override
        public SourceRow read(Kryo kryo, Input input, Class<SourceRow> type) {
            return new SourceRow(
                    input.readInt(true),
                    input.readLong(true),
                    input.readDouble(),
                    input.readInts(input.readInt(true)),
                    input.readDoubles(input.readInt(true)),
                    input.readBoolean(),
                    input.readString());
        }
    }
}
