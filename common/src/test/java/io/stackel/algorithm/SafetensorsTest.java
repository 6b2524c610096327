package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.math.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The golden file is the Python package's; {@code state.py} beside it makes it and reads ours back. */
class SafetensorsTest {

    static State golden() {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put("upper.x", Tensor.of(0.1, -0.0, Double.MIN_VALUE, -Double.MAX_VALUE));
        tensors.put("lower.theta", new Tensor.Real(new double[] {1.5, 2.5, 3.5, -1, 1.0 / 3, 1e300}, 2, 3));
        tensors.put("model.counts", new Tensor.Whole(new long[] {1, -2, Long.MAX_VALUE, Long.MIN_VALUE}, 2, 2, 1));
        tensors.put("empty", new Tensor.Real(new double[0], 0, 3));
        tensors.put("scalar", new Tensor.Real(new double[] {42}));
        return new State(7, 3, 1, 400_000_000_000L, 12, tensors);
    }

    private static byte[] pythonsFile() throws IOException {
        try (InputStream in = SafetensorsTest.class.getResourceAsStream("state.safetensors")) {
            return in.readAllBytes();
        }
    }

    @Test
    void readsWhatPythonWrote() throws IOException {
        assertThat(Safetensors.decode(pythonsFile())).isEqualTo(golden());
    }

    @Test
    void writesTheArraysAsPythonDoes() throws NoSuchAlgorithmException {
        // Python orders the arrays by type first, so positions differ; `python state.py FILE` has read these bytes.
        byte[] ours = Safetensors.encode(golden());

        assertThat(new String(ours, 8, 424, StandardCharsets.US_ASCII))
                .isEqualTo("{\"__metadata__\":{\"iteration\":\"3\",\"lowerSamples\":\"400000000000\",\"phase\":\"1\","
                        + "\"step\":\"7\",\"upperSamples\":\"12\"},"
                        + "\"empty\":{\"dtype\":\"F64\",\"shape\":[0,3],\"data_offsets\":[0,0]},"
                        + "\"lower.theta\":{\"dtype\":\"F64\",\"shape\":[2,3],\"data_offsets\":[0,48]},"
                        + "\"model.counts\":{\"dtype\":\"I64\",\"shape\":[2,2,1],\"data_offsets\":[48,80]},"
                        + "\"scalar\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[80,88]},"
                        + "\"upper.x\":{\"dtype\":\"F64\",\"shape\":[4],\"data_offsets\":[88,120]}} ");
        assertThat(sha256(ours)).isEqualTo("f574bb9a8e61ca90651caef8ca97363943b2b516e63b16fce57c90ab4672c3c1");
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void stateSurvivesTheRoundTrip() {
        assertThat(Safetensors.decode(Safetensors.encode(golden()))).isEqualTo(golden());
        State bare = new State(0, 0, 0, 0, 0, Collections.emptySortedMap());
        assertThat(Safetensors.decode(Safetensors.encode(bare))).isEqualTo(bare);
    }

    @Test
    void notANumberKeepsItsBits() {
        double odd = Double.longBitsToDouble(0x7ff0_0000_dead_beefL);
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put("x", Tensor.of(odd, Double.NEGATIVE_INFINITY));

        Tensor.Real back = (Tensor.Real)
                Safetensors.decodeTensors(Safetensors.encodeTensors(tensors)).get("x");

        assertThat(Double.doubleToRawLongBits(back.values()[0])).isEqualTo(0x7ff0_0000_dead_beefL);
        assertThat(back.values()[1]).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void bytesDoNotDependOnTheOrderOfTheGivenMap() {
        SortedMap<String, Tensor> reversed = new TreeMap<>(Comparator.reverseOrder());
        reversed.putAll(golden().tensors());

        assertThat(Safetensors.encodeTensors(reversed)).isEqualTo(Safetensors.encodeTensors(golden().tensors()));
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] whole = Safetensors.encode(golden());
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Safetensors.decode(cut))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void flippedBytesNeverEndInAnythingButAnArgumentError() {
        byte[] whole = Safetensors.encode(golden());
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) 0x11;
            try {
                Safetensors.decode(flipped);
            } catch (IllegalArgumentException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(300);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "[]                                                                    | must be a JSON object",
                "{\"a\":                                                               | must be JSON, but",
                "{} {}                                                                 | must be JSON, but",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,8]}}       | must have dtype F64 or I64",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[]}}                              | must have dtype, shape and data_o",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":1,\"data_offsets\":[0,8]}}        | must have an array as shape",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[-1],\"data_offsets\":[0,8]}}     | must have whole numbers in",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[1.0],\"data_offsets\":[0,8]}}    | must have whole numbers in",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,0]}}      | must have ascending data_offsets",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0]}}        | must have two data_offsets",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,8]}}      | must span 8 bytes an element",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]}}     | must begin at byte 0",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]}}     | must fill the 8 bytes",
                "{}                                                                    | must fill the 8 bytes",
                "{\"../a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}   | tensor name must match",
                "{\"__metadata__\":[]}                                                 | __metadata__ must be an object",
                "{\"__metadata__\":{\"a\":1}}                                          | __metadata__.a must be a string",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,8]}}"
                        + "| must have fewer than 2^63 elements",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[576460752303423488],\"data_offsets\":[0,4611686018427387904]}}"
                        + "| must have axes of at most 2^31 - 1",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[2147483647],\"data_offsets\":[0,17179869176]}}"
                        + "| must fill the 8 bytes",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},\"a\":{}} | Duplicate field 'a'",
            })
    void malformedHeaderIsRefused(String header, String rule) {
        byte[] json = header.strip().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(16 + json.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);

        assertThatThrownBy(() -> Safetensors.decodeTensors(file.array()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void announcedHeaderLengthIsComparedWithTheFile() {
        ByteBuffer file = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(0, Long.MAX_VALUE);

        assertThatThrownBy(() -> Safetensors.decodeTensors(file.array()))
                .hasMessage("safetensors header must have 2 to 8 bytes, but was announced with 9223372036854775807");
    }

    @Test
    void aDeepHeaderIsRefused() {
        byte[] json = ("{\"a\":" + "[".repeat(100_000)).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);

        assertThatThrownBy(() -> Safetensors.decodeTensors(file.array()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nesting depth");
    }

    @Test
    void aStateNeedsItsScalars() {
        byte[] bytes = Safetensors.encodeTensors(golden().tensors());

        assertThatThrownBy(() -> Safetensors.decode(bytes))
                .hasMessage("safetensors __metadata__.step must be a whole number of at most 18 digits, but was ''");
    }

    @Test
    void badNamesAreNotWritten() {
        for (String name : new String[] {"", ".step", "a b", "a\"b", "__metadata__", "a\0", "é"}) {
            SortedMap<String, Tensor> tensors = new TreeMap<>();
            tensors.put(name, Tensor.of(1.0));
            assertThatThrownBy(() -> Safetensors.encodeTensors(tensors))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("tensor name must match");
        }
    }
}
