package io.stackel.algorithm;

import io.stackel.math.Sha256;
import io.stackel.math.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The hash by which two states are the same to the bit.
 *
 * <p>SHA-256 over the arrays in the order of their names, each as name (ASCII), a zero byte, {@code F64} or
 * {@code I64}, a zero byte, the number of axes (int64), the length of each axis (int64), the values row-major (IEEE 754
 * binary64 or int64); all numbers little endian. The scalars of the state take part as arrays of type {@code I64}
 * without axes: {@code .iteration}, {@code .lowerSamples}, {@code .phase}, {@code .step}, {@code .upperSamples}; no
 * other name begins with a full stop.
 */
public final class StateHash {

    private StateHash() {}

    /** The hash in 64 lower-case hexadecimal digits. */
    public static String sha256(State state) {
        SortedMap<String, Tensor> arrays = new TreeMap<>();
        arrays.putAll(state.tensors());
        arrays.keySet().forEach(SafetensorsHeader::requireName);
        state.scalars().forEach((name, value) -> arrays.put("." + name, new Tensor.Whole(new long[] {value})));
        MessageDigest digest = Sha256.digest();
        arrays.forEach((name, tensor) -> update(digest, name, tensor));
        return Sha256.hex(digest);
    }

    private static void update(MessageDigest digest, String name, Tensor tensor) {
        digest.update(name.getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) 0);
        digest.update((tensor instanceof Tensor.Real ? "F64" : "I64").getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) 0);
        ByteBuffer buffer = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(tensor.shape().length);
        for (int axis : tensor.shape()) {
            put(axis, buffer, digest);
        }
        if (tensor instanceof Tensor.Real real) {
            for (double value : real.values()) {
                put(Double.doubleToRawLongBits(value), buffer, digest);
            }
        } else if (tensor instanceof Tensor.Whole whole) {
            for (long value : whole.values()) {
                put(value, buffer, digest);
            }
        }
        digest.update(buffer.flip());
    }

    private static void put(long value, ByteBuffer buffer, MessageDigest digest) {
        if (!buffer.hasRemaining()) {
            digest.update(buffer.flip());
            buffer.clear();
        }
        buffer.putLong(value);
    }
}
