package io.stackel.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.math.Sha256;
import io.stackel.run.ExitCode;
import io.stackel.run.StatusReport;
import io.stackel.store.RunState;
import io.stackel.store.RunTraces;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialStatusTest {

    private static final String IDENTITY = Sha256.of("one");
    private static final Trial TRIAL = new Trial("one-" + IDENTITY.substring(0, 12), IDENTITY, 0, Map.of(), "{}");

    @ParameterizedTest
    @CsvSource({"75, STOPPED, true", "5, STOPPED, true", "1, FAILED, false", "2, FAILED, false", "3, FAILED, false"})
    void aDriverThatEndedByTheStoreOrByAnotherDriverIsNoFailure(int code, RunState state, boolean open) {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("state", "failed");
        entries.put("exitCode", Optional.of(code));
        entries.put("reason", Optional.of("why"));

        TrialStatus own = TrialStatus.of(TRIAL, Optional.of(new StatusReport(entries)));
        TrialStatus recorded = TrialStatus.of(TRIAL, Optional.empty())
                .after(new TrialFailure(ExitCode.of(code), "why", RunTraces.NONE));

        for (TrialStatus standing : new TrialStatus[] {own, recorded}) {
            assertThat(standing.state()).isEqualTo(state);
            assertThat(standing.open()).isEqualTo(open);
            assertThat(standing.exitCode()).contains(code);
            assertThat(standing.reason()).isEqualTo("why");
        }
    }

    @Test
    void aCodeThatIsNoneOfOursIsAFailure() {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("state", "failed");
        entries.put("exitCode", Optional.of(99));
        entries.put("reason", Optional.of("why"));

        TrialStatus standing = TrialStatus.of(TRIAL, Optional.of(new StatusReport(entries)));

        assertThat(standing.failed()).isTrue();
        assertThat(standing.exitCode()).contains(99);
    }
}
