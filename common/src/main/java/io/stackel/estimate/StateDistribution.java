package io.stackel.estimate;

/** The states nu at which the Bellman penalty is taken, as a distribution. */
public enum StateDistribution {
    /** The start distribution. */
    START,

    /** All states evenly. */
    UNIFORM,

    /**
     * The discounted visits of the planned policy, {@code (1 - discount) sum_t discount^t Pr(s_t = s)}, held fixed in
     * gradients: positive wherever a policy of full support can get. Every step of a path counts, with weights
     * target/planned, which are small noise while the two are near each other, as they are in a run, and unbounded in
     * general.
     */
    VISITS
}
