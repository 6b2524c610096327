package io.stackel.ingest;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A column of features.
 *
 * @param name of the column
 * @param array whether it holds arrays of numbers in place of numbers
 * @param entries numbers of a row, 1 unless it holds arrays
 */
record FeatureColumn(String name, boolean array, int entries) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The names of its features. */
    List<String> names() {
        return array
                ? IntStream.range(0, entries)
                        .mapToObj(i -> name + "[" + i + "]")
                        .toList()
                : List.of(name);
    }
}
