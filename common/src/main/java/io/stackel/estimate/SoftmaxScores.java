package io.stackel.estimate;

/**
 * Weighted scores {@code z = sum_t w_t grad log pi(b_t|s_t)} of a tabular softmax policy, one logit a state and action, in
 * time proportional to the trajectory: the score of b in s is {@code e_(s,b) - pi(.|s)}, so that with W the weights added up
 * by (s, b) and T by s, {@code z_(s,b) = W_(s,b) - T_s pi(b|s)}. The squared norm of a unit follows each step,
 *
 * <pre>
 *   |z + w score|^2 = |z|^2 + 2 w (z_b - z . pi) + w^2 (1 - 2 pi_b + pi . pi),     z . pi = sum_b W_b pi_b - T pi . pi
 * </pre>
 *
 * <p>and the sum of the units' vectors is formed once, from their added weights.
 */
final class SoftmaxScores implements ScoreSums {

    /** Places of a state's record: T_s, the sum of W_b pi_b, and pi . pi. */
    private static final int TOTAL = 0;

    private static final int MEAN = 1;
    private static final int SQUARE = 2;
    private static final int STATE_RECORD = 4;

    /** Places of a cell's record: W of the unit, W of all units, and pi_b. */
    private static final int WEIGHT = 0;

    private static final int ALL = 1;
    private static final int PROBABILITY = 2;
    private static final int CELL_RECORD = 4;

    private final int actions;
    private final double[] ofStates;
    private final double[] ofCells;
    private final int[] touchedStates;
    private final int[] touchedCells;
    private int touched;
    private double square;

    /**
     * Prepares empty sums of the scores of one tabular policy.
     *
     * @param probabilities pi(b|s), S x B
     * @param steps the largest number of steps of a unit
     */
    SoftmaxScores(double[] probabilities, int actions, int steps) {
        this.actions = actions;
        ofCells = new double[probabilities.length * CELL_RECORD];
        ofStates = new double[probabilities.length / actions * STATE_RECORD];
        for (int cell = 0; cell < probabilities.length; cell++) {
            double probability = probabilities[cell];
            ofCells[cell * CELL_RECORD + PROBABILITY] = probability;
            ofStates[cell / actions * STATE_RECORD + SQUARE] += probability * probability;
        }
        touchedStates = new int[steps];
        touchedCells = new int[steps];
    }

    @Override
    public boolean full() {
        return false;
    }

    @Override
    public void add(int[] states, int[] cells, double[] weights, int length) {
        double sum = square;
        for (int t = 0; t < length; t++) {
            double weight = weights[t];
            int state = states[t] * STATE_RECORD;
            int cell = cells[t] * CELL_RECORD;
            double probability = ofCells[cell + PROBABILITY];
            double own = ofCells[cell + WEIGHT];
            double total = ofStates[state + TOTAL];
            double mean = ofStates[state + MEAN];
            double squares = ofStates[state + SQUARE];
            double inner = own - total * probability - (mean - total * squares);
            sum += weight * (2 * inner + weight * (1 - 2 * probability + squares));
            ofCells[cell + WEIGHT] = own + weight;
            ofCells[cell + ALL] += weight;
            ofStates[state + TOTAL] = total + weight;
            ofStates[state + MEAN] = mean + weight * probability;
        }
        square = sum;
        System.arraycopy(states, 0, touchedStates, touched, length);
        System.arraycopy(cells, 0, touchedCells, touched, length);
        touched += length;
    }

    @Override
    public void endUnit(UnitVector into) {
        for (int i = 0; i < touched; i++) {
            ofCells[touchedCells[i] * CELL_RECORD + WEIGHT] = 0;
            int state = touchedStates[i] * STATE_RECORD;
            ofStates[state + TOTAL] = 0;
            ofStates[state + MEAN] = 0;
        }
        touched = 0;
        into.square = Math.max(square, 0);
        square = 0;
    }

    @Override
    public void drain(double[] into, int offset) {
        for (int from = 0; from < ofCells.length / CELL_RECORD; from += actions) {
            double total = 0;
            for (int cell = from; cell < from + actions; cell++) {
                total += ofCells[cell * CELL_RECORD + ALL];
            }
            for (int cell = from; cell < from + actions; cell++) {
                into[offset + cell] +=
                        ofCells[cell * CELL_RECORD + ALL] - total * ofCells[cell * CELL_RECORD + PROBABILITY];
                ofCells[cell * CELL_RECORD + ALL] = 0;
            }
        }
    }
}
