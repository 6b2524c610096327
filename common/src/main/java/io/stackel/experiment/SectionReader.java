package io.stackel.experiment;

import io.stackel.problem.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the sections of a sweep, with declared keys or names of the user's own; what is wrong goes to a list and reading goes
 * on.
 *
 * @param mistakes receives what is wrong
 */
record SectionReader(List<Mistake> mistakes) {

    /** The section of a key, an empty one if it is missing. */
    Tree.Section section(Tree.Section top, String key) {
        Optional<Tree.Section> section = top.value(key).flatMap(Tree::section);
        if (section.isEmpty()) {
            top.value(key).ifPresent(one -> broken(top, key, "must be a section of keys, but was " + one.shown()));
        }
        return section.orElseGet(() -> new Tree.Section(top.position(), Map.of()));
    }

    /** The values of a section with declared keys, but for those that are decoded elsewhere; without those that are wrong. */
    Settings settings(String path, Tree.Section section, SectionKeys keys, List<String> elsewhere) {
        SortedMap<String, ResolvedKey> resolved = new TreeMap<>();
        new SectionDecoder(path, section, keys, false, mistakes).decode(elsewhere, resolved);
        SortedMap<String, Object> values = new TreeMap<>();
        resolved.forEach(
                (key, value) -> values.put(path.isEmpty() ? key : key.substring(path.length() + 1), value.value()));
        return new Settings(values);
    }

    /** Whether a rule holds of the value at a place; a broken one is noted. */
    boolean require(boolean holds, Position position, String key, String rule) {
        if (!holds) {
            mistakes.add(Mistake.of(position, key, rule));
        }
        return holds;
    }

    /** Notes that the value of a key breaks a rule. */
    void broken(Tree.Section section, String key, String rule) {
        mistakes.add(Mistake.of(section.at(key), key, key + " " + rule));
    }

    /** A finite number of a key that must be given. */
    OptionalDouble real(Tree.Section section, String path, String key) {
        OptionalDouble value = section.value(key).map(Tree::real).orElse(OptionalDouble.empty());
        if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
            return value;
        }
        String full = path + "." + key;
        mistakes.add(Mistake.of(section.at(key), full, full + " must be a finite number"));
        return OptionalDouble.empty();
    }
}
