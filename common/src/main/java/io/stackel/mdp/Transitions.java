package io.stackel.mdp;

import io.stackel.random.AliasTable;
import io.stackel.random.RandomStream;

/**
 * Transition probabilities of a decision process without their zeros: row {@code s * actions + b} holds the next states
 * of action b in state s in ascending order.
 *
 * <p>A row may sum to less than one; the rest ends the episode.
 */
public final class Transitions {

    private static final double[] UNKNOWN = {};

    private final int states;
    private final int actions;
    private final int[] start;
    private final int[] next;
    private final double[] probability;
    private final double[] dense;

    /**
     * Transitions from their compressed rows; the arrays are shared.
     *
     * @param start where a row starts in the two other arrays, length S x B + 1
     * @param next numbers of the next states
     * @param probability their probabilities
     */
    public Transitions(int states, int actions, int[] start, int[] next, double[] probability) {
        this(states, actions, start, next, probability, UNKNOWN);
    }

    private Transitions(int states, int actions, int[] start, int[] next, double[] probability, double[] dense) {
        this.states = states;
        this.actions = actions;
        this.start = start;
        this.next = next;
        this.probability = probability;
        this.dense = dense;
    }

    /**
     * Transitions from a full table.
     *
     * @param dense S x B x S, row-major; shared
     */
    public static Transitions of(int states, int actions, double[] dense) {
        int rows = states * actions;
        if (dense.length != (long) rows * states) {
            throw new IllegalArgumentException(
                    "transition must have " + (long) rows * states + " cells, but has " + dense.length);
        }
        int count = 0;
        for (double p : dense) {
            count += p == 0 ? 0 : 1;
        }
        int[] start = new int[rows + 1];
        int[] next = new int[count];
        double[] probability = new double[count];
        int filled = 0;
        for (int row = 0; row < rows; row++) {
            for (int t = 0; t < states; t++) {
                double p = dense[row * states + t];
                if (p != 0) {
                    next[filled] = t;
                    probability[filled++] = p;
                }
            }
            start[row + 1] = filled;
        }
        return new Transitions(states, actions, start, next, probability, dense);
    }

    /** The number of states, S. */
    public int states() {
        return states;
    }

    /** The number of actions, B. */
    public int actions() {
        return actions;
    }

    /** The first entry of a row; that of the next row ends it. */
    public int start(int row) {
        return start[row];
    }

    /** The next state of an entry. */
    public int next(int entry) {
        return next[entry];
    }

    /** The probability of an entry. */
    public double probability(int entry) {
        return probability[entry];
    }

    /** The table that this came from, or one that is written out: S x B x S, row-major; not to be written to. */
    public double[] dense() {
        if (dense != UNKNOWN) {
            return dense;
        }
        double[] table = new double[Math.multiplyExact(states * actions, states)];
        for (int row = 0; row < states * actions; row++) {
            addRow(row, 1, row * states, table);
        }
        return table;
    }

    /**
     * The same rows in another order, or some of them.
     *
     * @param order the row that stands in each place, length S x B of what is returned
     */
    public Transitions ordered(int[] order) {
        int[] starts = new int[order.length + 1];
        for (int row = 0; row < order.length; row++) {
            starts[row + 1] = starts[row] + start[order[row] + 1] - start[order[row]];
        }
        int[] nexts = new int[starts[order.length]];
        double[] probabilities = new double[nexts.length];
        for (int row = 0; row < order.length; row++) {
            int length = starts[row + 1] - starts[row];
            System.arraycopy(next, start[order[row]], nexts, starts[row], length);
            System.arraycopy(probability, start[order[row]], probabilities, starts[row], length);
        }
        return new Transitions(states, order.length / states, starts, nexts, probabilities);
    }

    /** The rows as tables from which next states are drawn with one look-up; S for the end of the episode. */
    public AliasTable sampling() {
        return AliasTable.of(start, next, probability, states);
    }

    /** The next state after a row, by inverting cumulative probabilities; S for the end of the episode. */
    public int draw(int row, RandomStream random) {
        int count = start[row + 1] - start[row];
        int drawn = random.nextOutcome(probability, start[row], count);
        return drawn == count ? states : next[start[row] + drawn];
    }

    /** The number of stored probabilities. */
    public int entries() {
        return next.length;
    }

    /** The expectation of {@code value} at the next state: sum over t of P(t | row) value(t). */
    public double expect(int row, double[] value) {
        double sum = 0;
        for (int i = start[row]; i < start[row + 1]; i++) {
            sum += probability[i] * value[next[i]];
        }
        return sum;
    }

    /** Adds {@code weight} times the probabilities from entry {@code first} up to {@code last} at their targets. */
    public void scatter(double weight, int first, int last, int[] target, double[] into) {
        for (int i = first; i < last; i++) {
            into[target[i]] += weight * probability[i];
        }
    }

    /** Adds {@code weight} P(t | row) to {@code into} at {@code shift + t}, for every t. */
    public void addRow(int row, double weight, int shift, double[] into) {
        for (int i = start[row]; i < start[row + 1]; i++) {
            into[shift + next[i]] += weight * probability[i];
        }
    }

    /** Adds to {@code into}, length S, what flows in: {@code into(t) += sum over rows of weights(row) P(t | row)}. */
    public void addFlow(double[] weights, double[] into) {
        for (int row = 0; row < weights.length; row++) {
            addRow(row, weights[row], 0, into);
        }
    }
}
