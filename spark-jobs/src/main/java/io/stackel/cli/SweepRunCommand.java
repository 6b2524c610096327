package io.stackel.cli;

import io.stackel.run.CommandText;
import io.stackel.run.ExitCode;
import io.stackel.sweep.SweepStatus;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel sweep run}. */
@Command(
        name = "run",
        description = {
            "Runs the trials of a sweep that have not ended; those that have cost nothing. Trials that were stopped or taken"
                    + " over go on. Failed trials wait for 'sweep retry', damaged ones until you restore their directory.",
            "Ends with 0 if all of them are complete, 4 if one diverged, 3 if one failed or is damaged, 75 if it was"
                    + " stopped or Spark gave up; then run the same command again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel sweep run conf/sweeps/four-rooms.yaml",
            "  stackel sweep run hdfs://nn/sweeps/mine --master spark://host:7077",
            "  stackel sweep run my.yaml --engine spark    one after the other: big runs",
            "  stackel sweep run sweeps/mine --trial four-rooms-fedcba987654"
        })
final class SweepRunCommand extends Subcommand {

    @Parameters(
            index = "0",
            paramLabel = "SWEEP",
            description = "The sweep's directory, or its file (.yaml), which is then planned first.")
    private String sweep;

    @Option(
            names = "--out",
            paramLabel = "URI",
            description = "The sweep's directory, if SWEEP is a file. Default: sweeps/NAME-HASH.")
    private Optional<String> out;

    @Option(names = "--trial", paramLabel = "NAME", description = "Only this trial; repeatable.")
    private List<String> only = List.of();

    @Mixin
    private SweepSession.Options engine = new SweepSession.Options();

    @Override
    ExitCode run() {
        LoadedSweep loaded =
                LoadedSweep.open(sweep, out, engine.singleWriter, environment()).only(only);
        SweepSession session = new SweepSession(loaded, engine, environment());
        SweepStatus before = loaded.status();
        ExitCode code = session.run(before, before.trials(one -> only.isEmpty() ? one.open() : !one.ended()));
        if (code == ExitCode.SUCCESS) {
            tell("complete; next:\n  " + CommandText.command() + " sweep report "
                    + CommandText.shown(loaded.directory().root()));
        }
        return code;
    }
}
