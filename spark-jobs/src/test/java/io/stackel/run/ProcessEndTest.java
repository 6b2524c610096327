package io.stackel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProcessEndTest {

    @RegisterExtension
    final SystemSettings settings = new SystemSettings();

    /** An application master takes an exit within the program for a failure; here it would end the tests. */
    @Test
    void aSuccessReturnsWhereTheProcessIsAnApplicationMasters() {
        settings.set("spark.master", "yarn");
        settings.set("spark.submit.deployMode", "cluster");

        assertThatCode(() -> ProcessEnd.ours(System.err).exit(0)).doesNotThrowAnyException();
    }

    @Test
    void aProcessOfOthersHasNoGuard() {
        try (ShutdownGuard guard = ProcessEnd.ofOthers().guard(false, caller -> {
            throw new IllegalStateException("must not be asked");
        })) {
            assertThat(guard.stands()).isFalse();
            guard.parkIfEnding();
        }
    }

    @Test
    void aGuardStandsUntilItIsClosed() {
        ShutdownGuard guard = ProcessEnd.ours(System.err).guard(false, caller -> {
            throw new IllegalStateException("must not be asked");
        });
        try (guard) {
            assertThat(guard.stands()).isTrue();
            assertThat(guard.requested()).isFalse();
            assertThat(guard.ending()).isFalse();
        }
        assertThat(guard.stands()).isFalse();
    }
}
