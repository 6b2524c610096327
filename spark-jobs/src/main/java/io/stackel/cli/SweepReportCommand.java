package io.stackel.cli;

import io.stackel.experiment.SweepConfiguration.Requirements;
import io.stackel.report.SweepReport;
import io.stackel.report.SweepRules;
import io.stackel.report.TrialSummary;
import io.stackel.run.CommandText;
import io.stackel.run.ExitCode;
import io.stackel.run.HadoopSettings;
import io.stackel.store.RunReader;
import io.stackel.store.StorageException;
import io.stackel.store.Stores;
import io.stackel.sweep.SweepDirectory;
import io.stackel.sweep.SweepStatus;
import io.stackel.sweep.Trial;
import io.stackel.sweep.TrialStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stackel sweep report}. */
@Command(
        name = "report",
        description = {
            "Writes a page on a sweep: which settings are best, how certain that is, what each axis does, what failed"
                    + " and why, what it cost.",
            "One file of HTML that needs no network, while the sweep goes on and afterwards."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel sweep report sweeps/mine       writes sweeps/mine/report.html",
            "  stackel sweep report s3a://bucket/sweeps/mine --to mine.html"
        })
final class SweepReportCommand extends Subcommand {

    private static final String FILE = "report.html";

    @Mixin
    private LoadedSweep.Argument sweep;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "A file in place of report.html in the sweep's directory.")
    private Optional<Path> file;

    @Override
    ExitCode run() {
        LoadedSweep loaded = sweep.read(environment());
        Requirements required = loaded.plan().requirements();
        SweepStatus status = loaded.status();
        status.notices().forEach(notice -> notice(notice));
        String page = SweepReport.html(
                loaded.plan().name(),
                loaded.plan().axes(),
                status.trials().stream()
                        .map(trial -> summary(trial, loaded.directory()))
                        .toList(),
                new SweepRules(required.lowerGap(), required.completeShare()),
                loaded.plan().references(),
                SweepCode.mixtures(status));
        write(page.getBytes(StandardCharsets.UTF_8), loaded.directory());
        println(file.map(path -> path.toAbsolutePath().toString())
                .orElse(CommandText.shown(loaded.directory().root()) + "/" + FILE));
        return ExitCode.SUCCESS;
    }

    private TrialSummary summary(TrialStatus status, SweepDirectory directory) {
        Trial trial = status.trial();
        TrialSummary planned = TrialSummary.planned(
                        trial.name(), trial.axes(), trial.seed(), status.state(), directory.trial(trial))
                .ended(status.exitCode(), status.reason());
        TrialSummary known = status.status().map(planned::with).orElse(planned);
        return status.status().isEmpty() || status.damaged() ? known : measured(known);
    }

    /** With the rows of its run; without them where they cannot be read now. */
    private TrialSummary measured(TrialSummary trial) {
        try {
            RunReader reader = RunReader.open(Stores.openForReading(trial.run(), new HadoopSettings()));
            return reader.head().map(head -> trial.measuredBy(reader, head)).orElse(trial);
        } catch (StorageException unreadable) {
            notice("no learning curve of " + trial.name() + ": " + unreadable.getMessage());
            return trial;
        }
    }

    private void write(byte[] page, SweepDirectory directory) {
        if (file.isPresent()) {
            ResultFile.write(file.get(), page);
        } else {
            directory.publish(FILE, page);
        }
    }
}
