package io.stackel.cli;

import io.stackel.run.EngineChoice;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the trials of a sweep run. */
final class SweepEngineOptions {

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "local",
            description = {
                "local: every trial whole inside one Spark task, many side by side. spark: one trial after the other, each"
                        + " batch over all of Spark. The results are the same bits. Default: local."
            })
    private EngineChoice.Kind kind;

    @Mixin
    private SparkOptions spark;

    @Option(names = "--accept-code", description = "As of run: trials keep or get figures of changed code.")
    private boolean acceptCode;

    @Option(names = "--single-writer", description = "As of run.")
    private boolean singleWriter;

    @Option(
            names = "--json",
            description = "Print how the sweep stands as JSON, as 'stackel sweep status --json' does.")
    private boolean json;

    /** Whether every trial lies whole inside one Spark task. */
    boolean insideTasks() {
        return kind == EngineChoice.Kind.LOCAL;
    }

    /** The choice of engine for one trial after the other on Spark. */
    EngineChoice spark() {
        return spark.engine();
    }

    boolean acceptCode() {
        return acceptCode;
    }

    boolean singleWriter() {
        return singleWriter;
    }

    boolean json() {
        return json;
    }
}
