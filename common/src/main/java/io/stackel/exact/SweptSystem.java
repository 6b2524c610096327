package io.stackel.exact;

import io.stackel.math.UnsolvableException;
import io.stackel.mdp.Transitions;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * The system {@code M = I - discount P_pi} of a policy, solved by Gauss-Seidel sweeps over the non-zero probabilities, up and
 * down the states in turn: memory and a sweep are of the order of what can happen.
 *
 * <p>A sweep contracts by at least the discount: of M, whose rows sum to at least 1 - discount, the largest error, and of M',
 * whose columns do, the sum of residuals. So a sweep that changed the solution by c leaves an error, largest or sum, of at most
 *
 * <pre>
 *     c discount / (1 - discount)  &lt;=  1e-12 |solution|
 * </pre>
 *
 * <p>after which the sweeps end, or where rounding lets c fall no more. Source: Varga, Matrix Iterative Analysis, 2000,
 * section 3.2 (regular splittings of M-matrices).
 */
final class SweptSystem implements PolicySystem {

    private static final double ACCURACY = 1e-12;
    private static final double ROUNDING = 1e-15;
    private static final int MAXIMAL_SWEEPS = 1_000_000;

    private final double discount;
    private final Rows rows;
    private final Rows columns;

    /**
     * Averages transitions over a policy.
     *
     * @param policy S x B probabilities
     */
    SweptSystem(Transitions transitions, double[] policy, double discount) {
        this.discount = discount;
        rows = Rows.of(transitions, policy, discount);
        columns = rows.transposed();
    }

    /** The number of multiplications of a solution: a sweep gains about what two factors of the discount do. */
    static double work(Transitions transitions, double discount) {
        double sweeps = discount == 0 ? 1 : StrictMath.log(ACCURACY) / StrictMath.log(discount) / 2;
        return transitions.entries() * Math.max(1, sweeps);
    }

    /**
     * discount P_pi, or its transpose, row by row.
     *
     * @param start where a row starts in the two other arrays, length S + 1
     * @param diagonal of 1 - discount P_pi, length S; the other arrays are without it
     */
    private record Rows(int[] start, int[] column, double[] value, double[] diagonal) {

        static Rows of(Transitions transitions, double[] policy, double discount) {
            int states = transitions.states();
            int actions = transitions.actions();
            int[] start = new int[states + 1];
            int[] column = new int[transitions.entries()];
            double[] value = new double[column.length];
            double[] diagonal = new double[states];
            double[] sum = new double[states];
            boolean[] reached = new boolean[states];
            int[] list = new int[states];
            int filled = 0;
            for (int s = 0; s < states; s++) {
                int count = 0;
                for (int row = s * actions; row < (s + 1) * actions; row++) {
                    for (int i = transitions.start(row); i < transitions.start(row + 1) && policy[row] != 0; i++) {
                        int t = transitions.next(i);
                        if (!reached[t]) {
                            reached[t] = true;
                            list[count++] = t;
                        }
                        sum[t] += policy[row] * transitions.probability(i);
                    }
                }
                Arrays.sort(list, 0, count);
                diagonal[s] = 1 - discount * sum[s];
                for (int k = 0; k < count; k++) {
                    int t = list[k];
                    if (t != s) {
                        column[filled] = t;
                        value[filled++] = discount * sum[t];
                    }
                    reached[t] = false;
                    sum[t] = 0;
                }
                start[s + 1] = filled;
            }
            return new Rows(start, Arrays.copyOf(column, filled), Arrays.copyOf(value, filled), diagonal);
        }

        Rows transposed() {
            int states = diagonal.length;
            int[] starts = new int[states + 1];
            for (int t : column) {
                starts[t + 1]++;
            }
            for (int t = 0; t < states; t++) {
                starts[t + 1] += starts[t];
            }
            int[] free = starts.clone();
            int[] columns = new int[column.length];
            double[] values = new double[column.length];
            for (int s = 0; s < states; s++) {
                for (int i = start[s]; i < start[s + 1]; i++) {
                    int place = free[column[i]]++;
                    columns[place] = s;
                    values[place] = value[i];
                }
            }
            return new Rows(starts, columns, values, diagonal);
        }

        /** Solves one state's equation for it, the others as they are; returns the change. */
        double update(int s, double[] right, double[] solution) {
            double sum = right[s];
            for (int i = start[s]; i < start[s + 1]; i++) {
                sum += value[i] * solution[column[i]];
            }
            double next = sum / diagonal[s];
            double change = Math.abs(next - solution[s]);
            solution[s] = next;
            return change;
        }
    }

    @Override
    public double[] solve(double[] right) {
        return solve(rows, right, Math::max, 1);
    }

    @Override
    public double[] solveTransposed(double[] right) {
        return solve(columns, right, Double::sum, 0);
    }

    /**
     * Sweeps until the changes are small.
     *
     * @param norm in which a sweep contracts: the largest number, or the sum
     * @param down the sweeps that go down from the last state: even ones for 1, odd ones for 0
     */
    private double[] solve(Rows system, double[] right, DoubleBinaryOperator norm, int down) {
        double[] solution = new double[right.length];
        double previous = Double.POSITIVE_INFINITY;
        for (int sweep = 0; sweep < MAXIMAL_SWEEPS; sweep++) {
            double change = 0;
            double size = 0;
            for (int k = 0; k < right.length; k++) {
                int s = (sweep + down) % 2 == 1 ? right.length - 1 - k : k;
                change = norm.applyAsDouble(change, system.update(s, right, solution));
                size = norm.applyAsDouble(size, Math.abs(solution[s]));
            }
            if (isDone(change, size, previous)) {
                return solution;
            }
            previous = change;
        }
        throw new UnsolvableException("a policy's system must be solved in " + MAXIMAL_SWEEPS + " sweeps, but is not");
    }

    private boolean isDone(double change, double size, double previous) {
        if (!(change <= Double.MAX_VALUE)) {
            throw new UnsolvableException(
                    "the right side of a policy's system must be finite, but a sweep changed by " + change);
        }
        return change * discount <= ACCURACY * (1 - discount) * size
                || (change >= previous && change <= ROUNDING * size);
    }
}
