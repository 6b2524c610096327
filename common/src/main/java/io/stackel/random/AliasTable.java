package io.stackel.random;

import java.util.Arrays;

/**
 * Rows of categorical distributions as Walker's alias tables, one long a column: one word and one look-up a draw.
 *
 * <p>A row of weights p with sum at most 1 has the outcomes 0 ... columns - 1 and, with the missing mass, the outcome
 * number {@code columns} (termination). Every row takes {@link #width} columns, the smallest power of two, at least 2,
 * that holds the largest support of a row. An entry is
 *
 * <pre>
 *     threshold (32 bits, unsigned) &lt;&lt; 32  |  own outcome (16 bits) &lt;&lt; 16  |  alias outcome (16 bits)
 *     column = word &gt;&gt;&gt; shift              draw = (word &gt;&gt;&gt; (shift - 32)) &amp; 0xFFFFFFFF
 *     outcome = draw &lt; threshold ? own : alias
 * </pre>
 *
 * <p>The weights are first rounded to multiples of q = 2^-32 / width with sum exactly 1, the remainder going to the
 * heaviest outcome; from there the construction is exact in whole numbers and runs in ascending order of outcomes. The
 * probability of an outcome differs from its weight by at most q / 2, that of the heaviest by at most support * q / 2,
 * which is at most 2^-33. An outcome of weight 0 is never drawn.
 *
 * <p>A sum within 1e-9 of 1 counts as 1: the row is divided by it and does not terminate.
 *
 * <p>Sources: Walker, ACM TOMS 3, 1977; Vose, "A linear algorithm for generating random numbers with a given
 * distribution", IEEE TSE 17, 1991.
 */
public final class AliasTable {

    private static final int MAX_COLUMNS = 65534;
    private static final double SUM_TOLERANCE = 1e-9;

    private final long[] entries;
    private final int width;
    private final int shift;

    private AliasTable(long[] entries, int width) {
        this.entries = entries;
        this.width = width;
        this.shift = Long.SIZE - Integer.numberOfTrailingZeros(width);
    }

    /**
     * Builds the tables of all rows.
     *
     * @param weights row-major [rows][columns], each row non-negative with sum at most 1 (+1e-9)
     * @param rows number of rows
     * @param columns number of outcomes besides termination, at most 65534
     * @throws IllegalArgumentException if a row is no distribution or the table cannot be addressed
     */
    public static AliasTable of(double[] weights, int rows, int columns) {
        requireColumns(columns);
        if (rows < 0 || weights.length != (long) rows * columns) {
            throw new IllegalArgumentException("weights must have rows * columns = " + rows + " * " + columns
                    + " elements, but had " + weights.length);
        }
        int[] start = new int[rows + 1];
        Arrays.setAll(start, r -> r * columns);
        int[] outcome = new int[weights.length];
        Arrays.setAll(outcome, i -> i % columns);
        return of(start, outcome, weights, columns);
    }

    /**
     * Builds the tables of rows that name their outcomes.
     *
     * @param start where a row starts in the two other arrays, length rows + 1
     * @param outcome numbers below {@code columns}, ascending in each row
     * @param weights of these outcomes, each row non-negative with sum at most 1 (+1e-9)
     * @param columns number of outcomes besides termination, at most 65534
     * @throws IllegalArgumentException if a row is no distribution or the table cannot be addressed
     */
    public static AliasTable of(int[] start, int[] outcome, double[] weights, int columns) {
        requireColumns(columns);
        int rows = start.length - 1;
        int width = width(start, outcome, weights);
        if ((long) rows * width > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "rows * width must be below 2^31, but was " + rows + " * " + width + " entries");
        }
        long[] entries = new long[rows * width];
        AliasRow row = new AliasRow(width);
        for (int r = 0; r < rows; r++) {
            row.load(outcome, weights, start[r], start[r + 1], columns, missing(start, outcome, weights, r));
            row.pack(entries, r * width);
        }
        return new AliasTable(entries, width);
    }

    /**
     * The outcome that a word selects; the word's lower bits (32 - log2(width) of them) do not count.
     *
     * @param row number of the row
     * @param word 64 random bits
     * @return an outcome in 0 ... columns, where columns means termination
     */
    public int sample(int row, long word) {
        long entry = entries[row * width + (int) (word >>> shift)];
        long draw = (word >>> (shift - 32)) & 0xFFFFFFFFL;
        return choose(entry, draw);
    }

    /**
     * The outcome that half a word selects: its upper bits choose the column, the rest is the draw. The probability of an
     * outcome differs from its weight by at most 2^-32 a column.
     *
     * @param row number of the row
     * @param word32 32 random bits
     * @return an outcome in 0 ... columns, where columns means termination
     */
    public int sample32(int row, int word32) {
        return half(entries, shift, row, word32);
    }

    /** As {@link #sample32} from the entries and the shift of a table. */
    public static int half(long[] entries, int shift, int row, int word32) {
        long entry = entries[(row << (64 - shift)) + (word32 >>> (shift - 32))];
        return choose(entry, (word32 << (64 - shift)) & 0xFFFFFFFFL);
    }

    /** The own outcome if the draw lies below the threshold, else the alias; without a branch. */
    public static int choose(long entry, long draw) {
        return (int) (entry >>> (16 & ((draw - (entry >>> 32)) >> 63))) & 0xFFFF;
    }

    /** The packed entries, [rows][width]; shared, not to be written to. */
    public long[] entries() {
        return entries;
    }

    /** 64 - log2(width): the shift that leaves a word's column. */
    public int shift() {
        return shift;
    }

    /** Columns a row, a power of two. */
    public int width() {
        return width;
    }

    private static void requireColumns(int columns) {
        if (columns < 1 || columns > MAX_COLUMNS) {
            throw new IllegalArgumentException("columns must be in [1, " + MAX_COLUMNS + "], but was " + columns);
        }
    }

    private static int width(int[] start, int[] outcome, double[] weights) {
        int largest = 2;
        for (int r = 0; r < start.length - 1; r++) {
            int support = missing(start, outcome, weights, r) > 0.0 ? 1 : 0;
            for (int i = start[r]; i < start[r + 1]; i++) {
                support += weights[i] > 0.0 ? 1 : 0;
            }
            largest = Math.max(largest, support);
        }
        return Integer.highestOneBit(2 * largest - 1);
    }

    /** The mass of termination; checks the row. */
    private static double missing(int[] start, int[] outcome, double[] weights, int row) {
        double total = 0.0;
        for (int i = start[row]; i < start[row + 1]; i++) {
            double weight = weights[i];
            if (!(weight >= 0.0)) {
                throw new IllegalArgumentException(
                        "weight [" + row + "][" + outcome[i] + "] must be non-negative, but was " + weight);
            }
            total += weight;
        }
        if (total > 1.0 + SUM_TOLERANCE) {
            throw new IllegalArgumentException("row " + row + " must have sum at most 1, but had " + total);
        }
        return total < 1.0 - SUM_TOLERANCE ? 1.0 - total : 0.0;
    }
}
