package io.stackel.run;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Outcome;
import io.stackel.algorithm.Safetensors;
import io.stackel.algorithm.State;
import io.stackel.experiment.ConfigurationException;
import io.stackel.store.ClaimRequest;
import io.stackel.store.Head;
import io.stackel.store.OwnedRun;
import io.stackel.store.RunReader;
import io.stackel.store.RunSnapshot;
import io.stackel.store.RunStore;
import io.stackel.store.Storage;
import io.stackel.store.Stores;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** From an experiment and a place to the end of its run: looks first, then claims, then drives. */
public final class RunSession {

    private static final String DEPLOY_MODE = "spark.submit.deployMode";

    private final LoadedExperiment loaded;
    private final Algorithm algorithm;
    private final RunRequest request;
    private final RunEnvironment environment;
    private int epoch;

    /**
     * Builds the algorithm of a loaded experiment; nothing is opened or claimed yet.
     *
     * @throws ConfigurationException if the algorithm cannot solve the problem this way
     */
    public RunSession(LoadedExperiment loaded, RunRequest request, RunEnvironment environment) {
        this.loaded = loaded;
        this.request = request;
        this.environment = environment;
        algorithm = loaded.algorithm();
    }

    /**
     * What is at the place of a run.
     *
     * @param reader of the run, if there is one
     * @param head where it stands; nothing before its first commit
     * @param codeChange how the code of the problem differs from that of the head, which was accepted
     */
    private record Found(
            Storage storage, Optional<RunReader> reader, Optional<Head> head, Optional<String> codeChange) {}

    /** Runs to an end and lets no failure out. */
    public RunEnd end(URI out) {
        try {
            return run(out);
        } catch (Throwable failure) {
            // Code of the user's may throw anything, also what it does not declare.
            return RunEnd.of(failure, epoch);
        }
    }

    /**
     * Runs, or goes on, until a limit is met or the run is asked to stop; does nothing where it is complete.
     *
     * @param out the run's directory
     */
    public RunEnd run(URI out) {
        Found found = find(out, place -> Stores.open(place, new HadoopSettings(), request.singleWriter()));
        Optional<RunEnd> over = over(found, out);
        if (over.isPresent()) {
            return over.get();
        }
        OwnedRun run = RunStore.open(found.storage(), loaded.header()).claim(claim());
        epoch = run.owner().epoch();
        return new RunDriver(run, loaded, algorithm, environment).drive(request.engine(), usesHadoop(out));
    }

    /**
     * Looks as {@link #run} does, and writes nothing.
     *
     * @return the end, if the run has come to one; else there is something to run
     */
    public Optional<RunEnd> look(URI out) {
        Found found = find(out, place -> Stores.openForReading(place, new HadoopSettings()));
        Optional<RunEnd> over = over(found, out);
        if (over.isEmpty()) {
            found.reader().ifPresent(reader -> {
                reader.requireSame(loaded.header());
                found.head().ifPresent(reader::requireHistory);
            });
            environment.tell(found.head()
                            .map(head -> "would resume at step "
                                    + Safetensors.decode(head.state()).step())
                            .orElse("would start afresh")
                    + "; nothing was written\n" + request.engine().line());
        }
        return over;
    }

    private Found find(URI out, Function<URI, Storage> open) {
        environment.tell("opening " + out);
        requireReachable(out);
        Storage storage = open.apply(out);
        Optional<RunReader> reader = RunReader.find(storage);
        reader.ifPresent(found -> found.requireSameIdentity(loaded.header()));
        Optional<RunSnapshot> snapshot = reader.map(RunReader::snapshot);
        snapshot.ifPresent(RunSnapshot::requireResumable);
        Optional<Head> head = snapshot.flatMap(RunSnapshot::head);
        requireResumable(head, out);
        if (loaded.code().digest().isEmpty()) {
            environment.tell("notice: the code of the problem cannot be read from "
                    + loaded.code().place() + ", so that a change of it will go unnoticed");
        }
        Optional<String> codeChange = head.flatMap(loaded::codeChange);
        requireAcceptance(codeChange, out);
        return new Found(storage, reader, head, codeChange);
    }

    /** In cluster mode the cluster chooses the driver's machine, and another one after a failure. */
    private static void requireReachable(URI out) {
        if ("file".equals(out.getScheme()) && "cluster".equals(System.getProperty(DEPLOY_MODE))) {
            throw CommandFailure.usage("--out " + out + " is a directory of one machine, but with " + DEPLOY_MODE
                    + "=cluster the driver may work on any; give --out hdfs: or s3a:, or leave the driver here with "
                    + DEPLOY_MODE + "=client");
        }
    }

    /** Figures of one problem must not pass for those of another, neither a finished run's nor by going on. */
    private void requireAcceptance(Optional<String> codeChange, URI out) {
        if (codeChange.isPresent() && !request.acceptCode()) {
            throw CommandFailure.usage(
                    "the run at " + out + " was computed with other code than there is now (recorded -> now):\n  "
                            + codeChange.get()
                            + "\nIts state and figures belong to the recorded code. Put that back, start another run"
                            + " elsewhere (--out), or accept the change with --accept-code, which the next commit"
                            + " records");
        }
    }

    private void requireResumable(Optional<Head> head, URI out) {
        if (request.resume() == RunRequest.Resume.MUST && head.isEmpty()) {
            throw CommandFailure.usage("--resume must needs a run with a commit, but there is none at " + out
                    + "; check --out, or start with --resume auto");
        }
        if (request.resume() == RunRequest.Resume.NEVER && head.isPresent()) {
            throw CommandFailure.usage("--resume never needs a place without a run, but the run at " + out
                    + " has commit " + head.get().commit().id() + "; give another --out, or go on with --resume auto");
        }
    }

    /** The end of a run that is over: finished, unless a limit was raised, or diverged by the code that there is now. */
    private Optional<RunEnd> over(Found found, URI out) {
        if (found.head().isEmpty()) {
            return Optional.empty();
        }
        Head head = found.head().get();
        Outcome outcome = head.commit().outcome();
        State state = Safetensors.decode(head.state());
        boolean over = switch (outcome) {
            case DIVERGED -> found.codeChange().isEmpty();
            case RUNNING -> false;
            case COMPLETE ->
                Completion.isReached(
                        state,
                        CommitSummary.of(head).figures(),
                        loaded.experiment().plan());
        };
        if (!over) {
            return Optional.empty();
        }
        found.codeChange()
                .ifPresent(change -> environment.tell(
                        "notice: " + change + "; the figures are those of the earlier code, and nothing was computed"));
        if (outcome == Outcome.DIVERGED) {
            throw new CommandFailure(
                    ExitCode.DIVERGED,
                    "the run at " + out + " has diverged at step " + state.step()
                            + " and would do so again, to the bit; lower the step sizes (upper.stepSize, lower.stepSize) or"
                            + " set upper.clipNorm, which makes a new run");
        }
        environment.tell("already complete at iteration " + state.iteration()
                + "; to go on, raise a limit, as --set stop.iterations=" + 2 * Math.max(1, state.iteration()));
        return Optional.of(RunEnd.complete(epoch));
    }

    private ClaimRequest claim() {
        return new ClaimRequest(
                hostName() + "/" + ProcessHandle.current().pid(),
                Version.text(),
                request.takeover(),
                loaded.configuration().section("checkpoint").count("keep"),
                UUID::randomUUID,
                notice -> environment.tell("notice: " + notice));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "unknown";
        }
    }

    /** Whether Hadoop's file systems or Spark are in use, which have hooks of their own. */
    private boolean usesHadoop(URI out) {
        return request.engine().isSpark() || !"file".equals(out.getScheme());
    }
}
