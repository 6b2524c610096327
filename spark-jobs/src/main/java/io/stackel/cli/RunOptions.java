package io.stackel.cli;

import io.stackel.store.Takeover;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the user asked of {@code run}.
 *
 * @param configuration path or URI
 * @param overrides {@code key=value}
 * @param out the run's directory, if it is not the default
 * @param resume whether the run must or must not exist
 * @param takeover whether a run may be taken from a driver that has not released it
 * @param engine that evaluates batches
 * @param acceptCode whether the user accepts that the code of the problem has changed since the last commit
 * @param singleWriter whether the user vouches that there is no second driver
 * @param dryRun whether to stop before anything is written
 * @param json whether the result is JSON
 */
record RunOptions(
        String configuration,
        List<String> overrides,
        Optional<String> out,
        Resume resume,
        Takeover takeover,
        EngineOptions engine,
        boolean acceptCode,
        boolean singleWriter,
        boolean dryRun,
        boolean json) {

    /** What to do about a run that exists, or does not. */
    enum Resume {
        /** Go on where there is a commit, else start. */
        AUTO,
        /** Refuse to start afresh. */
        MUST,
        /** Refuse to go on. */
        NEVER;

        /** The word of the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
