package io.stackel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.store.RunReader;
import io.stackel.store.RunState;
import io.stackel.store.Stores;
import io.stackel.store.Takeover;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program that has no command line gets. */
class RunSessionTest {

    private static final EngineChoice LOCAL =
            new EngineChoice(EngineChoice.Kind.LOCAL, OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

    @TempDir
    Path folder;

    private URI out;

    @BeforeEach
    void chooseAPlace() {
        out = folder.resolve("run").toUri();
    }

    private static LoadedExperiment experiment() {
        return LoadedExperiment.load(
                RunSessionTest.class.getResource("/io/stackel/cli/tiny.yaml").toString(),
                List.of(),
                RunSessionTest.class.getClassLoader());
    }

    private static RunSession session(RunRequest.Resume resume, RunEnvironment environment) {
        return new RunSession(experiment(), new RunRequest(resume, Takeover.ALWAYS, LOCAL, false, false), environment);
    }

    private static RunSession session(BooleanSupplier stopRequested) {
        return session(RunRequest.Resume.AUTO, () -> stopRequested);
    }

    private RunState told() {
        return StatusReport.of(out, RunReader.open(Stores.openForReading(out, new HadoopSettings())))
                .state();
    }

    @Test
    void aRunThatIsCompleteIsNotClaimedAgain() {
        assertThat(session(() -> false).end(out)).isEqualTo(RunEnd.complete(1));
        assertThat(told()).isEqualTo(RunState.COMPLETE);

        assertThat(session(() -> false).end(out)).isEqualTo(RunEnd.complete(0));
    }

    @Test
    void aRunThatWasAskedToStopGoesOnInTheNextSession() {
        AtomicInteger batches = new AtomicInteger();

        RunEnd stopped = session(() -> batches.incrementAndGet() > 1).end(out);

        assertThat(stopped).isEqualTo(new RunEnd(RunState.STOPPED, ExitCode.TRY_AGAIN, "was asked to stop", 1));
        assertThat(told()).isEqualTo(stopped.state());
        assertThat(session(() -> false).end(out)).isEqualTo(RunEnd.complete(2));
    }

    @Test
    void aFailureIsAnEndForThoseWhoWantNoException() {
        RunSession session = session(RunRequest.Resume.MUST, () -> () -> false);

        RunEnd end = session.end(out);

        assertThat(end.state()).isEqualTo(RunState.FAILED);
        assertThat(end.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(end.reason()).startsWith("--resume must needs a run with a commit");
        assertThat(end.epoch()).isZero();
        assertThatThrownBy(() -> session.run(out))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(end.reason());
    }

    @Test
    void aLookWritesNothingAndTellsWhereTheRunWouldGoOn() {
        List<String> told = new ArrayList<>();
        RunEnvironment watched = new RunEnvironment() {
            @Override
            public BooleanSupplier stopRequested() {
                return () -> false;
            }

            @Override
            public void tell(String lines) {
                told.add(lines);
            }
        };

        assertThat(session(RunRequest.Resume.AUTO, watched).look(out)).isEmpty();

        assertThat(told).containsExactly("opening " + out, "would start afresh; nothing was written\n" + LOCAL.line());
        assertThat(Files.exists(Path.of(out))).isFalse();
        session(() -> false).run(out);
        assertThat(session(RunRequest.Resume.AUTO, watched).look(out)).contains(RunEnd.complete(0));
    }
}
