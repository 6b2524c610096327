package io.stackel.run;

import io.stackel.store.RunState;
import java.io.Serializable;

/**
 * How a session on a run ended.
 *
 * @param state complete, stopped, diverged or failed
 * @param exitCode of a process that ends with the session
 * @param reason why the run is not complete, or empty
 * @param epoch of the claim that the session made on the run, 0 if it made none
 */
public record RunEnd(RunState state, ExitCode exitCode, String reason, int epoch) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The end of a run that met its limit. */
    public static RunEnd complete(int epoch) {
        return new RunEnd(RunState.COMPLETE, ExitCode.SUCCESS, "", epoch);
    }

    /** The end by a stop that was asked for. */
    static RunEnd stopped(int epoch) {
        return new RunEnd(RunState.STOPPED, ExitCode.TRY_AGAIN, "was asked to stop", epoch);
    }

    /** The end by a failure whose meaning is known. */
    public static RunEnd failed(ExitCode exitCode, String reason, int epoch) {
        RunState state = exitCode == ExitCode.DIVERGED ? RunState.DIVERGED : RunState.FAILED;
        return new RunEnd(state, exitCode, reason, epoch);
    }

    /** The end that a failure leads to. */
    public static RunEnd of(Throwable failure, int epoch) {
        return failed(FailureReport.exitCode(failure), FailureReport.message(failure), epoch);
    }

    /** The same end, of which there is more to say. */
    public RunEnd adding(String more) {
        return new RunEnd(state, exitCode, reason + "; " + more, epoch);
    }
}
