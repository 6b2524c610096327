package io.stackel.algorithm;

import io.stackel.math.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Named arrays and whole states as safetensors bytes: the checkpoint format, which every safetensors library reads.
 *
 * <p>Layout: the header's length (int64, little endian), the header (JSON, padded with spaces to a multiple of 8), the
 * arrays one after another, row-major, little endian. Types are {@code F64} and {@code I64}. Names and fields are
 * sorted, so equal values give equal bytes. The scalars of a {@link State} stand in {@code __metadata__} as decimal
 * text: {@code step}, {@code iteration}, {@code phase}, {@code lowerSamples}, {@code upperSamples}.
 *
 * <p>Decoding trusts nothing: sizes are compared with the bytes at hand before anything is allocated, the arrays must
 * fill the rest of the file without a gap or an overlap, and a broken rule is an {@link IllegalArgumentException}.
 *
 * <p>Source: the format section of github.com/huggingface/safetensors.
 */
public final class Safetensors {

    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:/-]{0,199}");

    private static final long LONGEST = Integer.MAX_VALUE - 8;

    private Safetensors() {}

    /** The bytes of a state. */
    public static byte[] encode(State state) {
        SortedMap<String, String> metadata = new TreeMap<>();
        state.scalars().forEach((name, value) -> metadata.put(name, value.toString()));
        return encode(state.tensors(), metadata);
    }

    /** The state of some bytes that {@link #encode(State)} made. */
    public static State decode(byte[] bytes) {
        SafetensorsHeader header = header(bytes);
        return new State(
                scalar(header, "step", Long.MAX_VALUE),
                scalar(header, "iteration", Long.MAX_VALUE),
                (int) scalar(header, "phase", Integer.MAX_VALUE),
                scalar(header, "lowerSamples", Long.MAX_VALUE),
                scalar(header, "upperSamples", Long.MAX_VALUE),
                tensors(header, bytes));
    }

    /** The bytes of named arrays; a name matches {@code [A-Za-z0-9_][A-Za-z0-9_.:/-]*} and has at most 200 letters. */
    public static byte[] encodeTensors(SortedMap<String, Tensor> tensors) {
        return encode(tensors, Collections.emptySortedMap());
    }

    /** The named arrays of some bytes, in the order of the names. */
    public static SortedMap<String, Tensor> decodeTensors(byte[] bytes) {
        return tensors(header(bytes), bytes);
    }

    private static byte[] encode(SortedMap<String, Tensor> tensors, SortedMap<String, String> metadata) {
        SafetensorsHeader header = SafetensorsHeader.of(tensors, metadata);
        byte[] json = header.json().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) & -8;
        long length = 8L + padded + header.dataLength();
        if (length > LONGEST) {
            throw new IllegalArgumentException("state must fit " + LONGEST + " bytes, but takes " + length);
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(padded).put(json);
        while (buffer.position() < 8 + padded) {
            buffer.put((byte) ' ');
        }
        for (SafetensorsHeader.Entry entry : header.entries()) {
            Tensor tensor = tensors.get(entry.name());
            if (tensor instanceof Tensor.Real real) {
                buffer.asDoubleBuffer().put(real.values());
            } else if (tensor instanceof Tensor.Whole whole) {
                buffer.asLongBuffer().put(whole.values());
            }
            buffer.position(buffer.position() + 8 * tensor.size());
        }
        return buffer.array();
    }

    private static SafetensorsHeader header(byte[] bytes) {
        if (bytes.length < 8) {
            throw new IllegalArgumentException("safetensors must have at least 8 bytes, but has " + bytes.length);
        }
        int rest = bytes.length - 8;
        long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > rest) {
            throw new IllegalArgumentException(
                    "safetensors header must have 2 to " + rest + " bytes, but was announced with " + length);
        }
        return SafetensorsHeader.parse(bytes, 8, (int) length, rest - length);
    }

    private static SortedMap<String, Tensor> tensors(SafetensorsHeader header, byte[] bytes) {
        int start = bytes.length - (int) header.dataLength();
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (SafetensorsHeader.Entry entry : header.entries()) {
            int length = (int) (entry.end() - entry.begin());
            ByteBuffer data =
                    ByteBuffer.wrap(bytes, start + (int) entry.begin(), length).order(ByteOrder.LITTLE_ENDIAN);
            int[] shape = entry.shape().stream().mapToInt(Integer::intValue).toArray();
            if (entry.real()) {
                double[] values = new double[length / 8];
                data.asDoubleBuffer().get(values);
                tensors.put(entry.name(), new Tensor.Real(values, shape));
            } else {
                long[] values = new long[length / 8];
                data.asLongBuffer().get(values);
                tensors.put(entry.name(), new Tensor.Whole(values, shape));
            }
        }
        return tensors;
    }

    private static long scalar(SafetensorsHeader header, String key, long largest) {
        String text = header.metadata().getOrDefault(key, "");
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) > largest) {
            throw new IllegalArgumentException("safetensors __metadata__." + key
                    + " must be a whole number of at most 18 digits, but was '" + text + "'");
        }
        return Long.parseLong(text);
    }
}
