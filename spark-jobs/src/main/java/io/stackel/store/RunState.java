package io.stackel.store;

import io.stackel.algorithm.Outcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a run stands: in the words of its files, of {@code stackel status} and of sweeps. */
public enum RunState {
    /** A trial of a sweep that has no run yet. */
    WAITING,
    /** No driver has claimed it. */
    CREATED,
    /** A driver works on it, or ended without a word. */
    RUNNING,
    /** The stopping rule of the configuration was met. */
    COMPLETE,
    /** A sum was not finite; the last good state is kept. */
    DIVERGED,
    /** Its driver was asked to stop; the same command goes on. */
    STOPPED,
    /** Its driver ended by a failure. */
    FAILED,
    /** Its directory is not as it was written. */
    DAMAGED,
    /** It cannot be read now, or its word is not known to this version. */
    UNKNOWN;

    /** The word in files and in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of a word, which somebody else may have written. */
    public static RunState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** The state of a run whose newest commit says this. */
    public static RunState of(Outcome outcome) {
        return switch (outcome) {
            case RUNNING -> RUNNING;
            case COMPLETE -> COMPLETE;
            case DIVERGED -> DIVERGED;
        };
    }

    /** What a commit says in this state; nothing where no commit says it. */
    Optional<Outcome> outcome() {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> of(outcome) == this)
                .findFirst();
    }

    /** Whether the same code has nothing left to do, well or not. */
    public boolean isFinal() {
        return this == COMPLETE || this == DIVERGED;
    }

    /** Whether a driver ended before the run did, and could say so. */
    public boolean isEarlyEnd() {
        return this == STOPPED || this == FAILED;
    }

    /** Whether there will be no result unless somebody mends something. */
    public boolean isLost() {
        return this == FAILED || this == DIVERGED || this == DAMAGED;
    }

    /** As {@link #word}. */
    @Override
    public String toString() {
        return word();
    }
}
