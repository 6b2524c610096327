package io.stackel.run;

import io.stackel.store.Takeover;
import java.util.Locale;

/**
 * How a run is to be run, beside its configuration and its place.
 *
 * @param resume whether the run must or must not exist
 * @param takeover whether a run may be taken from a driver that has not released it
 * @param engine that evaluates batches
 * @param acceptCode whether the user accepts that code of his own has changed since the last commit
 * @param singleWriter whether the user vouches that there is no second driver
 */
public record RunRequest(
        Resume resume, Takeover takeover, BatchEngine engine, boolean acceptCode, boolean singleWriter) {

    /** What to do about a run that exists, or does not. */
    public enum Resume {
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
