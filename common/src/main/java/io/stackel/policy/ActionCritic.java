package io.stackel.policy;

import java.util.Arrays;

/**
 * The action values of a {@link ValueNetwork} at fixed parameters phi, for one thread; rows as those of an {@link
 * ActionActor}.
 */
public final class ActionCritic {

    private final NetworkPass pass;
    private final double scale;
    private final int actions;

    ActionCritic(NetworkPass pass, double scale, int actions) {
        this.pass = pass;
        this.scale = scale;
        this.actions = actions;
    }

    /** Writes Q(o_t, b) and W(o_t, b) to {@code [t B + b]}. */
    public void values(double[] observations, int count, double[] lower, double[] upper) {
        for (int from = 0; from < count; from += NetworkPass.ROWS) {
            int rows = Math.min(NetworkPass.ROWS, count - from);
            double[][] outputs = pass.forward(observations, from, rows);
            for (int r = 0; r < rows; r++) {
                int row = (from + r) * actions;
                for (int b = 0; b < actions; b++) {
                    lower[row + b] = scale * outputs[r][b];
                    upper[row + b] = scale * outputs[r][actions + b];
                }
            }
        }
    }

    /**
     * Adds half the gradient in phi of {@code sum_t (Q(o_t, b_t) - lowerTargets_t)^2 + (W(o_t, b_t) - upperTargets_t)^2},
     * over the square of the scale, to {@code into} from {@code offset} on.
     *
     * @param taken the numbers of the actions b_t
     */
    public void addFitGradient(
            double[] observations,
            double[] taken,
            int count,
            double[] lowerTargets,
            double[] upperTargets,
            double[] into,
            int offset) {
        double[][] gradients = pass.outputGradients();
        for (int from = 0; from < count; from += NetworkPass.ROWS) {
            int rows = Math.min(NetworkPass.ROWS, count - from);
            double[][] outputs = pass.forward(observations, from, rows);
            for (int r = 0; r < rows; r++) {
                int t = from + r;
                int b = (int) taken[t];
                Arrays.fill(gradients[r], 0);
                gradients[r][b] = outputs[r][b] - lowerTargets[t] / scale;
                gradients[r][actions + b] = outputs[r][actions + b] - upperTargets[t] / scale;
            }
            pass.addGradients(rows);
        }
        pass.drain(into, offset);
    }
}
