package io.stackel.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.math.Sha256;
import io.stackel.report.StatusReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialStandingTest {

    private static final String IDENTITY = Sha256.of("one");
    private static final Trial TRIAL = new Trial("one-" + IDENTITY.substring(0, 12), IDENTITY, 0, Map.of(), "{}");

    @ParameterizedTest
    @CsvSource({"75, stopped, true", "5, stopped, true", "1, failed, false", "2, failed, false", "3, failed, false"})
    void aDriverThatEndedByTheStoreOrByAnotherDriverIsNoFailure(int code, String state, boolean open) {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("state", "failed");
        entries.put("exitCode", Optional.of(code));
        entries.put("reason", Optional.of("why"));

        TrialStanding own = TrialStanding.of(TRIAL, Optional.of(new StatusReport(entries)));
        TrialStanding recorded = TrialStanding.of(TRIAL, Optional.empty()).after(new TrialResult(code, "why"));

        for (TrialStanding standing : new TrialStanding[] {own, recorded}) {
            assertThat(standing.state()).isEqualTo(state);
            assertThat(standing.open()).isEqualTo(open);
            assertThat(standing.exitCode()).contains(code);
            assertThat(standing.reason()).isEqualTo("why");
        }
    }
}
