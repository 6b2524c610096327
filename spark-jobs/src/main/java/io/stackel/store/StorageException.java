package io.stackel.store;

import java.io.IOException;

/** The one failure of this package: what happened, where, why and what to do next, for a person to read. */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the failure means for the process. */
    public enum Kind {
        /** The request does not fit what is stored; the user decides. */
        REFUSED(2),
        /** Stored bytes are not what was committed, or are not there. */
        DAMAGED(3),
        /** A newer driver owns the run. */
        FENCED(5),
        /** The store did not answer, or not in time to know; nothing was deleted. */
        TRY_AGAIN(75);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /** The exit code of a process that ends by it. */
        public int exitCode() {
            return exitCode;
        }
    }

    /** The way out of a place that is none. */
    static final String PLACES =
            "give a path, or a URI such as file:///runs/a, hdfs://host/runs/a or s3a://bucket/runs/a";

    private final Kind kind;
    private final String what;

    StorageException(Kind kind, String what, String advice) {
        super(what + "; " + advice);
        this.kind = kind;
        this.what = what;
    }

    StorageException(Kind kind, String what, String advice, Throwable cause) {
        super(what + "; " + advice, cause);
        this.kind = kind;
        this.what = what;
    }

    /** What does not fit what is stored. */
    static StorageException refused(String what, String advice) {
        return new StorageException(Kind.REFUSED, what, advice);
    }

    /** What does not fit, by what somebody else said. */
    static StorageException refused(String what, String advice, Throwable cause) {
        return new StorageException(Kind.REFUSED, what, advice, cause);
    }

    /** What cannot be a place of files. */
    static StorageException notUsable(String location, String why, Exception cause) {
        return refused("'" + location + "' cannot be used as a place: " + why, PLACES, cause);
    }

    /** What is not as it was written. */
    static StorageException damaged(String what, String advice) {
        return new StorageException(Kind.DAMAGED, what, advice);
    }

    /**
     * The failure of a request: refused where the store would answer the same again, else worth trying again.
     *
     * @param what was asked for, and where
     * @param again what to do where time may mend it
     */
    public static StorageException of(String what, IOException cause, String again) {
        return PermanentFailure.of(cause)
                .map(permanent ->
                        StorageException.refused(what + " (" + permanent.what() + ")", permanent.remedy(), cause))
                .orElseGet(() -> new StorageException(Kind.TRY_AGAIN, what + " (" + cause + ")", again, cause));
    }

    /** The message without the advice. */
    String what() {
        return what;
    }

    /** What the failure means for the process. */
    public Kind kind() {
        return kind;
    }
}
