package io.stackel.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.families.TableFormat;
import io.stackel.problem.PreferencePairs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceTableTest {

    private static final String LONG = "{\"observations\": [0, 2], \"actions\": [1, 0]}";
    private static final String SHORT = "{\"observations\": [1], \"actions\": [1]}";

    private static String row(String pair, String annotator, String label) {
        return row(pair, annotator, label, LONG, SHORT);
    }

    private static String row(String pair, String annotator, String label, String first, String second) {
        return "{\"pair\": " + pair + ", \"annotator\": " + annotator + ", \"label\": " + label + ", \"first\": "
                + first + ", \"second\": " + second + "}";
    }

    private static PreferenceTable read(String... lines) {
        return PreferenceTable.read("pairs.jsonl", String.join("\n", lines), 3, 2);
    }

    @Test
    void theExampleOfTheReferenceIsATable() {
        PreferenceTable table = PreferenceTable.read("pairs.jsonl", TableFormat.LABELS.example(), 4, 2);

        assertThat(table.labels()).isEqualTo(2);
        assertThat(table.pairCount()).isEqualTo(1);
    }

    @Test
    void cellsAreOfStatesAndActionsAndShorterSegmentsAreFilledUp() {
        PreferencePairs pairs = read(row("\"a\"", "\"ann\"", "0.25")).pairs();

        assertThat(pairs.segmentLength()).isEqualTo(2);
        assertThat(pairs.cells()).containsExactly(1, 4, 3, PreferencePairs.NO_STEP);
        assertThat(pairs.labels()).containsExactly(0.25);
    }

    @Test
    void theOrderOfLinesMakesNoDifference() {
        String one = row("2", "\"ann\"", "1");
        String two = row("2", "\"bob\"", "0");
        String three = row("1", "\"bob\"", "0.5", SHORT, LONG);

        PreferenceTable table = read(one, "", two, three);
        PreferencePairs turned = read(three, two, one, "").pairs();

        assertThat(table.pairs().labels()).containsExactly(0.5, 1, 0).isEqualTo(turned.labels());
        assertThat(table.pairs().cells()).isEqualTo(turned.cells());
        assertThat(table.labels()).isEqualTo(3);
        assertThat(table.pairCount()).isEqualTo(2);
        assertThat(table.annotators()).isEqualTo(2);
    }

    @Test
    void everyBrokenLineIsTold() {
        assertThatThrownBy(
                        () -> read(row("1", "\"a\"", "2"), row("2", "\"a\"", "1"), "[1", row("3", "\"a\"", "\"yes\"")))
                .isInstanceOf(ImportException.class)
                .hasMessageContainingAll(
                        "pairs.jsonl: line 1: label must be in [0, 1], but was 2",
                        "pairs.jsonl: line 3: must be a JSON object: ",
                        "pairs.jsonl: line 4: label must be in [0, 1], but was \"yes\"")
                .hasMessageNotContaining("line 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"observations\": [0, 3], \"actions\": [0, 0]} | first.observations[1] must be a whole number in [0, 3), but was 3",
                "{\"observations\": [0], \"actions\": [0.5]} | first.actions[0] must be a whole number in [0, 2), but was 0.5",
                "{\"observations\": [0, 1], \"actions\": [0]} | first must have as many observations as actions, but has 2 and 1",
                "{\"observations\": [], \"actions\": []} | first.observations must be a list of at least one number, but was []",
                "{\"states\": [0], \"actions\": [0]} | first.states must be one of observations, actions",
                "{\"actions\": [0]} | first.observations must be a list of at least one number, but is missing"
            })
    void aBrokenSegmentIsToldByItsPlace(String segment, String message) {
        assertThatThrownBy(() -> read(row("1", "\"a\"", "1", segment, SHORT)))
                .hasMessage("pairs.jsonl: line 1: " + message);
    }

    @Test
    void aPairHasOneLabelOfEachAnnotatorAndOneSetOfSegments() {
        String first = row("1", "\"a\"", "1");

        assertThatThrownBy(() -> read(first, row("1", "\"a\"", "0")))
                .hasMessageContaining("line 2: pair 1 must have one label of each annotator, but line 1 has one too");
        assertThatThrownBy(() -> read(first, row("1", "\"b\"", "0", SHORT, LONG)))
                .hasMessageContaining("line 2: pair 1 must have the segments of line 1, but has others");
    }

    @Test
    void aTableWithoutPairsIsRefused() {
        assertThatThrownBy(() -> read("", " ")).hasMessage("pairs.jsonl: must have a labelled pair, but has none");
    }
}
