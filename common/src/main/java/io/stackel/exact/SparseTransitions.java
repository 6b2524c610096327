package io.stackel.exact;

/**
 * Transition probabilities of a decision process without their zeros: row {@code s * actions + b} holds the next states
 * of action b in state s in ascending order.
 *
 * <p>A row may sum to less than one; the rest ends the episode.
 */
final class SparseTransitions {

    private final int states;
    private final int actions;
    private final int[] start;
    private final int[] next;
    private final double[] probability;

    /**
     * Transitions from their compressed rows; the arrays are shared.
     *
     * @param start where a row starts in the two other arrays, length S x B + 1
     * @param next numbers of the next states
     * @param probability their probabilities
     */
    SparseTransitions(int states, int actions, int[] start, int[] next, double[] probability) {
        this.states = states;
        this.actions = actions;
        this.start = start;
        this.next = next;
        this.probability = probability;
    }

    /**
     * Transitions from a full table.
     *
     * @param dense S x B x S, row-major
     */
    static SparseTransitions of(int states, int actions, double[] dense) {
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
        return new SparseTransitions(states, actions, start, next, probability);
    }

    int states() {
        return states;
    }

    int actions() {
        return actions;
    }

    int start(int row) {
        return start[row];
    }

    int next(int entry) {
        return next[entry];
    }

    /** The number of stored probabilities. */
    int entries() {
        return next.length;
    }

    /** The expectation of {@code value} at the next state: sum over t of P(t | row) value(t). */
    double expect(int row, double[] value) {
        double sum = 0;
        for (int i = start[row]; i < start[row + 1]; i++) {
            sum += probability[i] * value[next[i]];
        }
        return sum;
    }

    /** Adds {@code weight} times the probabilities from entry {@code first} up to {@code last} at their targets. */
    void scatter(double weight, int first, int last, int[] target, double[] into) {
        for (int i = first; i < last; i++) {
            into[target[i]] += weight * probability[i];
        }
    }

    /** Adds {@code weight} P(t | row) to {@code into} at {@code shift + t}, for every t. */
    void addRow(int row, double weight, int shift, double[] into) {
        for (int i = start[row]; i < start[row + 1]; i++) {
            into[shift + next[i]] += weight * probability[i];
        }
    }

    /** Adds to {@code into}, length S, what flows in: {@code into(t) += sum over rows of weights(row) P(t | row)}. */
    void addFlow(double[] weights, double[] into) {
        for (int row = 0; row < weights.length; row++) {
            addRow(row, weights[row], 0, into);
        }
    }
}
