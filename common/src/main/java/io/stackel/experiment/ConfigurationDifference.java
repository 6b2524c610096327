package io.stackel.experiment;

import io.stackel.experiment.Tree.Entry;
import io.stackel.problem.Parameter.Effect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What changed between the configuration that a run recorded and the one that it is given now. */
public final class ConfigurationDifference {

    private static final Pattern HEX_BITS = Pattern.compile("0x[0-9a-f]{16}");

    private ConfigurationDifference() {}

    /**
     * The changed keys of two resolved configurations, in the order of the keys.
     *
     * <p>A key whose effect differs between the two gets the graver one.
     */
    public static List<KeyChange> between(ExperimentConfiguration recorded, ExperimentConfiguration now) {
        TreeSet<String> paths = new TreeSet<>(recorded.keys().keySet());
        paths.addAll(now.keys().keySet());
        List<KeyChange> changes = new ArrayList<>();
        for (String path : paths) {
            Optional<ResolvedKey> before = Optional.ofNullable(recorded.keys().get(path));
            Optional<ResolvedKey> after = Optional.ofNullable(now.keys().get(path));
            Optional<Object> value = before.map(ResolvedKey::value);
            if (!value.equals(after.map(ResolvedKey::value))) {
                changes.add(new KeyChange(
                        path,
                        value.map(ConfigurationDifference::shown),
                        after.map(ResolvedKey::value).map(ConfigurationDifference::shown),
                        graver(before.map(ResolvedKey::effect), after.map(ResolvedKey::effect))));
            }
        }
        return List.copyOf(changes);
    }

    /**
     * The changed keys of two canonical forms of {@link RunIdentity}, in the order of the keys; reals in decimals.
     *
     * @throws IllegalArgumentException if a text is not a canonical form
     */
    public static List<KeyChange> betweenCanonical(String recorded, String now) {
        SortedMap<String, String> before = flat(recorded);
        SortedMap<String, String> after = flat(now);
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<KeyChange> changes = new ArrayList<>();
        for (String path : paths) {
            Optional<String> old = Optional.ofNullable(before.get(path));
            Optional<String> current = Optional.ofNullable(after.get(path));
            if (!old.equals(current)) {
                changes.add(new KeyChange(path, old, current, Effect.IDENTITY));
            }
        }
        return List.copyOf(changes);
    }

    /** Effects are declared from the gravest to the lightest. */
    private static Effect graver(Optional<Effect> one, Optional<Effect> other) {
        Effect first = one.or(() -> other).orElse(Effect.IDENTITY);
        Effect second = other.orElse(first);
        return first.compareTo(second) <= 0 ? first : second;
    }

    private static String shown(Object value) {
        return value instanceof String string ? string : JsonText.compact(value);
    }

    /** The values of a canonical form by dotted path, as a change shows them. */
    static SortedMap<String, String> flat(String canonical) {
        List<Mistake> mistakes = new ArrayList<>();
        byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
        Tree.Section top = ConfigurationReader.read("canonical configuration", bytes, mistakes);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException("canonical configuration must be JSON, but " + mistakes.get(0));
        }
        SortedMap<String, String> values = new TreeMap<>();
        flatten("", top.entries(), values);
        return values;
    }

    private static void flatten(String prefix, Map<String, Entry> entries, SortedMap<String, String> into) {
        entries.forEach((key, entry) -> {
            if (entry.value() instanceof Tree.Section section) {
                flatten(prefix + key + ".", section.entries(), into);
            } else if (entry.value() instanceof Tree.Scalar scalar) {
                into.put(prefix + key, decimal(scalar.value().text()));
            } else if (entry.value() instanceof Tree.Sequence list) {
                into.put(prefix + key, list(list));
            }
        });
    }

    private static String list(Tree.Sequence list) {
        return list.items().stream().map(Tree::shown).collect(Collectors.joining(",", "[", "]"));
    }

    private static String decimal(String text) {
        return HEX_BITS.matcher(text).matches()
                ? JsonText.text(Double.longBitsToDouble(Long.parseUnsignedLong(text.substring(2), 16)))
                : text;
    }
}
