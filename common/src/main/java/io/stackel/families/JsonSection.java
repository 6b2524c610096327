package io.stackel.families;

import io.stackel.math.Tensor;
import io.stackel.problem.Range;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The numbers and tables of one object of a problem file, by key; reading one checks it.
 *
 * @param file name of the file
 * @param pointer where the object is, as a JSON pointer
 * @param entries numbers as tensors without axes, nested arrays as tensors
 */
record JsonSection(String file, String pointer, SortedMap<String, Tensor.Real> entries) {

    private static final double TOLERANCE = 1e-9;

    /** A section that the file does not have. */
    static JsonSection absent(String file, String pointer) {
        return new JsonSection(file, pointer, new TreeMap<>());
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** The number of a declared key, of its range; its fallback if it is missing. */
    double real(FileKey key) {
        return key.fallback().isPresent() && !has(key.name()) ? key.fallback().get() : real(key.name(), key.range());
    }

    private double real(String key, Range range) {
        Tensor.Real entry = entry(key);
        if (entry.shape().length != 0) {
            throw broken(key, "must be a number, but is an array of shape " + Arrays.toString(entry.shape()));
        }
        double value = entry.values()[0];
        if (!range.contains(value)) {
            throw broken(key, "must be in " + range + ", but was " + value);
        }
        return value;
    }

    /** A whole number of at least 1. */
    int count(String key) {
        double value = real(key, Range.FINITE);
        if (!(value >= 1 && value <= Integer.MAX_VALUE && value == StrictMath.rint(value))) {
            throw broken(key, "must be a whole number of at least 1, but was " + value);
        }
        return (int) value;
    }

    /** A whole number of at least 1 that makes a table of {@code rows} such columns no longer than an array can be. */
    int count(String key, int rows) {
        int count = count(key);
        long cells = (long) rows * count;
        if (cells > RandomTables.LARGEST) {
            throw broken(
                    key, "must make tables of at most " + RandomTables.LARGEST + " cells, but makes some of " + cells);
        }
        return count;
    }

    /** The lengths of the axes of a table of a number of axes. */
    int[] shape(String key, int axes) {
        int[] shape = entry(key).shape();
        if (shape.length != axes) {
            throw broken(key, "must be an array of " + axes + " axes, but has the shape " + Arrays.toString(shape));
        }
        return shape;
    }

    /** The number of rows and of columns of a table. */
    int[] rowsAndColumns(String key) {
        int[] shape = entry(key).shape();
        if (shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
            throw broken(key, "must be an array of rows of numbers, but has the shape " + Arrays.toString(shape));
        }
        return shape;
    }

    /** A table of a shape, row-major. */
    double[] table(String key, int... shape) {
        Tensor.Real entry = entry(key);
        if (!Arrays.equals(entry.shape(), shape)) {
            throw broken(
                    key,
                    "must have the shape " + Arrays.toString(shape) + ", but has " + Arrays.toString(entry.shape()));
        }
        return entry.values();
    }

    /** The rows of a table with two axes. */
    double[][] rows(String key, int columns) {
        double[] table = table(key, shape(key, 2)[0], columns);
        return IntStream.range(0, table.length / columns)
                .mapToObj(row -> Arrays.copyOfRange(table, row * columns, (row + 1) * columns))
                .toArray(double[][]::new);
    }

    /** A table of a shape, zeros if it is not given. */
    double[] tableOrZeros(String key, int... shape) {
        return has(key)
                ? table(key, shape)
                : new double
                        [RandomTables.cells(Arrays.stream(shape).asLongStream().toArray())];
    }

    /** A table of numbers in a range. */
    double[] within(Range range, String key, int... shape) {
        double[] values = table(key, shape);
        for (int i = 0; i < values.length; i++) {
            if (!range.contains(values[i])) {
                throw broken(key + place(i, shape, shape.length), "must be in " + range + ", but was " + values[i]);
            }
        }
        return values;
    }

    /** A table of whole numbers from {@code first} up to, not including, {@code end}. */
    int[] indices(int first, int end, String key, int... shape) {
        double[] values = within(Range.halfOpen(first, end), key, shape);
        int[] indices = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            indices[i] = (int) values[i];
            if (indices[i] != values[i]) {
                throw broken(key + place(i, shape, shape.length), "must be a whole number, but was " + values[i]);
            }
        }
        return indices;
    }

    /** Probabilities with sum 1. */
    double[] distribution(String key, int count) {
        return rows(key, true, count);
    }

    /** A table whose rows along the last axis are probabilities with sum at most 1; the rest ends the episode. */
    double[] transitions(String key, int... shape) {
        return rows(key, false, shape);
    }

    private double[] rows(String key, boolean whole, int... shape) {
        double[] values = within(Range.closed(0, 1), key, shape);
        int count = shape[shape.length - 1];
        for (int row = 0; row < values.length / count; row++) {
            double total = 0;
            for (int i = row * count; i < (row + 1) * count; i++) {
                total += values[i];
            }
            if (!(total <= 1 + TOLERANCE && (total >= 1 - TOLERANCE || !whole))) {
                throw broken(
                        key + place(row * count, shape, shape.length - 1),
                        "must sum to "
                                + (whole ? "1 (within 1e-9)" : "at most 1 (within 1e-9), the rest ending the episode")
                                + ", but sums to " + total);
            }
        }
        return values;
    }

    /** Refuses every key that is not declared, which catches misspelt ones. */
    void requireOnly(List<FileKey> declared) {
        List<String> known = declared.stream().map(FileKey::name).toList();
        for (String key : entries.keySet()) {
            if (!known.contains(key)) {
                throw broken(key, "must be one of " + String.join(", ", known));
            }
        }
    }

    private Tensor.Real entry(String key) {
        Tensor.Real entry = entries.get(key);
        if (entry == null) {
            throw broken(key, "must be given, but is missing");
        }
        return entry;
    }

    ProblemFileException broken(String key, String rule) {
        return new ProblemFileException(file, pointer + "/" + key, rule);
    }

    /** The first {@code axes} indices of the cell with number {@code index}, as a JSON pointer. */
    private static String place(int index, int[] shape, int axes) {
        StringBuilder text = new StringBuilder();
        int rest = index;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            if (axis < axes) {
                text.insert(0, "/" + rest % shape[axis]);
            }
            rest /= shape[axis];
        }
        return text.toString();
    }
}
