package io.stackel.cli;

import io.stackel.run.ExitCode;
import io.stackel.sweep.SweepStatus;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel sweep retry}. */
@Command(
        name = "retry",
        description = {
            "Runs the failed trials of a sweep again, once you have fixed the cause; all others stay untouched.",
            "A trial that had commits goes on from the last one. A diverged trial would diverge again and is left alone.",
            "If you changed your own code, trials computed with the earlier code need --accept-code."
        },
        footerHeading = "%nExamples:%n",
        footer = "  stackel sweep retry sweeps/mine-0123456789ab --failed")
final class SweepRetryCommand extends Subcommand {

    @Parameters(index = "0", paramLabel = "SWEEP", description = "The sweep's directory.")
    private String sweep;

    @Option(names = "--failed", required = true, description = "The trials that failed.")
    private boolean failed;

    @Mixin
    private SweepSession.Options engine = new SweepSession.Options();

    @Override
    ExitCode run() {
        LoadedSweep loaded = LoadedSweep.open(sweep, Optional.empty(), engine.singleWriter, environment());
        SweepSession session = new SweepSession(loaded, engine, environment());
        SweepStatus before = loaded.status();
        return session.run(before, failed ? before.failed() : List.of());
    }
}
