package io.stackel.cli;

import io.stackel.experiment.Experiment;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the code, as recorded with runs and printed by {@code --version}. */
final class Version implements IVersionProvider {

    /** The version of the jar; classes that are in none are under development. */
    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "stackel " + text() + " (numerics " + Experiment.NUMERICS_VERSION + ", Java "
                    + Runtime.version().feature() + ")"
        };
    }
}
