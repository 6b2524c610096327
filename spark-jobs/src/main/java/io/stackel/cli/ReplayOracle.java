package io.stackel.cli;

import io.stackel.algorithm.GradientOracle;
import io.stackel.algorithm.LocalOracle;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.UnitSearch;
import io.stackel.run.CommandFailure;
import java.io.PrintStream;
import java.util.Optional;
import java.util.OptionalLong;

/** Evaluates batches on one thread and, of the batch that is looked for, unit by unit. */
final class ReplayOracle implements GradientOracle {

    /** The chunk that was looked for is evaluated, and the replay is over. */
    static final class Replayed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final ChunkEvaluator.Source source;
    private final String place;
    private final OptionalLong chunk;
    private final PrintStream err;
    private final LocalOracle local;

    /**
     * Evaluates one batch of a run again, on one thread.
     *
     * @param step of the batch that is looked for
     * @param chunk the only one of it to evaluate; absent for all
     * @param err receives a line for each unit of that chunk before it is evaluated; the last line names a unit that may
     *     never end
     */
    ReplayOracle(ChunkEvaluator.Source source, long step, OptionalLong chunk, PrintStream err) {
        this.source = source;
        this.chunk = chunk;
        this.err = err;
        place = "step " + step + ",";
        local = LocalOracle.single(source);
    }

    @Override
    public BatchResult evaluate(BatchRequest request, String description) {
        if (chunk.isPresent() && description.startsWith(place)) {
            evaluateChunk(request, description, chunk.getAsLong());
            throw new Replayed();
        }
        try {
            return local.evaluate(request, description);
        } catch (Exception failure) {
            UnitSearch.find(source, request, 0, request.chunks(), unit -> {}).ifPresent(failed -> {
                throw failure(failed, description);
            });
            throw failure;
        }
    }

    private void evaluateChunk(BatchRequest request, String description, long number) {
        if (number >= request.chunks()) {
            throw CommandFailure.usage("--chunk must be below " + request.chunks() + ", the chunks of the batch of "
                    + description + ", but was " + number);
        }
        Optional<UnitSearch.Failed> found = UnitSearch.find(source, request, number, number + 1, unit -> {
            err.println("  " + unit);
            err.flush();
        });
        found.ifPresent(failed -> {
            throw failure(failed, description);
        });
    }

    private static IllegalStateException failure(UnitSearch.Failed failed, String description) {
        return new IllegalStateException(
                description + ", chunk " + failed.unit().chunk() + ", " + failed.unit() + ": " + failed.failure(),
                failed.failure());
    }

    @Override
    public void close() {
        local.close();
    }
}
