package io.stackel.algorithm;

import io.stackel.exact.ExactPoint;

/** A lower level of one follower, whose game can be looked at. */
interface FollowerSolver extends LowerSolver {

    /** The follower's game as the solver knows it, at an upper variable: the tables themselves, or what was counted. */
    ExactPoint game(State state, double[] upper, int context);
}
