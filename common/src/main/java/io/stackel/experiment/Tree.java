package io.stackel.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The text of a configuration as sections, lists and scalars with their positions, before any key is looked up. */
sealed interface Tree {

    /** Where the value starts. */
    Position position();

    /** The value for a message. */
    String shown();

    /** The value as an override has it, which reads as the same value. */
    String text();

    /** The scalar that this is, if it is one. */
    default Optional<CoreScalar> scalar() {
        return this instanceof Scalar one ? Optional.of(one.value()) : Optional.empty();
    }

    /** The section that this is, if it is one. */
    default Optional<Section> section() {
        return this instanceof Section one ? Optional.of(one) : Optional.empty();
    }

    /** The whole number that this is, if it is one. */
    default OptionalLong whole() {
        return scalar().map(CoreScalar::whole).orElse(OptionalLong.empty());
    }

    /** The number that this is, if it is one. */
    default OptionalDouble real() {
        return scalar().map(CoreScalar::real).orElse(OptionalDouble.empty());
    }

    /** Whether this is null, or left empty. */
    default boolean isNothing() {
        return scalar().filter(one -> one.kind() == CoreScalar.Kind.NOTHING).isPresent();
    }

    /** A value without parts. */
    record Scalar(Position position, CoreScalar value) implements Tree {

        @Override
        public String shown() {
            return value.shown();
        }

        @Override
        public String text() {
            boolean looksElse = value.kind() == CoreScalar.Kind.TEXT
                    && (CoreScalar.plain(value.text()).kind() != CoreScalar.Kind.TEXT
                            || value.text().matches("[\\[{].*|.*[,:#].*"));
            return looksElse ? "\"" + value.text() + "\"" : value.text();
        }
    }

    /** A list. */
    record Sequence(Position position, List<Tree> items) implements Tree {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String shown() {
            String shown = items.stream().map(Tree::shown).collect(Collectors.joining(", ", "[", "]"));
            return "the list " + CoreScalar.printable(shown);
        }

        @Override
        public String text() {
            return items.stream().map(Tree::text).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /**
     * Keys with values.
     *
     * @param entries in the order of the text
     */
    record Section(Position position, Map<String, Entry> entries) implements Tree {

        public Section {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String shown() {
            return "a section";
        }

        @Override
        public String text() {
            return entries.entrySet().stream()
                    .map(entry ->
                            entry.getKey() + ": " + entry.getValue().value().text())
                    .collect(Collectors.joining(", ", "{", "}"));
        }

        /** The value of a key, if it is given. */
        Optional<Tree> value(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        /** Where a key stands, or the section that lacks it. */
        Position at(String key) {
            return entries.containsKey(key) ? entries.get(key).position() : position;
        }

        /** The same section with one entry replaced, or added at the end. */
        Section with(String key, Entry entry) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.put(key, entry);
            return new Section(position, changed);
        }
    }

    /**
     * One key of a section.
     *
     * @param position of the key itself
     */
    record Entry(Position position, Tree value) {}
}
