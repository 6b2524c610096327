package io.stackel.problem;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The decoded values of one section of a configuration, defaults filled in and bounds checked.
 *
 * @param values key to {@link Double}, {@link Long}, a list of these, {@link String} or {@link Boolean}, in the order of the keys
 */
public record Settings(SortedMap<String, Object> values) {

    public Settings {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Settings from keys and values. */
    public static Settings of(Map<String, Object> values) {
        return new Settings(new TreeMap<>(values));
    }

    /** Whether an optional key was given. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The value of a {@link Parameter.Type#REAL} key. */
    public double real(String name) {
        return get(name, Double.class);
    }

    /** The value of a {@link Parameter.Type#WHOLE} key. */
    public long whole(String name) {
        return get(name, Long.class);
    }

    /** The value of a {@link Parameter.Type#REAL} key that may be left out. */
    public OptionalDouble optionalReal(String name) {
        return has(name) ? OptionalDouble.of(real(name)) : OptionalDouble.empty();
    }

    /** The value of a {@link Parameter.Type#WHOLE} key that may be left out. */
    public OptionalLong optionalWhole(String name) {
        return has(name) ? OptionalLong.of(whole(name)) : OptionalLong.empty();
    }

    /** The value of a {@link Parameter.Type#WHOLE} key that must fit an int. */
    public int count(String name) {
        return Math.toIntExact(whole(name));
    }

    /** The values of a {@link Parameter.Type#WHOLES} key that must fit ints. */
    public List<Integer> counts(String name) {
        return ((List<?>) get(name, List.class))
                .stream().map(one -> Math.toIntExact((Long) one)).toList();
    }

    /** The value of a {@link Parameter.Type#TEXT} or {@link Parameter.Type#CHOICE} key. */
    public String text(String name) {
        return get(name, String.class);
    }

    /** The value of a {@link Parameter.Type#FLAG} key. */
    public boolean flag(String name) {
        return get(name, Boolean.class);
    }

    private <T> T get(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "setting " + name + " must be a " + type.getSimpleName() + ", but was " + value);
        }
        return type.cast(value);
    }
}
