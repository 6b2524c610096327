package io.stackel.spark;

/** A batch cannot work with these settings of Spark; the message gives the number and the setting to raise. */
public final class BatchRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BatchRefusedException(String message) {
        super(message);
    }
}
