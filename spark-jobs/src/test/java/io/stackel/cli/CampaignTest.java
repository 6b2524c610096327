package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CampaignTest {

    private final Campaign.Tally tally = new Campaign.Tally("promise");

    @Test
    void everyRoundIsStruckAndTheFirstFailureThrownAtTheEnd() {
        assertThatThrownBy(() -> tally.strike(5, (round, same) -> {
                    tally.reached();
                    assertThat(round % 2).as("round %d", round).isZero();
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("round 1")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(tally).hasToString("promise: 3 of 5, seed 1");
    }

    @Test
    void roundThatDoesNotReachItsFaultFailsAndDoesNotCount() {
        assertThatThrownBy(() -> tally.strike(3, (round, same) -> {
                    tally.detail("r" + round);
                    if (round > 0) {
                        tally.reached();
                    }
                }))
                .hasMessageContaining("was not reached in round 0");
        assertThat(tally).hasToString("promise (r0, r1, r2): 2 of 2, seed 1");
    }

    @Test
    void otherExceptionsEndTheTestAndAreWrittenDown() {
        assertThatThrownBy(() -> tally.strike(3, (round, same) -> {
                    tally.reached();
                    if (round == 1) {
                        throw new IOException("gone");
                    }
                }))
                .isInstanceOf(IOException.class);
        assertThat(tally).hasToString("promise: 1 of 2, seed 1");
    }
}
