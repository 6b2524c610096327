package io.stackel.sweep;

import io.stackel.run.ExitCode;
import io.stackel.run.StatusReport;
import io.stackel.store.RunState;
import io.stackel.store.StorageException;
import java.util.Optional;

/**
 * How a trial stands.
 *
 * @param state waiting; as {@code stackel status} has it; damaged if its directory is; unknown if it cannot be read now
 * @param exitCode of its last process, where that is known
 * @param reason of a failure, or empty
 * @param status of its run directory, if there is one that can be read
 */
public record TrialStatus(
        Trial trial, RunState state, Optional<Integer> exitCode, String reason, Optional<StatusReport> status) {

    /** A trial by what its own directory holds. */
    static TrialStatus of(Trial trial, Optional<StatusReport> status) {
        TrialStatus own = new TrialStatus(
                trial, status.map(StatusReport::state).orElse(RunState.WAITING), Optional.empty(), "", status);
        Optional<Integer> code = status.flatMap(StatusReport::exitCode);
        String reason = status.map(StatusReport::reason).orElse("");
        return own.failed() && code.isPresent()
                ? own.after(code.get(), reason)
                : new TrialStatus(trial, own.state, code, reason, status);
    }

    /** The trial after an end that its directory may not record: another driver or a store that does not answer is no failure. */
    TrialStatus after(TrialFailure failure) {
        return after(failure.exitCode().code(), failure.reason());
    }

    /** The code may be any number: a status file holds what its writer put there. */
    private TrialStatus after(int code, String why) {
        boolean goesOn = code == ExitCode.TRY_AGAIN.code() || code == ExitCode.FENCED.code();
        return new TrialStatus(trial, goesOn ? RunState.STOPPED : RunState.FAILED, Optional.of(code), why, status);
    }

    /** A trial whose directory cannot be read: for a reason of the store's, or in a state that nobody foresaw. */
    static TrialStatus unreadable(Trial trial, RuntimeException why) {
        StorageException.Kind kind =
                why instanceof StorageException storage ? storage.kind() : StorageException.Kind.DAMAGED;
        return new TrialStatus(
                trial,
                kind == StorageException.Kind.DAMAGED ? RunState.DAMAGED : RunState.UNKNOWN,
                Optional.of(kind.exitCode()),
                why instanceof StorageException ? why.getMessage() : "cannot be read: " + why,
                Optional.empty());
    }

    /** Whether nothing is left to do, well or not. */
    public boolean ended() {
        return state.isFinal();
    }

    /** Whether it ended by a mistake that running it again repeats unless something was mended. */
    public boolean failed() {
        return state == RunState.FAILED;
    }

    /** Whether its directory is not as it was written; such a trial is neither run nor ranked. */
    public boolean damaged() {
        return state == RunState.DAMAGED;
    }

    /** Whether a run of the sweep goes on with it. */
    public boolean open() {
        return !ended() && !failed() && !damaged();
    }
}
