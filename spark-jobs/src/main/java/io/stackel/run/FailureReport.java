package io.stackel.run;

import io.stackel.algorithm.DivergedException;
import io.stackel.experiment.CatalogueException;
import io.stackel.experiment.ConfigurationException;
import io.stackel.experiment.UriSecrets;
import io.stackel.families.ProblemFileException;
import io.stackel.ingest.ImportException;
import io.stackel.math.UnsolvableException;
import io.stackel.problem.ProblemException;
import io.stackel.spark.BatchFailedException;
import io.stackel.spark.BatchRefusedException;
import io.stackel.store.StorageException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/** Says what a failure means: for the program that waits the exit code, for people a message. */
public final class FailureReport {

    private FailureReport() {}

    /** The exit code of a process that ends by a failure. */
    public static ExitCode exitCode(Throwable failure) {
        if (failure instanceof CommandFailure command) {
            return command.exitCode();
        } else if (failure instanceof StorageException storage) {
            return ExitCode.of(storage.kind().exitCode());
        } else if (failure instanceof ImportException data) {
            return exitCode(data.kind());
        } else if (failure instanceof ConfigurationException
                || failure instanceof CatalogueException
                || failure instanceof BatchRefusedException
                || outOfMemory(failure).isPresent()) {
            return ExitCode.USAGE;
        } else if (failure instanceof ProblemFileException || isOfProblem(failure)) {
            return ExitCode.DATA;
        } else if (failure instanceof DivergedException) {
            return ExitCode.DIVERGED;
        } else if (failure instanceof CancellationException) {
            return ExitCode.TRY_AGAIN;
        } else if (usersFrame(failure).isPresent()) {
            return ExitCode.DATA;
        } else if (failure instanceof BatchFailedException batch && !batch.isOfTask()) {
            return ExitCode.TRY_AGAIN;
        }
        return ExitCode.BUG;
    }

    /** Whether the problem broke a rule, or has numbers that cannot be worked with. */
    private static boolean isOfProblem(Throwable failure) {
        return failure instanceof ProblemException
                || failure instanceof UnsolvableException
                || (failure instanceof BatchFailedException batch && batch.isOfProblem());
    }

    private static ExitCode exitCode(ImportException.Kind kind) {
        return switch (kind) {
            case REFUSED -> ExitCode.USAGE;
            case BROKEN -> ExitCode.DATA;
            case TRY_AGAIN -> ExitCode.TRY_AGAIN;
        };
    }

    /** The message for people, on one or more lines; also what a status file keeps, so it holds no credentials. */
    public static String message(Throwable failure) {
        return UriSecrets.redacted(words(failure));
    }

    private static String words(Throwable failure) {
        Optional<Throwable> shortage = outOfMemory(failure);
        if (shortage.isPresent()) {
            return "out of memory (" + shortage.get().getMessage()
                    + "); make the problem or its batches smaller, or give more"
                    + " with --conf spark.driver.memory=4g, on a cluster spark.executor.memory=4g";
        }
        return switch (exitCode(failure)) {
            case BUG -> "unexpected failure: " + failure;
            case DATA ->
                usersFrame(failure)
                        .map(frame -> "your own code failed: " + told(failure) + "\n  at " + frame
                                + "\n  fix it, or the data that it reads; the last commit stands and the same command goes"
                                + " on from it")
                        .orElseGet(() -> String.valueOf(failure.getMessage()));
            case TRY_AGAIN ->
                failure.getMessage()
                        + (failure instanceof BatchFailedException
                                ? "; the last commit stands: run the same command again to go on from it"
                                : "");
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** A failure that is not wrapped may have no message at all, or one that says little without its class. */
    private static String told(Throwable failure) {
        return failure.getCause() == null ? failure.toString() : failure.getMessage();
    }

    /** The message, and the stack where it helps: for a bug, or if the user asked for it; without the last line feed. */
    public static String text(Throwable failure, boolean debug) {
        boolean bug = exitCode(failure) == ExitCode.BUG;
        return "stackel: " + message(failure)
                + (bug || debug ? "\n" + stack(failure).stripTrailing() : "")
                + (bug
                        ? "\nstackel: this is a mistake in Stackel, not yours: please report it with the lines above and"
                                + " the command"
                        : "");
    }

    private static String stack(Throwable failure) {
        StringWriter stack = new StringWriter();
        failure.printStackTrace(new PrintWriter(stack, true));
        return stack.toString();
    }

    /** The innermost frame of a failure, if it lies in code of the user's. */
    private static Optional<StackTraceElement> usersFrame(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return UserCode.innermost(root.getStackTrace());
    }

    /** The shortage of memory behind a failure, in whichever thread or process it was. */
    private static Optional<Throwable> outOfMemory(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(cause -> cause instanceof OutOfMemoryError
                        || (cause instanceof BatchFailedException batch && batch.isOutOfMemory()))
                .findFirst();
    }
}
