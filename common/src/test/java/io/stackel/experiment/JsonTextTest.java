package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    /**
     * SHA-256 of the lines that {@code Double.toString} of JDK 25 (Temurin 25.0.3) makes of {@link #example} 0 to
     * 199,999; to regenerate, replace {@code JsonText.text} in the test by {@code Double.toString} and run it there.
     */
    private static final String LINES_OF_JDK_25 = "6b95266c790effe0a92d102e384b1e27d9dd240ad2a2d3e56bd75c7f477b9d31";

    @Test
    void compactTreeIsOneLineInTheOrderOfItsMaps() {
        assertThat(JsonText.compact(tree()))
                .isEqualTo("{\"b\":[1,2.5,true,{}],\"a\":{\"c\":\"x\\\"\\\\\\n\\u00e9\\u001f\"},\"empty\":[],"
                        + "\"n\":\"NaN\"}");
    }

    @Test
    void indentedTreeHasOneValueALine() {
        assertThat(JsonText.indented(new LinkedHashMap<>(Map.of("a", List.of(1L, 2)))))
                .isEqualTo("""
                        {
                          "a": [
                            1,
                            2
                          ]
                        }
                        """);
        assertThat(JsonText.indented(Map.of())).isEqualTo("{}\n");
        assertThat(JsonText.indented(List.of(Map.of(), List.of(), Map.of("b", Map.of("c", Map.of())))))
                .isEqualTo("""
                        [
                          {},
                          [],
                          {
                            "b": {
                              "c": {}
                            }
                          }
                        ]
                        """);
    }

    @Test
    void anotherReaderReadsTheSameTree() throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();

        assertThat(mapper.readTree(JsonText.indented(tree()))).isEqualTo(mapper.readTree(JsonText.compact(tree())));
        assertThat(mapper.readTree(JsonText.compact(tree())).at("/a/c").textValue())
                .isEqualTo("x\"\\\n\u00e9\u001f");
        assertThat(mapper.readTree(JsonText.quoted("\uD83D\uDE00")).textValue()).isEqualTo("\uD83D\uDE00");
    }

    /** So that JSON on a terminal commands nothing: no control character of either kind, no turn of the direction. */
    @Test
    void whatATerminalObeysIsEscaped() {
        assertThat(JsonText.quoted("\u001b[2J\r\u0007\u007f\u009b\u0085\u202e\u2066\u200f"))
                .isEqualTo("\"\\u001b[2J\\u000d\\u0007\\u007f\\u009b\\u0085\\u202e\\u2066\\u200f\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyCodeUnitIsPrintableAsciiOrEscaped(boolean key) {
        for (int unit = 0; unit <= Character.MAX_VALUE; unit++) {
            String text = Character.toString((char) unit);
            String escaped = switch (unit) {
                case '"' -> "\\\"";
                case '\\' -> "\\\\";
                case '\n' -> "\\n";
                case '\t' -> "\\t";
                default -> unit >= ' ' && unit <= '~' ? text : String.format(Locale.ROOT, "\\u%04x", unit);
            };

            assertThat(key ? JsonText.compact(Map.of(text, 1)) : JsonText.quoted(text))
                    .isEqualTo(key ? "{\"" + escaped + "\":1}" : "\"" + escaped + "\"");
        }
    }

    @Test
    void emptyOptionalIsNullAndAnotherIsWhatItHolds() {
        assertThat(JsonText.compact(List.of(Optional.empty(), Optional.of(List.of(0.5)))))
                .isEqualTo("[null,[0.5]]");
    }

    @Test
    void notFiniteRealsAreStrings() {
        assertThat(JsonText.compact(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)))
                .isEqualTo("[\"NaN\",\"Infinity\",\"-Infinity\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "1.0, 1.0",
        "-1.5, -1.5",
        "0.002, 0.002",
        "0.001, 0.001",
        "9.999E-4, 9.999E-4",
        "1.0E-5, 1.0E-5",
        "100.0, 100.0",
        "9999999.0, 9999999.0",
        "1.0E7, 1.0E7",
        "12345678.9, 1.23456789E7",
        "1.0E22, 1.0E22",
        "1.0E23, 1.0E23",
        "2.0E23, 2.0E23",
        "2.2E-322, 2.2E-322",
        "1.0E-322, 9.9E-323",
        "4.9E-324, 4.9E-324",
        "1.0E-323, 9.9E-324",
        "2.2250738585072014E-308, 2.2250738585072014E-308",
        "1.7976931348623157E308, 1.7976931348623157E308",
        "9007199254740993, 9.007199254740992E15",
        "NaN, NaN",
        "-Infinity, -Infinity",
        "Infinity, Infinity"
    })
    void knownValuesAreWrittenAsFromJdk19On(double value, String text) {
        assertThat(JsonText.text(value)).isEqualTo(text);
    }

    @Test
    void linesAreThoseOfALaterJdk() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < 200_000; i++) {
            String text = JsonText.text(example(i));
            assertThat(JsonText.compact(example(i))).isEqualTo(text);
            digest.update((text + "\n").getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(LINES_OF_JDK_25);
    }

    @Test
    void valueOfAnotherTypeIsRefused() {
        assertThatThrownBy(() -> JsonText.compact(List.of(1.0f)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value must be a Map, List, String, Double, Long, Integer or Boolean, but was 1.0");
    }

    private static Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("b", List.of(1L, 2.5, true, Map.of()));
        tree.put("a", Map.of("c", "x\"\\\n\u00e9\u001f"));
        tree.put("empty", List.of());
        tree.put("n", Double.NaN);
        return tree;
    }

    /**
     * Finite doubles of five kinds: any bits, subnormals of every length, short decimals, neighbours of powers of two,
     * and numbers of everyday size.
     */
    private static double example(int i) {
        long bits = mixed(i);
        return switch (i % 5) {
            case 0 -> Double.longBitsToDouble(bits & ~(1L << 62));
            case 1 -> Double.longBitsToDouble((bits >>> 12) >>> (i % 52));
            case 2 -> Math.floorMod(bits, 1_000_000L) / 1000.0;
            case 3 -> Double.longBitsToDouble((Math.floorMod(bits, 2046L) + 1) * (1L << 52) - 2 + (i % 3));
            default -> (bits >> 11) * 0x1p-40;
        };
    }

    /** The output function of SplitMix64 at address {@code i}. */
    private static long mixed(long i) {
        long z = (i + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
