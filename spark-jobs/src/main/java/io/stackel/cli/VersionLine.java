package io.stackel.cli;

import io.stackel.experiment.Experiment;
import io.stackel.run.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionLine implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "stackel " + Version.text() + " (numerics " + Experiment.NUMERICS_VERSION + ", Java "
                    + Runtime.version().feature() + ")"
        };
    }
}
