package io.stackel.experiment;

import io.stackel.problem.Parameter.Effect;
import java.util.Optional;

/**
 * One key that differs between two configurations.
 *
 * @param key the dotted path
 * @param before the recorded value; empty where the key was absent
 * @param after the value now; empty where the key is absent
 * @param effect what the change means for the run that was recorded
 */
public record KeyChange(String key, Optional<String> before, Optional<String> after, Effect effect) {

    /** {@code upper.stepSize: 0.1 -> 0.5}. */
    @Override
    public String toString() {
        return key + ": " + before.orElse("(absent)") + " -> " + after.orElse("(absent)");
    }
}
