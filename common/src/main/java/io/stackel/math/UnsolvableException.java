package io.stackel.math;

/** Numbers of a problem that leave no solution in floating point: not finite, singular, or of sizes too far apart. */
public final class UnsolvableException extends ArithmeticException {

    private static final long serialVersionUID = 1L;

    /** What is to be solved, the rule and the value. */
    public UnsolvableException(String message) {
        super(message);
    }
}
