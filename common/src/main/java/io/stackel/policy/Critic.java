package io.stackel.policy;

/** The values of a {@link ValueNetwork} at fixed parameters phi, for one thread; rows as those of an {@link Actor}. */
public final class Critic {

    private final NetworkPass pass;
    private final double scale;

    Critic(NetworkPass pass, double scale) {
        this.pass = pass;
        this.scale = scale;
    }

    /** Writes V and U of each row. */
    public void values(double[] observations, int count, double[] lower, double[] upper) {
        for (int from = 0; from < count; from += NetworkPass.ROWS) {
            int rows = Math.min(NetworkPass.ROWS, count - from);
            double[][] outputs = pass.forward(observations, from, rows);
            for (int r = 0; r < rows; r++) {
                lower[from + r] = scale * outputs[r][0];
                upper[from + r] = scale * outputs[r][1];
            }
        }
    }

    /**
     * Adds half the gradient in phi of {@code sum_t (V_t - lowerTargets_t)^2 + (U_t - upperTargets_t)^2}, over the square
     * of the scale, to {@code into} from {@code offset} on.
     */
    public void addFitGradient(
            double[] observations, int count, double[] lowerTargets, double[] upperTargets, double[] into, int offset) {
        double[][] gradients = pass.outputGradients();
        for (int from = 0; from < count; from += NetworkPass.ROWS) {
            int rows = Math.min(NetworkPass.ROWS, count - from);
            double[][] outputs = pass.forward(observations, from, rows);
            for (int r = 0; r < rows; r++) {
                gradients[r][0] = outputs[r][0] - lowerTargets[from + r] / scale;
                gradients[r][1] = outputs[r][1] - upperTargets[from + r] / scale;
            }
            pass.addGradients(rows);
        }
        pass.drain(into, offset);
    }
}
