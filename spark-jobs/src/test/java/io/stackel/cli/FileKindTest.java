package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\": \"stackelberg\", \"problem\": {}} | PROBLEM",
                "{\"exact\": {\"format\": [1]}, \"problem\": {\"format\": 1}, \"kind\": 1} | PROBLEM",
                "{\"format\": 1, \"name\": \"kind\"} | CONFIGURATION",
                "{format: 1, kind: 2} | CONFIGURATION",
                "format: 1 | CONFIGURATION",
                "{\"problem\": {\"kind\": 1}} | CONFIGURATION",
                "[\"kind\"] | CONFIGURATION",
                "{\"problem\": {\"states\": | CONFIGURATION"
            })
    void keyAtTheTopDecides(String content, FileKind kind) {
        assertThat(FileKind.of(content.getBytes(StandardCharsets.UTF_8))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"'', CONFIGURATION"})
    void emptyFileIsLeftToTheReaderOfConfigurations(String content, FileKind kind) {
        assertThat(FileKind.of(content.getBytes(StandardCharsets.UTF_8))).isEqualTo(kind);
    }
}
