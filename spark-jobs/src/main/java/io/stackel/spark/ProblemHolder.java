package io.stackel.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.stackel.estimate.ChunkEvaluator;
import java.io.Serializable;

/** The bytes of a problem as they are broadcast, and the problem that a process builds from them once. */
final class ProblemHolder implements Serializable {

    private static final long serialVersionUID = 1L;

    private final byte[] bytes;
    private transient ChunkEvaluator.Source source;

    ProblemHolder(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** The problem; the first call in a process builds it. */
    synchronized ChunkEvaluator.Source source(ProblemRecipe recipe) {
        if (source == null) {
            source = recipe.build(bytes, Thread.currentThread().getContextClassLoader());
        }
        return source;
    }

    /** Writes the bytes alone. */
    static final class Wire extends Serializer<ProblemHolder> {

        Wire() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, ProblemHolder holder) {
            output.writeInt(holder.bytes.length, true);
            output.writeBytes(holder.bytes);
        }

        @Override
        public ProblemHolder read(Kryo kryo, Input input, Class<ProblemHolder> type) {
            return new ProblemHolder(input.readBytes(input.readInt(true)));
        }
    }
}
