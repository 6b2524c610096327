package io.stackel.cli;

import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.ConfigurationException;
import io.stackel.report.Rebuilt;
import io.stackel.report.RunReport;
import io.stackel.run.CommandFailure;
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
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    private RunArgument run;

    @Mixin
    private ReportPage page;

    @Override
    ExitCode run() throws InterruptedException {
        URI out = run.place();
        Storage storage = Stores.openForReading(out, new HadoopSettings());
        return page.write("run", () -> now(out, RunReader.open(storage)), storage, environment());
    }

    private ReportPage.Subject now(URI out, RunReader reader) {
        ConfigurationDecoder decoder =
                new ConfigurationDecoder(Catalogue.load(loader()).vocabulary());
        return new ReportPage.Subject(
                goesOn(out, reader),
                reloadSeconds -> RunReport.html(out, reader, rebuilt(out, reader), decoder, reloadSeconds));
    }

    private static boolean goesOn(URI out, RunReader reader) {
        RunSnapshot snapshot = reader.snapshot();
        return snapshot.damage().isEmpty()
                && StatusReport.of(out, reader, snapshot).exitCode().isEmpty();
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
}
