package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.report.CommitSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitSummaryTest {

    @TempDir
    Path folder;

    private LoadedExperiment load(String... overrides) {
        return LoadedExperiment.load(
                Invocation.configuration("tiny.yaml", folder).toString(),
                List.of(overrides),
                CommitSummaryTest.class.getClassLoader());
    }

    @Test
    void decodesToWhatWasEncoded() {
        CommitSummary summary = new CommitSummary(
                "tiny",
                new TreeMap<>(Map.of("lowerGap", 1.1579208923731619E-4, "saturation", Double.NaN)),
                "ab12",
                0.1,
                load().configuration().resolvedJson(),
                List.of("name: a -> b"));

        CommitSummary decoded = CommitSummary.decode(summary.encode(Map.of("step", 7L)));

        assertThat(decoded.figures()).isEqualTo(summary.figures());
        assertThat(decoded.changes()).isEqualTo(summary.changes());
        assertThat(decoded.wallSeconds()).isEqualTo(0.1);
        assertThat(decoded.stateSha256()).isEqualTo("ab12");
        assertThat(LoadedExperiment.decode(
                                "recorded",
                                decoded.configurationText(),
                                List.of(),
                                CommitSummaryTest.class.getClassLoader())
                        .configuration())
                .isEqualTo(load().configuration());
    }

    @Test
    void changesAreThoseOfTheGivenConfiguration() {
        CommitSummary summary = new CommitSummary(
                "tiny", new TreeMap<>(), "", 0, load().configuration().resolvedJson(), List.of());

        assertThat(summary.changes(
                        load("stop.iterations=20", "checkpoint.keep=5").configuration(),
                        CommitSummaryTest.class.getClassLoader()))
                .containsExactly("checkpoint.keep: 2 -> 5", "stop.iterations: 12 -> 20");
    }
}
