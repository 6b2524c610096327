package io.stackel.experiment;

import io.stackel.problem.Parameter.Effect;
import java.util.List;

/**
 * The value of one key after defaults, and what a change of it means.
 *
 * @param value a {@link Double}, {@link Long}, {@link String} or {@link Boolean}
 * @param effect what a change means for a run that exists already
 */
public record ResolvedKey(Object value, Effect effect) {

    public ResolvedKey {
        boolean wholes = value instanceof List<?> list && list.stream().allMatch(Long.class::isInstance);
        boolean known = wholes
                || value instanceof Double
                || value instanceof Long
                || value instanceof String
                || value instanceof Boolean;
        if (!known) {
            throw new IllegalArgumentException(
                    "value must be a Double, Long, List of Long, String or Boolean, but was " + value);
        }
    }
}
