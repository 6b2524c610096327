package io.stackel.cli;

import io.stackel.experiment.SweepConfiguration.Requirements;
import io.stackel.report.SweepReport;
import io.stackel.report.SweepRules;
import io.stackel.report.TrialSummary;
import io.stackel.run.ExitCode;
import io.stackel.run.HadoopSettings;
import io.stackel.store.RunReader;
import io.stackel.store.Storage;
import io.stackel.store.StorageException;
import io.stackel.store.Stores;
import io.stackel.sweep.SweepDirectory;
import io.stackel.sweep.SweepPlan;
import io.stackel.sweep.SweepStatus;
import io.stackel.sweep.Trial;
import io.stackel.sweep.TrialStatus;
import java.net.URI;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
            "  stackel sweep report sweeps/mine              writes sweeps/mine/report.html",
            "  stackel sweep report s3a://bucket/sweeps/mine --to mine.html",
            "  stackel sweep report sweeps/mine --watch      again and again to its end"
        })
final class SweepReportCommand extends Subcommand {

    @Mixin
    private LoadedSweep.Argument sweep;

    @Mixin
    private ReportPage page;

    @Override
    ExitCode run() throws InterruptedException {
        LoadedSweep loaded = sweep.read(environment());
        Storage home = Stores.openForReading(loaded.directory().root(), new HadoopSettings());
        return page.write("sweep", () -> now(loaded, loaded.status()), home, environment());
    }

    private ReportPage.Subject now(LoadedSweep loaded, SweepStatus status) {
        status.notices().forEach(notice -> notice(notice));
        SweepPlan plan = loaded.plan();
        Requirements required = plan.requirements();
        return new ReportPage.Subject(
                !status.open().isEmpty(),
                new SweepReport(
                        plan.name(),
                        plan.axes(),
                        status.trials().stream()
                                .map(trial -> summary(trial, loaded.directory()))
                                .toList(),
                        new SweepRules(required.lowerGap(), required.completeShare()),
                        plan.references(),
                        SweepCode.mixtures(status))::html);
    }

    private TrialSummary summary(TrialStatus status, SweepDirectory directory) {
        Trial trial = status.trial();
        URI run = directory.trial(trial);
        return new TrialSummary(
                trial.name(),
                trial.axes(),
                trial.seed(),
                run,
                status.state(),
                status.exitCode(),
                status.reason(),
                status.status(),
                status.status().isEmpty() || status.damaged() ? TrialSummary.Rows.NONE : rows(trial, run));
    }

    /** The rows of a run; none where they cannot be read now. */
    private TrialSummary.Rows rows(Trial trial, URI run) {
        try {
            RunReader reader = RunArgument.reader(run);
            return reader.head().map(head -> TrialSummary.Rows.of(reader, head)).orElse(TrialSummary.Rows.NONE);
        } catch (StorageException unreadable) {
            notice("no learning curve of " + trial.name() + ": " + unreadable.getMessage());
            return TrialSummary.Rows.NONE;
        }
    }
}
