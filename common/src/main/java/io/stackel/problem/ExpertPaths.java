package io.stackel.problem;

import static io.stackel.math.Requirements.require;

import java.util.OptionalDouble;

/**
 * Trajectories of experts whose observations are vectors, one after the other.
 *
 * @param horizon H: the steps after which trajectories are cut; a shorter one ended by itself
 * @param lengths steps of each trajectory, from 1 to H
 * @param observations before each step, as the follower sees them, all steps x observation
 * @param actions all steps x action
 * @param trueReturn the mean return of the true reward over the trajectories, without discount, if it is known
 */
public record ExpertPaths(
        int horizon, int[] lengths, double[] observations, double[] actions, OptionalDouble trueReturn) {

    public ExpertPaths {
        require(lengths.length != 0, "experts must have at least one trajectory, but have none");
        for (int length : lengths) {
            require(
                    length >= 1 && length <= horizon,
                    "trajectories of experts must have 1 to " + horizon + " steps, but one has " + length);
        }
        int steps = steps(lengths);
        require(
                observations.length % steps == 0 && actions.length % steps == 0,
                "observations and actions must be those of " + steps + " steps, but have " + observations.length
                        + " and " + actions.length + " numbers");
    }

    private static int steps(int[] lengths) {
        int steps = 0;
        for (int length : lengths) {
            steps = Math.addExact(steps, length);
        }
        return steps;
    }

    /** The steps of all trajectories together. */
    public int steps() {
        return steps(lengths);
    }

    /** The weight of each step in a mean over trajectories: discount^t over their number. */
    public double[] weights(double discount) {
        double[] weights = new double[steps()];
        int at = 0;
        for (int length : lengths) {
            double power = 1.0 / lengths.length;
            for (int t = 0; t < length; t++) {
                weights[at++] = power;
                power *= discount;
            }
        }
        return weights;
    }
}
