package io.stackel.experiment;

import io.stackel.problem.Parameter.Effect;
import java.util.List;
import java.util.Optional;

/**
 * The value of one key after defaults, and what a change of it means.
 *
 * @param value a {@link Double}, {@link Long}, {@link String} or {@link Boolean}
 * @param effect what a change means for a run that exists already
 * @param absence what the record of a run says that lacks this key, if that means anything
 * @param assumed whether the value was taken from {@code absence}, because a record lacks the key
 */
public record ResolvedKey(Object value, Effect effect, Optional<Object> absence, boolean assumed) {

    /** A key that every record has, so that its absence means nothing. */
    public ResolvedKey(Object value, Effect effect) {
        this(value, effect, Optional.empty(), false);
    }

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
