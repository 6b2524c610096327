package io.stackel.ingest;

/** Data were not imported; the message says what and where, for a person to read. */
public final class ImportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the failure means for the process. */
    public enum Kind {
        /** The request does not fit the data or the place. */
        REFUSED,
        /** The data are not as they must be; the message names files, rows and columns. */
        BROKEN,
        /** Spark or a file system gave up; the same command may succeed later. */
        TRY_AGAIN
    }

    private final Kind kind;

    ImportException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    ImportException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What the failure means for the process. */
    public Kind kind() {
        return kind;
    }
}
