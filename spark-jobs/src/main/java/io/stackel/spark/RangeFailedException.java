package io.stackel.spark;

import io.stackel.estimate.UnitSearch;
import io.stackel.problem.ProblemException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What stopped a task, in a form that the driver can read whichever classes it knows: text and the upper part of the
 * stack.
 */
final class RangeFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long chunk;
    private final boolean outOfMemory;
    private final boolean ofProblem;

    /**
     * Takes over the stack of {@code failure} above the engine.
     *
     * @param unit that fails when it is evaluated alone; nothing if none did
     */
    RangeFailedException(ChunkRange range, long chunks, Throwable failure, Optional<UnitSearch.Unit> unit) {
        super(range + " of " + chunks + ": "
                + unit.map(found -> "chunk " + found.chunk() + ", " + found + ": ")
                        .orElse("") + failure);
        outOfMemory = failure instanceof OutOfMemoryError;
        ofProblem = failure instanceof ProblemException;
        chunk = unit.map(UnitSearch.Unit::chunk).orElse(range.from());
        StackTraceElement[] stack = failure.getStackTrace();
        int depth = 0;
        while (depth < stack.length && !stack[depth].getClassName().equals(RangeTask.class.getName())) {
            depth++;
        }
        setStackTrace(Arrays.copyOf(stack, depth));
    }

    /** The chunk of the unit that failed, or the first of the range. */
    long chunk() {
        return chunk;
    }

    /** Whether the memory of its process was too small. */
    boolean outOfMemory() {
        return outOfMemory;
    }

    /** Whether the problem's code broke a rule. */
    boolean ofProblem() {
        return ofProblem;
    }
}
