package io.stackel.cli;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.State;
import io.stackel.experiment.Safetensors;
import io.stackel.report.CommitSummary;
import io.stackel.report.ExitCode;
import io.stackel.report.Improvement;
import io.stackel.report.StatusReport;
import io.stackel.store.ClaimRequest;
import io.stackel.store.Head;
import io.stackel.store.Outcome;
import io.stackel.store.OwnedRun;
import io.stackel.store.RunReader;
import io.stackel.store.RunStore;
import io.stackel.store.Standing;
import io.stackel.store.Storage;
import io.stackel.store.StorageException;
import io.stackel.store.Stores;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** From the options of {@code run} to an exit code: looks first, then claims, then drives. */
final class RunSession {

    private static final String DEPLOY_MODE = "spark.submit.deployMode";

    private final RunOptions options;
    private final Supplier<LoadedExperiment> source;
    private final Surroundings surroundings;
    private final PrintStream err;
    private int epoch;

    RunSession(RunOptions options, Surroundings surroundings) {
        this(
                options,
                () -> LoadedExperiment.load(options.configuration(), options.overrides(), surroundings.loader()),
                surroundings);
    }

    /**
     * A session whose configuration is at hand.
     *
     * @param source of the configuration, in the place of that of the options
     */
    RunSession(RunOptions options, Supplier<LoadedExperiment> source, Surroundings surroundings) {
        this.options = options;
        this.source = source;
        this.surroundings = surroundings;
        err = surroundings.err();
    }

    /** The claim that it made on the run, 0 if none. */
    int epoch() {
        return epoch;
    }

    ExitCode run() {
        LoadedExperiment loaded = source.get();
        Algorithm algorithm = loaded.algorithm();
        URI out = options.out().map(Stores::uri).orElseGet(() -> defaultPlace(loaded));
        err.println("opening " + out);
        err.flush();
        requireReachable(out);
        Storage storage = options.dryRun()
                ? Stores.openForReading(out, new HadoopSettings())
                : Stores.open(out, new HadoopSettings(), options.singleWriter());
        Optional<RunReader> reader = RunReader.find(storage);
        reader.ifPresent(found -> found.requireSameIdentity(loaded.header()));
        Optional<Standing> standing = reader.map(RunReader::standing);
        standing.ifPresent(Standing::requireResumable);
        Optional<Head> head = standing.flatMap(Standing::head);
        requireResumable(head, out);
        if (loaded.code().digest().isEmpty()) {
            err.println("notice: the code of the problem cannot be read from "
                    + loaded.code().place() + ", so that a change of it will go unnoticed");
        }
        Optional<String> codeChange = head.flatMap(loaded::codeChange);
        requireAcceptance(codeChange, out);
        if (head.isPresent() && isOver(head.get(), loaded, codeChange.isPresent())) {
            codeChange.ifPresent(change -> err.println(
                    "notice: " + change + "; the figures are those of the earlier code, and nothing was computed"));
            return alreadyOver(head.get(), reader.orElseThrow(), out);
        }
        if (options.dryRun()) {
            reader.ifPresent(found -> {
                found.requireSame(loaded.header());
                head.ifPresent(found::requireHistory);
            });
            return dryRun(head, loaded);
        }
        OwnedRun run = RunStore.open(storage, loaded.header()).claim(claim(loaded));
        epoch = run.owner().epoch();
        ExitCode code = new RunDriver(run, loaded, algorithm, surroundings).drive(options.engine(), usesHadoop(out));
        tellResult(RunReader.open(storage), out, code);
        return code;
    }

    private URI defaultPlace(LoadedExperiment loaded) {
        return new DefaultPlace(Path.of("runs"), loaded.configuration().name(), loaded.runName())
                .find(place -> isSame(place, loaded), notice -> err.println("notice: " + notice));
    }

    private static boolean isSame(URI place, LoadedExperiment loaded) {
        try {
            return RunReader.find(Stores.openForReading(place, new HadoopSettings()))
                    .filter(found -> loaded.identity()
                            .changesSince(found.header().identity().canonicalJson())
                            .isEmpty())
                    .isPresent();
        } catch (StorageException damaged) {
            return false;
        }
    }

    /** In cluster mode the cluster chooses the driver's machine, and another one after a failure. */
    private static void requireReachable(URI out) {
        if ("file".equals(out.getScheme()) && "cluster".equals(System.getProperty(DEPLOY_MODE))) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--out " + out + " is a directory of one machine, but with " + DEPLOY_MODE
                            + "=cluster the driver may work on any; give --out hdfs: or s3a:, or leave the driver here with "
                            + DEPLOY_MODE + "=client");
        }
    }

    /** Figures of one problem must not pass for those of another, neither a finished run's nor by going on. */
    private void requireAcceptance(Optional<String> codeChange, URI out) {
        if (codeChange.isPresent() && !options.acceptCode()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the run at " + out + " was computed with other code than there is now (recorded -> now):\n  "
                            + codeChange.get()
                            + "\nIts state and figures belong to the recorded code. Put that back, start another run"
                            + " elsewhere (--out), or accept the change with --accept-code, which the next commit"
                            + " records");
        }
    }

    private void requireResumable(Optional<Head> head, URI out) {
        if (options.resume() == RunOptions.Resume.MUST && head.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--resume must needs a run with a commit, but there is none at " + out
                            + "; check --out, or start with --resume auto");
        }
        if (options.resume() == RunOptions.Resume.NEVER && head.isPresent()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--resume never needs a place without a run, but the run at " + out + " has commit "
                            + head.get().commit().id() + "; give another --out, or go on with --resume auto");
        }
    }

    /** A finished run is over unless a limit was raised; a diverged one would diverge again by the same code. */
    private static boolean isOver(Head head, LoadedExperiment loaded, boolean otherCode) {
        State state = Safetensors.decode(head.state());
        return switch (head.commit().outcome()) {
            case DIVERGED -> !otherCode;
            case RUNNING -> false;
            case COMPLETE ->
                Completion.isReached(
                        state,
                        CommitSummary.decode(head.commit().summary()).figures(),
                        loaded.experiment().plan());
        };
    }

    private ExitCode alreadyOver(Head head, RunReader reader, URI out) {
        State state = Safetensors.decode(head.state());
        if (head.commit().outcome() == Outcome.DIVERGED) {
            throw new CommandFailure(
                    ExitCode.DIVERGED,
                    "the run at " + out + " has diverged at step " + state.step()
                            + " and would do so again, to the bit; lower the step sizes (upper.stepSize, lower.stepSize) or"
                            + " set upper.clipNorm, which makes a new run");
        }
        err.println("already complete at iteration " + state.iteration()
                + "; to go on, raise a limit, as --set stop.iterations=" + 2 * Math.max(1, state.iteration()));
        print(StatusReport.of(out, reader));
        return ExitCode.SUCCESS;
    }

    private ExitCode dryRun(Optional<Head> head, LoadedExperiment loaded) {
        err.println(head.map(found -> "would resume at step "
                                + Safetensors.decode(found.state()).step())
                        .orElse("would start afresh")
                + " on engine " + options.engine().kind() + "; nothing was written");
        surroundings
                .out()
                .print(
                        options.json()
                                ? loaded.configuration().resolvedJson()
                                : loaded.configuration().resolvedYaml());
        return ExitCode.SUCCESS;
    }

    private ClaimRequest claim(LoadedExperiment loaded) {
        return new ClaimRequest(
                ProcessName.host(),
                Version.text(),
                options.takeover(),
                loaded.configuration().checkpoint().keep(),
                UUID::randomUUID,
                notice -> err.println("notice: " + notice));
    }

    /** Whether Hadoop's file systems or Spark are in use, which have hooks of their own. */
    private boolean usesHadoop(URI out) {
        return options.engine().kind() == EngineOptions.Kind.SPARK || !"file".equals(out.getScheme());
    }

    private void tellResult(RunReader reader, URI out, ExitCode code) {
        print(StatusReport.of(out, reader));
        if (code == ExitCode.SUCCESS) {
            reader.head().flatMap(head -> Improvement.of(reader, head)).ifPresent(err::println);
            String place = Place.shown(out);
            err.println("complete; next:");
            err.println("  " + Place.command() + " status " + place + "   how it stands, at any time");
            err.println("  " + Place.command() + " export " + place + "   the upper variable and the policy");
        }
    }

    private void print(StatusReport report) {
        surroundings.out().print(options.json() ? report.json() : report.text());
        surroundings.out().flush();
    }
}
