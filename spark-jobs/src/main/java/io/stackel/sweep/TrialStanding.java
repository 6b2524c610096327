package io.stackel.sweep;

import io.stackel.report.StatusReport;
import java.util.Optional;

/**
 * How a trial stands.
 *
 * @param state {@code waiting}, or as {@code stackel status} has it: {@code running}, {@code complete}, {@code diverged}, {@code
 *     stopped}, {@code failed}
 * @param exitCode of its last process, where that is known
 * @param reason of a failure, or empty
 * @param status of its run directory, if there is one
 */
public record TrialStanding(
        Trial trial, String state, Optional<Integer> exitCode, String reason, Optional<StatusReport> status) {

    /** Whether nothing is left to do, well or not. */
    public boolean ended() {
        return state.equals("complete") || state.equals("diverged");
    }

    /** Whether it ended by a mistake that running it again repeats unless something was mended. */
    public boolean failed() {
        return state.equals("failed");
    }
}
