package io.stackel.experiment;

import static java.util.stream.Collectors.joining;

import io.stackel.problem.Parameter.Effect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
        return changes(recorded.values(), now.values(), path -> graver(path, recorded, now));
    }

    /**
     * The changed keys of two canonical forms of {@link RunIdentity}, in the order of the keys; reals in decimals.
     *
     * @throws IllegalArgumentException if a text is not a canonical form
     */
    public static List<KeyChange> betweenCanonical(String recorded, String now) {
        return changes(flat(recorded), flat(now), path -> Effect.IDENTITY);
    }

    private static List<KeyChange> changes(
            SortedMap<String, ?> before, SortedMap<String, ?> after, Function<String, Effect> effect) {
        Set<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(before.get(path), after.get(path)))
                .map(path -> new KeyChange(
                        path,
                        Optional.ofNullable(before.get(path)).map(ConfigurationDifference::shown),
                        Optional.ofNullable(after.get(path)).map(ConfigurationDifference::shown),
                        effect.apply(path)))
                .toList();
    }

    /** Effects are declared from the gravest to the lightest. */
    private static Effect graver(String path, ExperimentConfiguration... configurations) {
        return Stream.of(configurations)
                .flatMap(one -> Stream.ofNullable(one.keys().get(path)))
                .map(ResolvedKey::effect)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** A value as a change shows it. */
    static String shown(Object value) {
        return value instanceof String string ? string : JsonText.compact(value);
    }

    /** The values of a canonical form by dotted path, as a change shows them. */
    private static SortedMap<String, String> flat(String canonical) {
        List<Mistake> mistakes = new ArrayList<>();
        byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
        Tree.Section top = ConfigurationReader.read("canonical configuration", bytes, mistakes);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException("canonical configuration must be JSON, but " + mistakes.get(0));
        }
        SortedMap<String, String> values = new TreeMap<>();
        flatten("", top, values);
        return values;
    }

    private static void flatten(String prefix, Tree.Section section, SortedMap<String, String> into) {
        section.entries().forEach((key, entry) -> {
            if (entry.value() instanceof Tree.Section inner) {
                flatten(prefix + key + ".", inner, into);
            } else if (entry.value() instanceof Tree.Sequence list) {
                into.put(prefix + key, list.items().stream().map(Tree::shown).collect(joining(",", "[", "]")));
            } else {
                into.put(
                        prefix + key,
                        decimal(entry.value().scalar().orElseThrow().text()));
            }
        });
    }

    private static String decimal(String text) {
        return HEX_BITS.matcher(text).matches()
                ? JsonText.text(Double.longBitsToDouble(Long.parseUnsignedLong(text.substring(2), 16)))
                : text;
    }
}
