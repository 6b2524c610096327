package io.stackel.experiment;

import java.util.List;
import java.util.Optional;

/**
 * One mistake in a configuration.
 *
 * @param position where it stands
 * @param key the dotted path of the key, {@code upper.stepSize}; empty for a mistake of the text as a whole
 * @param rule name, rule and value: {@code upper.stepSize must be a number in (0, inf), but was -1}
 * @param nearest the known word that was probably meant
 * @param allowed the words that may stand there, where these are a list
 */
public record Mistake(Position position, String key, String rule, Optional<String> nearest, List<String> allowed) {

    public Mistake {
        allowed = List.copyOf(allowed);
    }

    static Mistake of(Position position, String key, String rule) {
        return new Mistake(position, key, rule, Optional.empty(), List.of());
    }

    /** A mistake where {@code given} should have been one of {@code allowed}. */
    static Mistake ofWord(Position position, String key, String rule, String given, List<String> allowed) {
        return new Mistake(position, key, rule, NearestWord.of(given, allowed), allowed);
    }

    /** One line: position, rule, nearest word, allowed words. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder().append(position).append(": ").append(rule);
        nearest.ifPresent(word -> line.append("; did you mean ").append(word).append('?'));
        if (!allowed.isEmpty()) {
            line.append(nearest.isPresent() ? " Allowed: " : "; allowed: ").append(String.join(", ", allowed));
        }
        return line.toString();
    }
}
