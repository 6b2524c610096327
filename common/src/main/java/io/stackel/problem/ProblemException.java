package io.stackel.problem;

/** A problem's code broke a rule of the interfaces here; the message names the method, the rule and the value. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Reports the rule that a problem broke. */
    public ProblemException(String message) {
        super(message);
    }

    /** Reports the rule that a problem broke, and the failure that followed. */
    public ProblemException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Why a follower could not act on observations: they must be numbers of states where the problem says so.
     *
     * @param states the number of the problem's states, or 0 if it has none
     * @param observations one number each
     * @param count of the observations that were given
     * @param failure of the follower
     * @return the failure itself if nothing is wrong with the observations
     */
    public static RuntimeException ofObservations(
            int states, double[] observations, int count, IndexOutOfBoundsException failure) {
        for (int i = 0; i < count && states > 0; i++) {
            if (!(observations[i] >= 0 && observations[i] < states)) {
                return new ProblemException(
                        "Simulator.observe() must write the number of a state, in [0, states()) = [0, " + states
                                + "), but wrote " + observations[i],
                        failure);
            }
        }
        return failure;
    }
}
