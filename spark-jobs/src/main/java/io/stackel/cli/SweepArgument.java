package io.stackel.cli;

import picocli.CommandLine.Parameters;

/** The sweep that a command looks at. */
final class SweepArgument {

    @Parameters(
            index = "0",
            paramLabel = "SWEEP",
            description = "The sweep's directory, or its text (.yaml) where that is at its default place.")
    private String sweep;

    LoadedSweep read(Surroundings surroundings) {
        return LoadedSweep.read(sweep, surroundings);
    }
}
