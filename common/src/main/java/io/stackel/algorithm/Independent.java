package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.random.Purpose;
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
    public List<Target> targets() {
        return List.of(Target.BEST_RESPONSE);
    }

    @Override
    public List<Estimand> estimands(State state) {
        return List.of(new ValueGradient(
                new Units(Purpose.TRAINING, Difference.OUTER_STREAM, units),
                0,
                FollowerPair.alone(0),
                Combination.upperObjective(),
                Wanted.UPPER,
                counted));
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        return Difference.sampled(result.estimate(0));
    }
}
