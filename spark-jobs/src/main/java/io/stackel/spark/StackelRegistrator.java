package io.stackel.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.apache.spark.serializer.KryoRegistrator;

/** Registers what Kryo carries between driver and executors; named by {@code spark.kryo.registrator}. */
public final class StackelRegistrator implements KryoRegistrator {

    @Override
    public void registerClasses(Kryo kryo) {
        kryo.register(ProblemHolder.class, new JavaSerializer());
    }
}
