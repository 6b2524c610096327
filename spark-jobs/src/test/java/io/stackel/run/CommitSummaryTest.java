package io.stackel.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.experiment.Catalogue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CommitSummaryTest {

    private static final CommitSummary.Code UNKNOWN = new CommitSummary.Code(Optional.empty(), Optional.empty());

    private LoadedExperiment load(String... overrides) {
        return LoadedExperiment.load(
                CommitSummaryTest.class.getResource("/io/stackel/cli/tiny.yaml").toString(),
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
                List.of("name: a -> b"),
                new CommitSummary.Code(Optional.of("1.2+ab12"), Optional.of("cd34")));

        CommitSummary decoded = CommitSummary.decode(summary.encode(Map.of("step", 7L)));

        assertThat(decoded.figures()).isEqualTo(summary.figures());
        assertThat(decoded.changes()).isEqualTo(summary.changes());
        assertThat(decoded.code()).isEqualTo(summary.code());
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
    void codeThatACommitDoesNotSayIsUnknown() {
        CommitSummary summary = new CommitSummary("tiny", new TreeMap<>(), "", 0, "{}", List.of(), UNKNOWN);

        ObjectNode encoded = summary.encode(Map.of());

        assertThat(encoded.has("problemCode")).isFalse();
        assertThat(encoded.has("codeVersion")).isFalse();
        assertThat(CommitSummary.decode(encoded).code()).isEqualTo(UNKNOWN);
    }

    @Test
    void changesAreThoseOfTheGivenConfiguration() {
        CommitSummary summary = new CommitSummary(
                "tiny", new TreeMap<>(), "", 0, load().configuration().resolvedJson(), List.of(), UNKNOWN);

        assertThat(summary.changes(
                        load("stop.iterations=20", "checkpoint.keep=5").configuration(), Catalogue.shipped()))
                .containsExactly("checkpoint.keep: 2 -> 5", "stop.iterations: 12 -> 20");
    }
}
