package io.stackel.algorithm;

import io.stackel.estimate.AdvantageGradient;
import io.stackel.estimate.Estimand;
import io.stackel.random.Purpose;
import java.util.List;

/**
 * The baseline of Thoma et al., "Contextual bilevel reinforcement learning for incentive alignment", NeurIPS 2024: the
 * hypergradient as a covariance of the leader's advantage and the gradient of the follower's, by two independent
 * continuations from one state-action.
 *
 * @param units of the outer batch; a unit plays up to five trajectories
 */
record Hpgd(long units) implements Method {

    @Override
    public List<Estimand> estimands(State state) {
        return List.of(new AdvantageGradient(Purpose.TRAINING, OUTER_STREAM, units, 0, 0));
    }
}
