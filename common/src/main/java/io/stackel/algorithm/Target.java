package io.stackel.algorithm;

/**
 * A follower that the lower level tracks: the maximiser of {@code J(x', pi) + upperRewardWeight U(x', pi)}, where x' is
 * the upper variable, moved by {@code shift} along the iteration's direction, or one of the candidates that the state has.
 *
 * @param upperRewardWeight k; 0 for the best response, plus or minus sigma for a surrogate's policy
 * @param shift 0 unless the algorithm compares two upper variables
 * @param candidate the row of the tensor {@link #CANDIDATES}; -1 unless the algorithm compares candidates
 */
record Target(double upperRewardWeight, double shift, int candidate) {

    /** The name of the upper variables that an algorithm compares, [lambda][m]. */
    static final String CANDIDATES = "candidates";

    /** The best response. */
    static final Target BEST_RESPONSE = new Target(0, 0);

    /** At the upper variable or beside it. */
    Target(double upperRewardWeight, double shift) {
        this(upperRewardWeight, shift, -1);
    }

    /** The best response to a candidate. */
    static Target ofCandidate(int number) {
        return new Target(0, 0, number);
    }

    /** Whether the follower plays at another upper variable, which is a new one in every iteration. */
    boolean isMoved() {
        return shift != 0 || candidate >= 0;
    }
}
