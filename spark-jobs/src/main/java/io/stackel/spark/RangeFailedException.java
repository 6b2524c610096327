package io.stackel.spark;

import java.util.Arrays;

/**
 * What stopped a task, in a form that the driver can read whichever classes it knows: text and the upper part of the
 * stack.
 */
final class RangeFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Takes over the stack of {@code failure} above the engine. */
    RangeFailedException(ChunkRange range, long chunks, RuntimeException failure) {
        super("chunks " + range.from() + " to " + (range.to() - 1) + " of " + chunks + ": " + failure);
        StackTraceElement[] stack = failure.getStackTrace();
        int depth = 0;
        while (depth < stack.length && !stack[depth].getClassName().equals(ChunkRangeRdd.class.getName())) {
            depth++;
        }
        setStackTrace(Arrays.copyOf(stack, depth));
    }
}
