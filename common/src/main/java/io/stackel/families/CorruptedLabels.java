package io.stackel.families;

import io.stackel.problem.DataBlock;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;

/**
 * Labels of which a share is wrong: with probability {@code share} a row has, instead of its own class, one of the others,
 * each as likely; drawn at the address of the row's number.
 *
 * @param classes C, at least 2
 * @param shifts how far each row's class is moved, modulo C; 0 for its own
 */
record CorruptedLabels(int classes, int[] shifts) {

    private static final int ROLE = 16;

    /**
     * The labels of a number of rows.
     *
     * @param share in [0, 1]
     */
    static CorruptedLabels draw(double share, int classes, int rows, long seed) {
        int[] shifts = new int[rows];
        for (int row = 0; row < rows; row++) {
            RandomStream random = RandomStream.at(seed, Purpose.PROBLEM, ROLE, row, 0, 0);
            shifts[row] = random.nextDouble() < share ? 1 + random.nextInt(classes - 1) : 0;
        }
        return new CorruptedLabels(classes, shifts);
    }

    /** The label of a block's row as it is shown. */
    int of(DataBlock block, int row) {
        int own = (int) block.labels().values()[row];
        return (own + shifts[(int) block.firstRow() + row]) % classes;
    }
}
