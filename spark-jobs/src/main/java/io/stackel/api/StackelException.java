package io.stackel.api;

import io.stackel.run.ExitCode;
import io.stackel.run.FailureReport;
import java.util.function.Supplier;

/** Why a call failed: what, where, why, and what to do next. Each class stands for an exit code of the command line. */
public abstract sealed class StackelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    private StackelException(ExitCode exitCode, Throwable cause) {
        super(FailureReport.message(cause), cause);
        this.exitCode = exitCode;
    }

    /** A mistake in the configuration or in an argument; nothing was computed. */
    public static final class Usage extends StackelException {
        private static final long serialVersionUID = 1L;

        private Usage(Throwable cause) {
            super(ExitCode.USAGE, cause);
        }
    }

    /** A mistake in the problem or in stored data. */
    public static final class Data extends StackelException {
        private static final long serialVersionUID = 1L;

        private Data(Throwable cause) {
            super(ExitCode.DATA, cause);
        }
    }

    /** A number was not finite; the last good state is kept. */
    public static final class Diverged extends StackelException {
        private static final long serialVersionUID = 1L;

        private Diverged(Throwable cause) {
            super(ExitCode.DIVERGED, cause);
        }
    }

    /** Another driver owns the run. */
    public static final class TakenOver extends StackelException {
        private static final long serialVersionUID = 1L;

        private TakenOver(Throwable cause) {
            super(ExitCode.FENCED, cause);
        }
    }

    /** A store or Spark did not answer, or a batch was cancelled; the same call goes on from the last commit. */
    public static final class TryAgain extends StackelException {
        private static final long serialVersionUID = 1L;

        private TryAgain(Throwable cause) {
            super(ExitCode.TRY_AGAIN, cause);
        }
    }

    /** A mistake in Stackel itself. */
    public static final class Bug extends StackelException {
        private static final long serialVersionUID = 1L;

        private Bug(Throwable cause) {
            super(ExitCode.BUG, cause);
        }
    }

    /** The exit code of {@code stackel} after this failure. */
    public int exitCode() {
        return exitCode.code();
    }

    /** Whether the same call may succeed later without anything changed by hand. */
    public boolean isRetryable() {
        return exitCode.retryable();
    }

    /** What some work gives, or its failure by its class. */
    static <T> T typed(Supplier<T> work) {
        try {
            return work.get();
        } catch (StackelException typed) {
            throw typed;
        } catch (Throwable failure) {
            // Code of the user's may throw anything, also what it does not declare.
            throw of(failure);
        }
    }

    private static StackelException of(Throwable failure) {
        return switch (FailureReport.exitCode(failure)) {
            case USAGE -> new Usage(failure);
            case DATA -> new Data(failure);
            case DIVERGED -> new Diverged(failure);
            case FENCED -> new TakenOver(failure);
            case TRY_AGAIN -> new TryAgain(failure);
            case BUG, SUCCESS -> new Bug(failure);
        };
    }
}
