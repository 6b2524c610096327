package io.stackel.families;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TableFormatTest {

    static final List<TableFormat> LINES = List.of(TableFormat.LABELS, TableFormat.TASK_EXPERTS, TableFormat.OFFERS);

    @ParameterizedTest
    @FieldSource("LINES")
    void theExampleHasTheDeclaredKeys(TableFormat format) throws IOException {
        for (String line : format.example().lines().toList()) {
            assertThat(new ObjectMapper().readTree(line).fieldNames())
                    .toIterable()
                    .containsExactlyElementsOf(format.names());
        }
    }

    @Test
    void examplesInCsvHaveTheDeclaredColumns() {
        for (TableFormat format : List.of(TableFormat.EXPERTS, TableFormat.LOG)) {
            assertThat(format.example().lines()).first().isEqualTo(String.join(",", format.names()));
        }
    }
}
