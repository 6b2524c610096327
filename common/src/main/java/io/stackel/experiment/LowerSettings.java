package io.stackel.experiment;

/**
 * How the lower level is solved between two outer steps.
 *
 * @param solver from the problem's tables or from samples
 * @param innerSteps steps a policy between two outer steps
 * @param optimizer what makes a step of a policy's gradient
 * @param stepSize above 0; of the natural step the share of the way to the soft-greedy policy
 * @param units units of one inner batch
 * @param exploration share of trajectories that explore, in [0, 1)
 * @param tolerance the residual in the largest norm at which planning ends
 */
public record LowerSettings(
        Solver solver,
        int innerSteps,
        Optimizer optimizer,
        double stepSize,
        int units,
        double exploration,
        double tolerance) {

    /** Where the lower level's values come from. */
    public enum Solver {
        /** Warm-started value iteration on the tables of a finite problem. */
        PLANNED,
        /** Trajectories. */
        SAMPLED
    }

    /** What makes a step of a policy's gradient. */
    public enum Optimizer {
        /** Natural gradient, which is mirror descent in the policy. */
        NATURAL,
        /** The gradient itself. */
        SGD,
        /** Moments of the gradient, Kingma and Ba 2015. */
        ADAM
    }
}
