package io.stackel.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFormatTest {

    private static final CsvFormat CSV = new CsvFormat(List.of("id", "x", "y"), 2, List.of(1), true, ',');

    private static SourceRow libSvm(String line) {
        return new LibSvmFormat(5).row(2, 17, line).orElseThrow();
    }

    @Test
    void libSvmLinesAreSparseRows() {
        SourceRow row = libSvm("-1 2:.5 5:-3e2 # a comment 9:9");

        double[] dense = new double[6];
        row.writeInto(dense, 1);
        assertThat(dense).containsExactly(0, 0, 0.5, 0, 0, -300);
        assertThat(row.label()).isEqualTo(-1);
        assertThat(row.width()).isEqualTo(5);
        assertThat(row.file()).isEqualTo(2);
        assertThat(row.key()).isEqualTo(17);
        assertThat(libSvm("3").width()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x 1:2 | column label: must be a finite number, but was \"x\"",
                "# nothing | column label: must be a finite number, but is missing",
                "1 qid:3 | entry 1: must be index:value with an index from 1 to 5",
                "1 0:3 | entry 1: must be index:value",
                "1 6:3 | entry 1: must be index:value",
                "1 2:3 2:4 | entry 2: must be index:value with an index from 1 to 5 that is above the one before",
                "1 2:3 3 | but was \"3\"",
                "1 2:Infinity | column 2: must be a finite number, but was \"Infinity\"",
                "1 2:0x1p3 | column 2: must be a finite number",
                "1 2:1d | column 2: must be a finite number",
                "1 2:1-2 | column 2: must be a finite number"
            })
    void brokenLibSvmLinesSayWhatIsWrong(String line, String what) {
        assertThat(libSvm(line).broken()).contains(what);
    }

    @Test
    void jsonLinesHaveNumbersAndArraysOfThem() {
        String line = "{\"step\": 3, \"who\": \"ann\", \"observation\": [0.5, -1e2], \"action\": 1}";
        List<FeatureColumn> columns = JsonLinesFormat.columns(line);
        assertThat(columns.stream().flatMap(column -> column.names().stream()))
                .containsExactly("step", "observation[0]", "observation[1]", "action");
        assertThat(JsonLinesFormat.columns("[1]")).isEmpty();

        SourceRow row = jsonLine(line);
        assertThat(row.values()).containsExactly(0.5, -100, 3);
        assertThat(row.label()).isEqualTo(1);
    }

    private static SourceRow jsonLine(String line) {
        List<FeatureColumn> features =
                List.of(new FeatureColumn("observation", true, 2), new FeatureColumn("step", false, 1));
        return new JsonLinesFormat("action", features).row(2, 17, line).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[1] | must be a JSON object, but is ARRAY",
                "{\"step\": 1 | must be a JSON object, but: ",
                "{\"step\": 1, \"step\": 2} | must be a JSON object, but: Duplicate",
                "{\"step\": 1, \"action\": 0} | column observation: must have 2 numbers, as in the first line, but was",
                "{\"step\": 1, \"observation\": [1], \"action\": 0} | must have 2 numbers, as in the first line, but was [1]",
                "{\"step\": 1, \"observation\": [1, null], \"action\": 0} | column observation[1]: must be a finite number, but was \"null\"",
                "{\"observation\": [1, 2], \"action\": 0} | column step: must be a finite number, but is missing",
                "{\"step\": 1, \"observation\": [1, 2], \"action\": 1e999} | column action: must be a finite number"
            })
    void brokenJsonLinesSayWhatIsWrong(String line, String what) {
        assertThat(jsonLine(line).broken()).contains(what);
    }

    @Test
    void fieldsMayBeQuoted() {
        assertThat(CsvFormat.split("a,\"b,\"\"c\"\"\", d ,", ',')).containsExactly("a", "b,\"c\"", "d", "");
        assertThat(CsvFormat.split("a;b", ';')).containsExactly("a", "b");
    }

    @Test
    void aHeaderIsNoRowAndStandsAtTheBeginning() {
        assertThat(CSV.row(0, 0, "id, \"x\",y")).isEmpty();
        assertThat(CSV.row(0, 0, "id,y,x").orElseThrow().broken()).startsWith("header: must be that of the first file");
        assertThat(CSV.row(0, 9, "id,x,y").orElseThrow().broken()).contains("column x");
        SourceRow row = CSV.row(0, 9, "no number,1.5,2").orElseThrow();
        assertThat(row.values()).containsExactly(1.5);
        assertThat(row.label()).isEqualTo(2);
    }
}
