package io.stackel.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/** The driver's Hadoop configuration as bytes, so that executors open the same places with the same settings. */
public record ShippedConfiguration(byte[] bytes) implements Supplier<Configuration>, Serializable {

    private static final long serialVersionUID = 1L;

    /** Packs a Hadoop configuration into bytes. */
    public static ShippedConfiguration of(Configuration configuration) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            configuration.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new ShippedConfiguration(bytes.toByteArray());
    }

    @Override
    public Configuration get() {
        Configuration configuration = new Configuration(false);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            configuration.readFields(in);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return configuration;
    }
}
