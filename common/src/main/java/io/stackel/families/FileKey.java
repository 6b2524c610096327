package io.stackel.families;

import io.stackel.problem.Range;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The declaration of one key of a problem file.
 *
 * @param name the key, in snake case
 * @param shapes the lengths of the axes of a table, in letters, of which one may be chosen; none for a number
 * @param whole whether numbers are whole
 * @param range of every number
 * @param fallback the value of every number if the key is missing, if that means a value
 * @param required whether a file without this key is an error
 * @param example in JSON; the examples of all keys of a kind make a file
 * @param help one sentence
 */
public record FileKey(
        String name,
        List<List<String>> shapes,
        boolean whole,
        Range range,
        Optional<Double> fallback,
        boolean required,
        String example,
        String help) {

    private static final Range COUNT = Range.closed(1, Integer.MAX_VALUE);

    public FileKey {
        shapes = List.copyOf(shapes);
    }

    static FileKey count(String name, String example, String help) {
        return new FileKey(name, List.of(), true, COUNT, Optional.empty(), true, example, help);
    }

    static FileKey number(String name, Range range, String example, String help) {
        return new FileKey(name, List.of(), false, range, Optional.empty(), true, example, help);
    }

    /** A table with axes that are separated by a space; " or " separates shapes. */
    static FileKey table(String name, String shapes, String example, String help) {
        List<List<String>> axes = Stream.of(shapes.split(" or "))
                .map(shape -> List.of(shape.split(" ")))
                .toList();
        return new FileKey(name, axes, false, Range.FINITE, Optional.empty(), true, example, help);
    }

    /** The same key with numbers in a range. */
    FileKey in(Range other) {
        return new FileKey(name, shapes, whole, other, fallback, required, example, help);
    }

    /** The same key with whole numbers. */
    FileKey wholes() {
        return new FileKey(name, shapes, true, range, fallback, required, example, help);
    }

    /** The same key with another meaning. */
    FileKey saying(String other) {
        return new FileKey(name, shapes, whole, range, fallback, required, example, other);
    }

    /** The same key with a value where it is missing. */
    FileKey or(double value) {
        return new FileKey(name, shapes, whole, range, Optional.of(value), false, example, help);
    }

    /** The same key, which may be missing. */
    FileKey optional() {
        return new FileKey(name, shapes, whole, range, Optional.empty(), false, example, help);
    }
}
