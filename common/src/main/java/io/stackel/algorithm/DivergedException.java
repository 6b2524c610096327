package io.stackel.algorithm;

/** A batch, a step or a figure held values that are not finite, so the run cannot go on. */
public final class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the reason for people. */
    public DivergedException(String reason) {
        super(reason);
    }

    /** With the reason for people and what was noticed first. */
    public DivergedException(String reason, ArithmeticException cause) {
        super(reason, cause);
    }
}
