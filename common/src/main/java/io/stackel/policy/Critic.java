package io.stackel.policy;

import java.util.Arrays;

/**
 * The values of a {@link ValueNetwork} at fixed parameters phi, for one thread; rows as those of an {@link Actor}. Values
 * of states are those of B = 1 action, number 0.
 */
public final class Critic {
    private final NetworkPass pass;
    private final double scale;
    private final int actions;

    Critic(NetworkPass pass, double scale, int actions) {
        this.pass = pass;
        this.scale = scale;
        this.actions = actions;
    }

    /** Writes V(o_t) and U(o_t) to {@code [t]}, or Q(o_t, b) and W(o_t, b) to {@code [t B + b]}. */
    public void values(double[] observations, int count, double[] lower, double[] upper) {
        pass.forEach(observations, count, (t, outputs) -> {
            for (int b = 0; b < actions; b++) {
                lower[t * actions + b] = scale * outputs[b];
                upper[t * actions + b] = scale * outputs[actions + b];
            }
        });
    }

    /**
     * Adds half the gradient in phi of {@code sum_t (Q(o_t, b_t) - lowerTargets_t)^2 + (W(o_t, b_t) - upperTargets_t)^2}, or
     * of the same with V(o_t) and U(o_t), over the square of the scale, to {@code into} from {@code offset} on.
     *
     * @param taken the numbers of the actions b_t; without meaning for values of states
     */
    public void addFitGradient(
            double[] observations,
            double[] taken,
            int count,
            double[] lowerTargets,
            double[] upperTargets,
            double[] into,
            int offset) {
        NetworkPass.OutputGradient ofValues = (t, outputs, gradient) -> {
            int b = actions > 1 ? (int) taken[t] : 0;
            Arrays.fill(gradient, 0);
            gradient[b] = outputs[b] - lowerTargets[t] / scale;
            gradient[actions + b] = outputs[actions + b] - upperTargets[t] / scale;
        };
        pass.addGradients(observations, count, ofValues, into, offset);
    }
}
