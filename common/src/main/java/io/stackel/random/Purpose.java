package io.stackel.random;

/**
 * What a random stream is drawn for; streams of different purposes never share a word.
 *
 * <p>The codes are part of every stream's address. The table is append-only: a code is neither changed nor used again.
 */
public enum Purpose {
    /** Trajectories and data that the training uses. */
    TRAINING(1),
    /** Trajectories of the evaluation; they never shift a training draw. */
    EVALUATION(2),
    /** Contexts: goals, types and other things drawn before a trajectory begins. */
    CONTEXT(3),
    /** Starting points of iterates. */
    START(4),
    /** Tables of generated problems. */
    PROBLEM(5),
    /** Directions in which upper variables are tried: of zero-order differences and of the candidates of CMA-ES. */
    DIRECTION(6),
    /** Indices of bootstrap resamples. */
    BOOTSTRAP(7),
    /** Draws of self-checks. */
    CHECK(8),
    /** Where segments of trajectories start, and the labels of their pairs. */
    LABEL(9),
    /** The order of the rows of imported data. */
    ORDER(10),
    /** Points of random axes of sweeps. */
    SWEEP(11),
    /** Trajectories from which the follower of the status quo learns; they never shift a training draw. */
    STATUS_QUO(12),
    /** Seeds of restarts. */
    RESTART(13);

    private final int code;

    Purpose(int code) {
        this.code = code;
    }

    /** The number under which this purpose enters a stream's address. */
    public int code() {
        return code;
    }
}
