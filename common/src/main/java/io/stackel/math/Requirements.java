package io.stackel.math;

/** What callers must hold to. */
public final class Requirements {
    private Requirements() {}

    /**
     * Refuses an argument unless it holds.
     *
     * @param message name, rule and value, formed in any case: not for the inside of loops
     */
    public static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
