package io.stackel.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.problem.Range;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The declarations of every kind against the reader. */
class ProblemFormatTest {

    private static Stream<Named<ProblemFormat>> formats() {
        return ProblemFormat.ALL.stream().map(format -> Named.of(format.kind(), format));
    }

    private static ObjectNode example(ProblemFormat format) throws IOException {
        return (ObjectNode) new ObjectMapper().readTree(format.example());
    }

    private static ProblemFile read(JsonNode file) throws IOException {
        return ProblemFile.read(
                "my.json", new ByteArrayInputStream(file.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static List<FileKey> keys(ProblemFormat format) {
        return Stream.of(format.problem(), format.at()).flatMap(List::stream).toList();
    }

    private static ObjectNode section(ObjectNode file, ProblemFormat format, FileKey key) {
        return (ObjectNode) file.path(format.problem().contains(key) ? "problem" : "at");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void theExampleWithEveryKeyIsRead(ProblemFormat format) throws IOException {
        assertThat(read(example(format)).kind()).isEqualTo(format.kind());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aKeyMayBeLeftOutUnlessItIsRequired(ProblemFormat format) throws IOException {
        for (FileKey key : keys(format)) {
            ObjectNode file = example(format);
            section(file, format, key).remove(key.name());
            if (key.required() || format.together().contains(key.name())) {
                assertThatThrownBy(() -> read(file)).as(key.name()).hasMessageContaining("/" + key.name());
            } else if (!key.name().equals("features")) {
                assertThatCode(() -> read(file)).as(key.name()).doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aNumberOutsideOfTheDeclaredRangeIsRefused(ProblemFormat format) throws IOException {
        for (FileKey key : keys(format)) {
            if (key.range().equals(Range.FINITE)) {
                continue;
            }
            ObjectNode file = example(format);
            replaceFirstNumber(
                    section(file, format, key), key.name(), key.range().low() - 1);
            assertThatThrownBy(() -> read(file)).as(key.name()).hasMessageContaining("/" + key.name());
        }
    }

    private static void replaceFirstNumber(ObjectNode section, String name, double value) {
        JsonNode at = section.path(name);
        if (!at.isArray()) {
            section.set(name, DoubleNode.valueOf(value));
            return;
        }
        ArrayNode row = (ArrayNode) at;
        while (row.get(0).isArray()) {
            row = (ArrayNode) row.get(0);
        }
        row.set(0, DoubleNode.valueOf(value));
    }
}
