package io.stackel.cli;

import io.stackel.report.Improvement;
import io.stackel.run.CommandFailure;
import io.stackel.run.CommandText;
import io.stackel.run.EngineChoice;
import io.stackel.run.ExitCode;
import io.stackel.run.HadoopSettings;
import io.stackel.run.LoadedExperiment;
import io.stackel.run.RunEnd;
import io.stackel.run.RunRequest;
import io.stackel.run.RunSession;
import io.stackel.run.StatusReport;
import io.stackel.store.RunReader;
import io.stackel.store.RunState;
import io.stackel.store.StorageException;
import io.stackel.store.Stores;
import io.stackel.store.Takeover;
import io.stackel.sweep.SweepPlan;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel run}. */
@Command(
        name = "run",
        description = "Solves a configured problem; goes on where an earlier run of the same configuration stopped.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel run conf/experiments/four-rooms.yaml",
            "  stackel run my.yaml --set stop.iterations=5000 --set seed=3",
            "  stackel run my.yaml --set seed=0..4           five runs: a sweep",
            "  stackel run my.yaml --engine local --threads 4",
            "  stackel run my.yaml --master spark://host:7077 --out s3a://bucket/runs/mine",
            "  stackel run my.yaml --dry-run                 what would be run, with defaults"
        })
final class RunCommand extends Subcommand {

    @Parameters(index = "0", paramLabel = "CONFIG", description = "The configuration: a path or a URI.")
    private String configuration;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = {
                "A value in place of the file's; repeatable, the last one wins.",
                "A range of seeds, as seed=0..4, makes a sweep of five runs."
            })
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "URI",
            description = {
                "The run's directory: a path, hdfs: or s3a: URI.",
                "Default: runs/NAME-HASH, from the name and the identity of the configuration."
            })
    private Optional<String> out;

    @Option(
            names = "--resume",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description =
                    "auto: go on if there is a run; must: only then; never: only if there is none. Default: auto.")
    private RunRequest.Resume resume;

    @Option(
            names = "--takeover",
            paramLabel = "WHEN",
            defaultValue = "always",
            description = {
                "always: take the run over from any other driver; released: only if the last driver released it.",
                "Default: always."
            })
    private Takeover takeover;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = {
                "local: threads of this process; spark: tasks of Spark. The results are the same bits.",
                "Default: spark with a master, or if a batch has a billion steps or more (units times horizon);"
                        + " else local."
            })
    private Optional<EngineChoice.Kind> engine;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Tasks of every batch. Default: on Spark as many as its work is worth, none"
                    + " where that is less than a job costs; else as many as there are threads.")
    private Optional<Integer> partitions;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the local engine, or of a local Spark. Default: as many as there are cores.")
    private Optional<Integer> threads;

    @Option(
            names = "--master",
            paramLabel = "M",
            description = "Spark's master. Default: what spark-submit chose; with --engine spark local[*].")
    private Optional<String> master;

    @Option(
            names = "--batch-seconds",
            paramLabel = "N",
            defaultValue = "3600",
            description = {
                "Give a batch up after so many seconds, and name the chunks that did not end (Spark only).",
                "Default: 3600, an hour."
            })
    private long batchSeconds;

    @Option(
            names = "--accept-code",
            description = {
                "Go on although your own code (its jar or folder of classes) has changed since the last commit.",
                "The next commit records it; status and report show it."
            })
    private boolean acceptCode;

    @Option(
            names = "--single-writer",
            description = "You make sure that no two drivers ever work on this run; lets any file system be used.")
    private boolean singleWriter;

    @Option(
            names = "--dry-run",
            description = "Check everything, print the resolved configuration, write and compute nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the result as JSON, as 'stackel status --json' does.")
    private boolean json;

    @Override
    ExitCode run() {
        // Options that contradict each other are refused before anything is read.
        engine(0);
        Optional<SeedRange> seeds = SeedRange.of(overrides);
        if (seeds.isPresent()) {
            return sweep(seeds.get().plan(configuration));
        }
        LoadedExperiment loaded = LoadedExperiment.load(configuration, overrides, loader());
        RunRequest request = new RunRequest(resume, takeover, engine(loaded.stepsOfBatch()), acceptCode, singleWriter);
        RunSession session = new RunSession(loaded, request, environment());
        URI place = out.map(Stores::uri).orElseGet(() -> defaultPlace(loaded));
        Optional<RunEnd> end = dryRun ? session.look(place) : Optional.of(session.run(place));
        end.ifPresentOrElse(found -> tell(found, place), () -> print(resolved(loaded)));
        return end.map(RunEnd::exitCode).orElse(ExitCode.SUCCESS);
    }

    /** Runs several seeds as 'sweep run' does. */
    private ExitCode sweep(SweepPlan plan) {
        if (resume != RunRequest.Resume.AUTO || takeover != Takeover.ALWAYS || partitions.isPresent()) {
            throw CommandFailure.usage(
                    "--resume, --takeover and --partitions are options of one run, but seed is a range; leave them out");
        }
        if (dryRun) {
            print(plan.json());
            return ExitCode.SUCCESS;
        }
        URI root = LoadedSweep.written(plan, out, singleWriter, environment())
                .directory()
                .root();
        String shown = CommandText.shown(root);
        tell("seed is a range: a sweep of " + plan.trials().size() + " runs in " + shown);
        List<String> words = new ArrayList<>(List.of("sweep", "run", root.toString()));
        engine.filter(kind -> kind == EngineChoice.Kind.SPARK)
                .ifPresent(kind -> words.addAll(List.of("--engine", kind.toString())));
        master.ifPresent(one -> words.addAll(List.of("--master", one)));
        threads.ifPresent(one -> words.addAll(List.of("--threads", one.toString())));
        boolean debug = ((StackelCommand) spec().root().userObject()).debug();
        Map.of("--accept-code", acceptCode, "--single-writer", singleWriter, "--json", json, "--debug", debug)
                .forEach((word, given) -> {
                    if (given) {
                        words.add(word);
                    }
                });
        return ExitCode.of(spec().root().commandLine().execute(words.toArray(new String[0])));
    }

    private EngineChoice engine(double stepsOfBatch) {
        return EngineChoice.of(
                engine, whole(partitions), whole(threads), master, OptionalLong.of(batchSeconds), stepsOfBatch);
    }

    private URI defaultPlace(LoadedExperiment loaded) {
        return new DefaultPlace(Path.of("runs"), loaded.configuration().name(), loaded.runName())
                .find(place -> isSame(place, loaded), notice -> notice(notice));
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

    private String resolved(LoadedExperiment loaded) {
        return json
                ? loaded.configuration().resolvedJson()
                : loaded.configuration().resolvedYaml();
    }

    /** How the run stands and, where this command has completed it, what it gained and what to do next. */
    private void tell(RunEnd end, URI place) {
        RunReader reader = RunArgument.reader(place);
        StatusReport report = StatusReport.of(place, reader);
        print(json ? report.json() : report.text());
        if (end.state() == RunState.COMPLETE && end.epoch() > 0) {
            reader.head().flatMap(head -> Improvement.estimate(reader, head)).ifPresent(this::tell);
            reader.head().flatMap(head -> Improvement.of(reader, head)).ifPresent(this::tell);
            String shown = CommandText.shown(place);
            String command = CommandText.command();
            tell("complete; next:\n  " + command + " report " + shown
                    + "   # a page: is it a good answer, and how did it go\n  "
                    + command + " export " + shown + "   # the upper variable and the policy\n  " + command
                    + " list   # all runs here");
        }
    }

    private static OptionalInt whole(Optional<Integer> value) {
        return value.map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
