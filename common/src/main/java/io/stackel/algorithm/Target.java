package io.stackel.algorithm;

/**
 * A follower that the lower level tracks: the maximiser of {@code J(x', pi) + upperRewardWeight U(x', pi)}, where x' is
 * the upper variable moved by {@code shift} along the iteration's direction.
 *
 * @param upperRewardWeight k; 0 for the best response, plus or minus sigma for a surrogate's policy
 * @param shift 0 unless the algorithm compares two upper variables
 */
record Target(double upperRewardWeight, double shift) {

    /** The best response. */
    static final Target BEST_RESPONSE = new Target(0, 0);
}
