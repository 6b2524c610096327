package io.stackel.run;

/** The exit codes of the command line. */
public enum ExitCode {
    /** Done, or already done before. */
    SUCCESS(0),
    /** A mistake in Stackel itself. */
    BUG(1),
    /** A mistake in the configuration or in the arguments. */
    USAGE(2),
    /** A mistake in the user's problem, or in stored data. */
    DATA(3),
    /** A sum was not finite; the last good state is kept. */
    DIVERGED(4),
    /** Another driver owns the run. */
    FENCED(5),
    /** Stopped, or a store or cluster failed; the same command continues. */
    TRY_AGAIN(75);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number that the process ends with. */
    public int code() {
        return code;
    }

    /** Whether the same command may succeed later without anything changed by hand. */
    public boolean retryable() {
        return this == TRY_AGAIN || this == FENCED;
    }

    /** The exit code of a number. */
    public static ExitCode of(int code) {
        for (ExitCode each : values()) {
            if (each.code == code) {
                return each;
            }
        }
        throw new IllegalArgumentException("exit code must be one of 0 to 5 and 75, but was " + code);
    }
}
