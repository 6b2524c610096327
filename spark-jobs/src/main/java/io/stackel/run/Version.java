package io.stackel.run;

import io.stackel.experiment.Experiment;
import java.util.Optional;

/**
 * The version of the code, as recorded with claims and commits and printed by {@code --version}: {@code
 * 0.1.0-SNAPSHOT+0123456789ab}.
 *
 * <p>Behind the plus stands the git commit at which the jar was built, with {@code -dirty} if a file that the jar is made of
 * was not as in that commit, or {@code unknown} where there was no git. The launcher builds the jar again when such a file is
 * younger, not at every commit: the sources of the jar are those of the commit that it names, though later commits, which
 * changed none of them, may have followed.
 */
public final class Version {

    private Version() {}

    /** The version of the jar; classes that are in none are under development. */
    public static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** What {@code --version} prints. */
    public static String line() {
        return "stackel " + text() + " (numerics " + Experiment.NUMERICS_VERSION + ", Java "
                + Runtime.version().feature() + ")";
    }
}
