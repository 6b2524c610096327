package io.stackel.experiment;

import io.stackel.problem.Settings;

/** Which problem a run solves. */
public sealed interface ProblemSelection {

    /** A value for every declared key that has a default or was given. */
    Settings settings();

    /**
     * A family by its name.
     *
     * @param name a name of the {@link Vocabulary}
     */
    record Named(String name, Settings settings) implements ProblemSelection {}

    /**
     * The tables of a finite problem in a file.
     *
     * @param uri where the file lies; its SHA-256, not this text, is part of the run's identity
     */
    record File(String uri, Settings settings) implements ProblemSelection {}
}
