package io.stackel.cli;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.GradientOracle;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.Outcome;
import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.RunRecorder;
import io.stackel.algorithm.Safetensors;
import io.stackel.algorithm.State;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.UnitSearch;
import io.stackel.run.CommandFailure;
import io.stackel.run.ExitCode;
import io.stackel.run.LoadedExperiment;
import io.stackel.store.Commit;
import io.stackel.store.Head;
import io.stackel.store.RunReader;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stackel replay}. */
@Command(
        name = "replay",
        description = {
            "Evaluates a batch of a run once more, in this process alone, and names the trajectory that fails: from the last"
                    + " commit before it, batch by batch, to the same bits. Nothing is written.",
            "A run whose batch failed prints this command."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel replay runs/mine --step 120               all chunks of the batch",
            "  stackel replay runs/mine --step 120 --chunk 7      one chunk, unit by unit"
        })
final class ReplayCommand extends Subcommand {

    @Mixin
    private RunArgument run;

    @Option(names = "--step", paramLabel = "N", required = true, description = "Batches completed before this one.")
    private long step;

    @Option(names = "--chunk", paramLabel = "N", description = "The only chunk of the batch to evaluate.")
    private Optional<Long> chunk;

    @Option(
            names = "--accept-code",
            description = "Replay although your own code has changed since: the bits may then be others.")
    private boolean acceptCode;

    @Override
    ExitCode run() {
        URI out = run.place();
        RunReader reader = run.reader();
        Head head = reader.head()
                .orElseThrow(() -> CommandFailure.usage(
                        "the run at " + out + " has no commit yet from which a batch could be replayed"));
        LoadedExperiment loaded = LoadedExperiment.ofRun(out, reader, head, loader());
        loaded.codeChange(head).ifPresent(change -> tellOrRefuse(change, out));
        State start = before(head, reader, out);
        tell("replaying from step " + start.step() + " to the batch of step " + step);
        replay(loaded, start);
        println("no failure in the batch of step " + step
                + chunk.map(number -> ", chunk " + number).orElse(""));
        return ExitCode.SUCCESS;
    }

    private void tellOrRefuse(String change, URI out) {
        if (!acceptCode) {
            throw CommandFailure.usage("a replay gives the same bits, but the run at " + out
                    + " was computed with other code than there is now (recorded -> now):\n  " + change
                    + "\nPut the recorded code back, or replay what there is now with --accept-code");
        }
        notice(change + "; the bits may be others than those of the run");
    }

    /** The newest state at or before the step whose data are still there. */
    private State before(Head head, RunReader reader, URI out) {
        List<Commit> chain = new ArrayList<>(head.chain());
        Collections.reverse(chain);
        int kept = head.commit()
                .summary()
                .path("configuration")
                .path("checkpoint")
                .path("keep")
                .asInt(1);
        for (Commit commit : chain.subList(0, Math.min(kept, chain.size()))) {
            State state = Safetensors.decode(reader.read(commit.data()));
            if (state.step() <= step) {
                return state;
            }
        }
        throw CommandFailure.usage("the run at " + out + " keeps no state from step " + step
                + " or before; give a later step, or run it afresh elsewhere with more of checkpoint.keep");
    }

    private void replay(LoadedExperiment loaded, State start) {
        Algorithm algorithm = loaded.algorithm();
        OptionalLong only = chunk.map(OptionalLong::of).orElse(OptionalLong.empty());
        RunLoop.Plan plan = new RunLoop.Plan(
                Long.MAX_VALUE,
                OptionalLong.empty(),
                OptionalDouble.empty(),
                loaded.experiment().plan().evaluateEvery(),
                Long.MAX_VALUE);
        Watcher watcher = new Watcher(start);
        try (ReplayOracle oracle = new ReplayOracle(
                loaded.experiment().source(), step, only, environment().err())) {
            new RunLoop(
                            algorithm,
                            oracle,
                            loaded.experiment().evaluation(oracle),
                            watcher,
                            plan,
                            () -> watcher.reached.step() > step)
                    .run(start, false);
        } catch (ReplayOracle.Replayed done) {
            return;
        }
    }

    /** Knows how far the replay is, and keeps nothing. */
    private static final class Watcher implements RunRecorder {

        private State reached;

        Watcher(State start) {
            reached = start;
        }

        @Override
        public void progressed(State state, SortedMap<String, Double> measurements) {
            reached = state;
        }

        @Override
        public void measured(SortedMap<String, Double> row) {}

        @Override
        public void checkpoint(State state, Outcome outcome) {}
    }

    /** Evaluates batches on one thread and, of the batch that is looked for, unit by unit. */
    private static final class ReplayOracle implements GradientOracle {

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
                UnitSearch.find(source, request, 0, request.chunks(), unit -> {})
                        .ifPresent(failed -> {
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
}
