package io.stackel.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.algorithm.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunStateTest {

    /** The words stand in files of every version. */
    @Test
    void theWordsAreThoseOfTheFiles() {
        assertThat(RunState.values())
                .extracting(RunState::word)
                .containsExactly(
                        "waiting",
                        "created",
                        "running",
                        "complete",
                        "diverged",
                        "stopped",
                        "failed",
                        "damaged",
                        "unknown");
    }

    @ParameterizedTest
    @EnumSource
    void aWordMeansItsState(RunState state) {
        assertThat(RunState.of(state.word())).isEqualTo(state);
        assertThat(state).hasToString(state.word());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Complete", "COMPLETE", "failed ", "failed\u001b[31m", "paused"})
    void anyOtherWordIsUnknown(String word) {
        assertThat(RunState.of(word)).isEqualTo(RunState.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void aCommitSaysItsOutcomeAlone(Outcome outcome) {
        assertThat(RunState.of(outcome).outcome()).contains(outcome);
        assertThat(RunState.of(outcome).isFinal()).isEqualTo(outcome != Outcome.RUNNING);
        assertThat(RunState.of(outcome).isEarlyEnd()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"WAITING", "CREATED", "STOPPED", "FAILED", "DAMAGED", "UNKNOWN"})
    void noCommitSaysAnyOtherState(RunState state) {
        assertThat(state.outcome()).isEmpty();
        assertThat(state.isFinal()).isFalse();
    }
}
