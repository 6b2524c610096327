package io.stackel.experiment;

import io.stackel.problem.Settings;

/**
 * A named choice with its settings.
 *
 * @param name a name of the {@link Vocabulary}
 * @param settings a value for every declared key that has a default or was given
 */
public record Selection(String name, Settings settings) {}
