package io.stackel.spark;

/** A batch could not be evaluated; the message names the run, the batch, the chunks and the first cause. */
public final class BatchFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BatchFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether a task said what stopped it; otherwise the engine gave up. */
    public boolean isOfTask() {
        return getCause() instanceof RangeFailedException;
    }
}
