package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    @Test
    void compactTreeIsOneLineInTheOrderOfItsMaps() {
        assertThat(JsonWriter.compact(tree()))
                .isEqualTo("{\"b\":[1,2.5,true,{}],\"a\":{\"c\":\"x\\\"\\\\\\n\\u00e9\\u001f\"},\"empty\":[],"
                        + "\"n\":\"NaN\"}");
    }

    @Test
    void indentedTreeHasOneValueALine() {
        assertThat(JsonWriter.indented(new LinkedHashMap<>(Map.of("a", List.of(1L, 2)))))
                .isEqualTo("""
                        {
                          "a": [
                            1,
                            2
                          ]
                        }
                        """);
        assertThat(JsonWriter.indented(Map.of())).isEqualTo("{}\n");
    }

    @Test
    void anotherReaderReadsTheSameTree() throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();

        assertThat(mapper.readTree(JsonWriter.indented(tree()))).isEqualTo(mapper.readTree(JsonWriter.compact(tree())));
        assertThat(mapper.readTree(JsonWriter.compact(tree())).at("/a/c").textValue())
                .isEqualTo("x\"\\\n\u00e9\u001f");
        assertThat(mapper.readTree(JsonWriter.quoted("\uD83D\uDE00")).textValue())
                .isEqualTo("\uD83D\uDE00");
    }

    /** So that JSON on a terminal commands nothing: no control character of either kind, no turn of the direction. */
    @Test
    void whatATerminalObeysIsEscaped() {
        assertThat(JsonWriter.quoted("\u001b[2J\r\u0007\u007f\u009b\u0085\u202e\u2066\u200f"))
                .isEqualTo("\"\\u001b[2J\\u000d\\u0007\\u007f\\u009b\\u0085\\u202e\\u2066\\u200f\"");
    }

    @Test
    void valueOfAnotherTypeIsRefused() {
        assertThatThrownBy(() -> JsonWriter.compact(List.of(1.0f)))
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
}
