package io.stackel.cli;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.ConfigurationException;
import io.stackel.report.Rebuilt;
import io.stackel.report.RunReport;
import io.stackel.run.CommandFailure;
import io.stackel.run.CommandText;
import io.stackel.run.ExitCode;
import io.stackel.run.HadoopSettings;
import io.stackel.run.LoadedExperiment;
import io.stackel.run.StatusReport;
import io.stackel.store.Head;
import io.stackel.store.RunReader;
import io.stackel.store.RunSnapshot;
import io.stackel.store.Storage;
import io.stackel.store.StorageException;
import io.stackel.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stackel report}. */
@Command(
        name = "report",
        description = {
            "Writes a page on a run: can it be trusted, what came out, how did it go?",
            "One file of HTML that needs no network, while the run goes on and afterwards."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel report runs/mine               writes runs/mine/report.html",
            "  stackel report s3a://bucket/runs/mine --to mine.html",
            "  stackel report runs/mine --watch       again and again until the run ends"
        })
final class ReportCommand extends Subcommand {

    private static final String FILE = "report.html";

    @Mixin
    private RunArgument run;

    @Option(names = "--to", paramLabel = "FILE", description = "A file in place of report.html in the run's directory.")
    private Optional<Path> file;

    @Option(
            names = "--watch",
            description = "Write the page again every few seconds until the run ends; an open page reloads itself.")
    private boolean watch;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How often with --watch. Default: 10.")
    private int every;

    @Override
    ExitCode run() throws InterruptedException {
        if (every < 1) {
            throw CommandFailure.usage("--every must be at least 1, but was " + every);
        }
        URI out = run.place();
        Storage storage = Stores.openForReading(out, new HadoopSettings());
        String place = file.map(path -> path.toAbsolutePath().toString()).orElse(CommandText.shown(out) + "/" + FILE);
        while (true) {
            RunReader reader = RunReader.open(storage);
            boolean again = watch
                    && goesOn(out, reader)
                    && !environment().stopRequested().getAsBoolean();
            write(page(out, reader, again ? OptionalInt.of(every) : OptionalInt.empty()), storage);
            if (!again) {
                println(place);
                return ExitCode.SUCCESS;
            }
            tell("wrote " + place + "; the run goes on");
            TimeUnit.SECONDS.sleep(every);
        }
    }

    private static boolean goesOn(URI out, RunReader reader) {
        RunSnapshot snapshot = reader.snapshot();
        return snapshot.damage().isEmpty()
                && StatusReport.of(out, reader, snapshot).exitCode().isEmpty();
    }

    private byte[] page(URI out, RunReader reader, OptionalInt reloadSeconds) {
        ConfigurationDecoder decoder =
                new ConfigurationDecoder(Catalogue.load(loader()).vocabulary());
        return RunReport.html(out, reader, rebuilt(out, reader), decoder, reloadSeconds)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What the run recorded is enough to read it; its tables need the problem's file and classes, too. */
    private Rebuilt rebuilt(URI out, RunReader reader) {
        return reader.head()
                .map(head -> rebuilt(out, reader, head))
                .orElseGet(() -> Rebuilt.not("the run has no commit yet"));
    }

    private Rebuilt rebuilt(URI out, RunReader reader, Head head) {
        try {
            LoadedExperiment loaded = LoadedExperiment.ofRun(out, reader, head, loader());
            Optional<String> change = loaded.codeChange(head);
            change.ifPresent(told -> notice(told + "; the page shows no pictures"));
            return change.map(told -> Rebuilt.not("the run was computed with other code than there is now, " + told))
                    .orElseGet(() -> Rebuilt.as(loaded.experiment()));
        } catch (ConfigurationException | CommandFailure | StorageException obstacle) {
            return Rebuilt.not(obstacle.getMessage());
        }
    }

    private void write(byte[] page, Storage storage) {
        if (file.isPresent()) {
            ResultFile.write(file.get(), page);
            return;
        }
        try {
            storage.put(FILE, page);
        } catch (IOException failed) {
            throw StorageException.of(
                    "cannot write " + FILE + " below " + storage.root(),
                    failed,
                    "run the same command again when the store answers and has space, or give a file with --to");
        }
    }
}
