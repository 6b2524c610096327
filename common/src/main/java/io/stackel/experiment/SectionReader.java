package io.stackel.experiment;

import io.stackel.experiment.Tree.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Reads values out of sections whose keys no {@link SectionKeys} declares; what is wrong goes to a list and reading goes on.
 *
 * @param mistakes receives what is wrong
 */
record SectionReader(List<Mistake> mistakes) {

    /** The section of a key, an empty one if it is missing. */
    Tree.Section section(Tree.Section top, String key) {
        Optional<Entry> entry = top.entry(key);
        if (entry.isPresent() && entry.get().value() instanceof Tree.Section section) {
            return section;
        }
        entry.ifPresent(one -> broken(
                top, key, "must be a section of keys, but was " + one.value().shown()));
        return new Tree.Section(top.position(), Map.of());
    }

    /** The text of a key that must be given. */
    String word(Tree.Section section, String key) {
        Optional<Entry> entry = section.entry(key);
        if (entry.isPresent()
                && entry.get().value() instanceof Tree.Scalar scalar
                && !scalar.value().text().isBlank()) {
            return scalar.value().text();
        }
        broken(section, key, "must be given as a text");
        return "";
    }

    /** A whole number from least to most, or {@code absent} where the key is missing. */
    long whole(Tree.Section section, String key, long least, long most, OptionalLong absent) {
        Optional<Entry> entry = section.entry(key);
        if (entry.isEmpty() && absent.isPresent()) {
            return absent.getAsLong();
        }
        OptionalLong value = entry.map(Entry::value)
                .filter(Tree.Scalar.class::isInstance)
                .map(tree -> ((Tree.Scalar) tree).value().whole())
                .orElse(OptionalLong.empty());
        if (value.isEmpty() || value.getAsLong() < least || value.getAsLong() > most) {
            broken(
                    section,
                    key,
                    "must be a whole number in [" + least + ", " + most + "], but "
                            + entry.map(one -> "was " + one.value().shown()).orElse("is missing"));
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

    /** Notes that the value of a key breaks a rule. */
    void broken(Tree.Section section, String key, String rule) {
        Position position = section.entry(key).map(Entry::position).orElse(section.position());
        mistakes.add(Mistake.of(position, key, key + " " + rule));
    }

    /** A finite number of a key that must be given. */
    OptionalDouble real(Tree.Section section, String path, String key) {
        OptionalDouble value = section.entry(key)
                .map(Entry::value)
                .filter(Tree.Scalar.class::isInstance)
                .map(tree -> ((Tree.Scalar) tree).value().real())
                .orElse(OptionalDouble.empty());
        if (value.isEmpty() || !Double.isFinite(value.getAsDouble())) {
            String full = path + "." + key;
            mistakes.add(Mistake.of(
                    section.entry(key).map(Entry::position).orElse(section.position()),
                    full,
                    full + " must be a finite number"));
            return OptionalDouble.empty();
        }
        return value;
    }

    /** A value as an override has it, which reads as the same value. */
    static String text(Tree tree) {
        if (tree instanceof Tree.Sequence list) {
            return list.items().stream().map(SectionReader::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (tree instanceof Tree.Section section) {
            return section.entries().entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + text(entry.getValue().value()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (!(tree instanceof Tree.Scalar scalar)) {
            return tree.shown();
        }
        CoreScalar value = scalar.value();
        boolean looksElse = value.kind() == CoreScalar.Kind.TEXT
                && (CoreScalar.plain(value.text()).kind() != CoreScalar.Kind.TEXT
                        || value.text().matches("[\\[{].*|.*[,:#].*"));
        return looksElse ? "\"" + value.text() + "\"" : value.text();
    }
}
