package io.stackel.experiment;

import io.stackel.problem.Parameter.Effect;

/**
 * The value of one key after defaults, and what a change of it means.
 *
 * @param value a {@link Double}, {@link Long}, {@link String} or {@link Boolean}
 * @param effect what a change means for a run that exists already
 */
public record ResolvedKey(Object value, Effect effect) {

    public ResolvedKey {
        boolean known =
                value instanceof Double || value instanceof Long || value instanceof String || value instanceof Boolean;
        if (!known) {
            throw new IllegalArgumentException("value must be a Double, Long, String or Boolean, but was " + value);
        }
    }
}
