package io.stackel.store;

import java.util.Locale;

/** Whether a driver may claim a run that an earlier driver has not released. */
public enum Takeover {
    /** Yes: a driver that still lives is fenced by the new claim. */
    ALWAYS,
    /** No: such a run is refused. */
    RELEASED;

    /** The word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
