package io.stackel.ingest;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.apache.spark.serializer.KryoRegistrator;

/** Registers what Kryo carries during an import. */
public final class ImportRegistrator implements KryoRegistrator {

    @Override
    public void registerClasses(Kryo kryo) {
        kryo.register(SourceRow.class, new SourceRow.Wire());
        kryo.register(PartitionSummary.class, new JavaSerializer());
        kryo.register(BlockWriter.Written.class, new JavaSerializer());
    }
}
