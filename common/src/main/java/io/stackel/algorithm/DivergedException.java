package io.stackel.algorithm;

/** A batch held values that are not finite, so no step can be taken. */
public final class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the reason for people. */
    public DivergedException(String reason) {
        super(reason);
    }
}
