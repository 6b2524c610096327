package io.stackel.spark;

import io.stackel.estimate.BatchRequest;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A batch could not be evaluated; the message names the run, the batch, the chunks and the first cause. */
public final class BatchFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final long NONE = -1;

    private final long chunk;

    BatchFailedException(String message, Throwable cause) {
        this(message, cause, cause instanceof RangeFailedException range ? range.chunk() : NONE);
    }

    BatchFailedException(String message, Throwable cause, long chunk) {
        super(message, cause);
        this.chunk = chunk;
    }

    /**
     * A batch that took longer than allowed.
     *
     * @param unfinished what had not ended by then
     */
    static BatchFailedException overdue(
            String batch, List<ChunkRange> unfinished, BatchRequest request, OptionalLong seconds, Exception cause) {
        String chunks = unfinished.stream().map(ChunkRange::toString).collect(Collectors.joining(", "));
        return new BatchFailedException(
                batch + ": not finished within the " + seconds.orElse(0) + " s of --batch-seconds; of "
                        + request.chunks() + " chunks these did not end: " + chunks,
                cause,
                unfinished.isEmpty() ? 0 : unfinished.get(0).from());
    }

    /** A chunk that failed or was not finished in time; absent if the engine gave up for another reason. */
    public OptionalLong chunk() {
        return chunk == NONE ? OptionalLong.empty() : OptionalLong.of(chunk);
    }

    /** Whether a task said what stopped it; otherwise the engine gave up. */
    public boolean isOfTask() {
        return getCause() instanceof RangeFailedException;
    }

    /** Whether the memory of a task's process was too small for it. */
    public boolean isOutOfMemory() {
        return getCause() instanceof RangeFailedException range && range.outOfMemory();
    }

    /** Whether the problem's code broke a rule in a task. */
    public boolean isOfProblem() {
        return getCause() instanceof RangeFailedException range && range.ofProblem();
    }
}
