package io.stackel.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The text of a configuration as sections, lists and scalars with their positions, before any key is looked up. */
sealed interface Tree {

    /** Where the value starts. */
    Position position();

    /** The value for a message. */
    String shown();

    /** A value without parts. */
    record Scalar(Position position, CoreScalar value) implements Tree {

        @Override
        public String shown() {
            return value.shown();
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

        Optional<Entry> entry(String key) {
            return Optional.ofNullable(entries.get(key));
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
