package io.stackel.algorithm;

import io.stackel.estimate.Estimand;
import io.stackel.estimate.Wanted;
import java.util.List;

/**
 * The baseline in which each player ascends its own value: the leader follows {@code grad_x f} with the follower held
 * fixed, as if x did not move it.
 *
 * @param units of the outer batch
 * @param counted whether the outer batch's transitions are counted
 */
record Independent(long units, boolean counted) implements Method {

    static Independent of(Setup setup) {
        return new Independent(setup.upper().units(), setup.countsTransitions());
    }

    @Override
    public List<Estimand> estimands(State state) {
        return List.of(Method.objective(OUTER_STREAM, units, 0, Wanted.UPPER, counted));
    }
}
