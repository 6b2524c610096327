package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlgorithmTableTest {

    private static final Path README = Path.of(System.getProperty("basedir", ""), "README.md");

    /** What ships alone, without the problems of tests. */
    private final Catalogue catalogue = Catalogue.load(ClassLoader.getPlatformClassLoader());

    private final AlgorithmTable table = AlgorithmTable.of(catalogue);

    /** To mend a failure, put what {@link #markdown} gives into the README. */
    @Test
    void theReadmeHasThisTable() throws IOException {
        assertThat(Files.readString(README)).contains("\n\n" + markdown(table) + "\n");
    }

    @Test
    void everyProblemCanBeBuiltWithItsDefaults() {
        assertThat(table.rows())
                .extracting(AlgorithmTable.Row::problem)
                .containsAll(catalogue.problems().keySet());
        assertThat(table.rows()).extracting(AlgorithmTable.Row::unknown).containsOnly(Optional.empty());
    }

    @Test
    void aChoiceThatChangesWhatRunsHasARowOfItsOwn() {
        AlgorithmTable.Row task = table.rows().stream()
                .filter(row ->
                        row.name().equals("preferences (task: cart-pole or mountain-car or acrobot or pendulum)"))
                .findFirst()
                .orElseThrow();
        assertThat(task.runs("alternating")).isTrue();
        assertThat(task.runs("pbrl")).isFalse();
        assertThat(task.refusals().get("pbrl"))
                .isEqualTo(
                        "pbrl needs a finite problem, with tables, but this one can only be sampled; use first-order,"
                                + " alternating or true-reward");
    }

    /** As a table in Markdown, the problems that cannot be built left out. */
    private static String markdown(AlgorithmTable table) {
        StringBuilder text = new StringBuilder("| problem |");
        table.algorithms().forEach(name -> text.append(" `").append(name).append("` |"));
        text.append("\n|---|").append("---|".repeat(table.algorithms().size())).append('\n');
        for (AlgorithmTable.Row row : table.rows()) {
            if (row.unknown().isEmpty()) {
                text.append("| ").append(row.name()).append(" |");
                table.algorithms().forEach(name -> text.append(row.runs(name) ? " yes |" : " |"));
                text.append('\n');
            }
        }
        return text.toString();
    }
}
