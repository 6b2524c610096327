package io.stackel.cli;

import io.stackel.run.EngineChoice;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** Which Spark does the work. */
final class SparkOptions {

    @Option(names = "--master", paramLabel = "M", description = "Spark's master. Default: what spark-submit chose.")
    private Optional<String> master;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads on this machine. Default: as many as there are cores.")
    private Optional<Integer> threads;

    /** The Spark of these options. */
    EngineChoice engine() {
        return new EngineChoice(
                EngineChoice.Kind.SPARK,
                OptionalInt.empty(),
                threads.map(OptionalInt::of).orElse(OptionalInt.empty()),
                master);
    }
}
