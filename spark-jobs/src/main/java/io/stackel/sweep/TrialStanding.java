package io.stackel.sweep;

import io.stackel.report.ExitCode;
import io.stackel.report.StatusReport;
import io.stackel.store.StorageException;
import java.util.Optional;

/**
 * How a trial stands.
 *
 * @param state {@code waiting}; as {@code stackel status} has it: {@code created}, {@code running}, {@code complete}, {@code
 *     diverged}, {@code stopped}, {@code failed}; {@code damaged} if its directory is; {@code unknown} if it cannot be read now
 * @param exitCode of its last process, where that is known
 * @param reason of a failure, or empty
 * @param status of its run directory, if there is one that can be read
 */
public record TrialStanding(
        Trial trial, String state, Optional<Integer> exitCode, String reason, Optional<StatusReport> status) {

    /** A trial as its own directory tells it. */
    static TrialStanding of(Trial trial, Optional<StatusReport> status) {
        TrialStanding own = new TrialStanding(
                trial, status.map(StatusReport::state).orElse("waiting"), Optional.empty(), "", status);
        Optional<Integer> code = status.flatMap(StatusReport::exitCode);
        String reason = status.map(StatusReport::reason).orElse("");
        return own.failed() && code.isPresent()
                ? own.after(new TrialResult(code.get(), reason))
                : new TrialStanding(trial, own.state, code, reason, status);
    }

    /** The trial after an end that its directory may not tell: another driver or a store that does not answer is no failure. */
    TrialStanding after(TrialResult end) {
        boolean goesOn = end.exitCode() == ExitCode.TRY_AGAIN.code() || end.exitCode() == ExitCode.FENCED.code();
        return new TrialStanding(
                trial, goesOn ? "stopped" : "failed", Optional.of(end.exitCode()), end.reason(), status);
    }

    /** A trial whose directory cannot be read. */
    static TrialStanding unreadable(Trial trial, StorageException why) {
        return new TrialStanding(
                trial,
                why.kind() == StorageException.Kind.DAMAGED ? "damaged" : "unknown",
                Optional.of(why.kind().exitCode()),
                why.getMessage(),
                Optional.empty());
    }

    /** A trial whose directory is in a state that nobody foresaw. */
    static TrialStanding unreadable(Trial trial, RuntimeException why) {
        return new TrialStanding(
                trial, "damaged", Optional.of(ExitCode.DATA.code()), "cannot be read: " + why, Optional.empty());
    }

    /** Whether nothing is left to do, well or not. */
    public boolean ended() {
        return state.equals("complete") || state.equals("diverged");
    }

    /** Whether it ended by a mistake that running it again repeats unless something was mended. */
    public boolean failed() {
        return state.equals("failed");
    }

    /** Whether its directory is not as it was written; such a trial is neither run nor ranked. */
    public boolean damaged() {
        return state.equals("damaged");
    }

    /** Whether a run of the sweep goes on with it. */
    public boolean open() {
        return !ended() && !failed() && !damaged();
    }
}
