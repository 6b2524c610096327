package io.stackel.sweep;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.stackel.run.RunEnd;
import org.apache.spark.serializer.KryoRegistrator;

/** Registers what Kryo carries when trials run inside tasks. */
public final class TrialRegistrator implements KryoRegistrator {

    @Override
    public void registerClasses(Kryo kryo) {
        kryo.register(RunEnd.class, new JavaSerializer());
    }
}
