package io.stackel.store;

import java.util.Locale;

/** How far a run had come when a commit was made. */
public enum Outcome {
    /** More batches follow. */
    RUNNING,
    /** The stopping rule of the configuration was met. */
    COMPLETE,
    /** A sum was not finite; the state is the last good one. */
    DIVERGED;

    /** The word in the file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(String word) {
        for (Outcome outcome : values()) {
            if (outcome.word().equals(word)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("outcome must be running, complete or diverged, but was '" + word + "'");
    }
}
