package io.stackel.random;

/** The work space in which one row of an {@link AliasTable} is built; whole numbers from {@link #load} on. */
final class AliasRow {

    /** Units in a full column: 2^32, one more than the largest threshold. */
    private static final long FULL = 1L << 32;

    private final int width;
    private final int[] outcomes;
    private final long[] units;
    private final int[] small;
    private final int[] large;
    private int smallCount;
    private int largeCount;

    AliasRow(int width) {
        this.width = width;
        this.outcomes = new int[width];
        this.units = new long[width];
        this.small = new int[width];
        this.large = new int[width];
    }

    /**
     * Rounds a row's masses to units of 2^-32 / width with the sum of exactly width columns.
     *
     * @param outcome numbers of the outcomes from {@code first} up to {@code last}
     * @param missing mass of the outcome number {@code columns}
     */
    void load(int[] outcome, double[] weights, int first, int last, int columns, double missing) {
        double total = 0.0;
        for (int i = first; i < last; i++) {
            total += weights[i];
        }
        double scale = missing > 0.0 ? 1.0 : total;
        double unitsInOne = (double) FULL * width;
        int support = 0;
        for (int i = first; i < last; i++) {
            if (weights[i] > 0.0) {
                outcomes[support] = outcome[i];
                units[support++] = (long) (weights[i] / scale * unitsInOne + 0.5);
            }
        }
        if (missing > 0.0) {
            outcomes[support] = columns;
            units[support++] = (long) (missing * unitsInOne + 0.5);
        }
        for (int i = support; i < width; i++) {
            units[i] = 0L;
        }
        balance(support);
    }

    /** Vose's construction; a column that is left over with one outcome has it as own and as alias. */
    void pack(long[] into, int offset) {
        smallCount = 0;
        largeCount = 0;
        for (int i = width - 1; i >= 0; i--) {
            sort(i);
        }
        while (smallCount > 0) {
            int poor = small[--smallCount];
            int rich = large[--largeCount];
            into[offset + poor] = entry(units[poor], outcomes[poor], outcomes[rich]);
            units[rich] -= FULL - units[poor];
            sort(rich);
        }
        while (largeCount > 0) {
            int whole = large[--largeCount];
            into[offset + whole] = entry(FULL - 1, outcomes[whole], outcomes[whole]);
        }
    }

    private void sort(int column) {
        if (units[column] < FULL) {
            small[smallCount++] = column;
        } else {
            large[largeCount++] = column;
        }
    }

    private static long entry(long threshold, int own, int alias) {
        long effectiveOwn = threshold == 0L ? alias : own;
        return threshold << 32 | effectiveOwn << 16 | alias;
    }

    private void balance(int support) {
        int heaviest = 0;
        long remainder = FULL * width;
        for (int i = 0; i < support; i++) {
            remainder -= units[i];
            heaviest = units[i] > units[heaviest] ? i : heaviest;
        }
        units[heaviest] += remainder;
    }
}
