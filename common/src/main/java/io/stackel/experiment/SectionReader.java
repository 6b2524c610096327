package io.stackel.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Reads values out of sections whose keys no {@link SectionKeys} declares; what is wrong goes to a list and reading goes on.
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

    /** The text of a key that must be given. */
    String word(Tree.Section section, String key) {
        String word =
                section.value(key).flatMap(Tree::scalar).map(CoreScalar::text).orElse("");
        if (word.isBlank()) {
            broken(section, key, "must be given as a text");
            return "";
        }
        return word;
    }

    /** A whole number from least to most, or {@code absent} where the key is missing. */
    long whole(Tree.Section section, String key, long least, long most, OptionalLong absent) {
        Optional<Tree> given = section.value(key);
        OptionalLong value = given.isEmpty() ? absent : given.get().whole();
        if (value.isEmpty() || value.getAsLong() < least || value.getAsLong() > most) {
            broken(
                    section,
                    key,
                    "must be a whole number in [" + least + ", " + most + "], but "
                            + given.map(one -> "was " + one.shown()).orElse("is missing"));
            return least;
        }
        return value.getAsLong();
    }

    /** Refuses keys that are not known. */
    void requireOnly(String path, Tree.Section section, List<String> known) {
        section.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                String full = path.isEmpty() ? key : path + "." + key;
                mistakes.add(Mistake.ofWord(
                        entry.position(), full, "unknown key " + CoreScalar.printable(full), key, known));
            }
        });
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
