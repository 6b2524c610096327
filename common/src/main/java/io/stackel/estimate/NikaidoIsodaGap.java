package io.stackel.estimate;

import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.random.Purpose;

/**
 * The gradients of {@code f(x, p, q) + c psi(x, p, q)} in a zero-sum game, psi the Nikaido-Isoda gap, with the best
 * responses b1 to q and b2 to p held fixed:
 *
 * <pre>
 *   z_upper = grad_x f + c ( grad_x V^{b1,q} - grad_x V^{p,b2} )      (without upperTerm)
 *   z_lower = ( grad_theta1 f - c grad_theta1 V^{p,b2},  grad_theta2 f + c grad_theta2 V^{b1,q} )
 * </pre>
 *
 * <p>A unit is three trajectories, one of each profile in the order own, first, second. With {@code shared} all feed
 * all terms, weighted by their likelihood under the even mixture; otherwise each feeds its own.
 *
 * @param own the follower (p, q), whose parameters z_lower is in
 * @param first the follower (b1, q)
 * @param second the follower (p, b2)
 * @param shared whether every trajectory feeds all terms
 * @param penaltyWeight c
 * @param counted whether the transitions of these trajectories are counted
 */
public record NikaidoIsodaGap(
        Purpose purpose,
        int stream,
        long units,
        int upper,
        int own,
        int first,
        int second,
        boolean shared,
        double penaltyWeight,
        boolean counted)
        implements Estimand {

    static final int PROFILES = 3;

    @Override
    public int trajectoriesPerUnit() {
        return PROFILES;
    }

    /** The follower that plays a trajectory. */
    int profile(long trajectory) {
        long place = trajectory % PROFILES;
        return place == 0 ? own : place == 1 ? first : second;
    }

    @Override
    public Wanted wanted() {
        return Wanted.BOTH;
    }

    @Override
    public Estimation estimation(UnitSource source) {
        Rollouts rollouts = source.rollouts();
        if (rollouts.policy() instanceof TwoPlayerSoftmax players) {
            return new NikaidoIsodaEstimation(this, rollouts, players.secondOffset());
        }
        throw new IllegalArgumentException(
                "a zero-sum problem needs softmax policies of two players, but the policy is "
                        + rollouts.policy().getClass().getSimpleName());
    }
}
