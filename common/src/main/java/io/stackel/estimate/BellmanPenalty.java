package io.stackel.estimate;

import io.stackel.random.Purpose;

/**
 * The gradients of the BellmanPenalty penalty {@code E_{s~nu}[ <pi_s, -Q*(s,.)> + tau h(pi_s) ] + const}, by pairs of paths.
 *
 * <p>With nu = visits both paths follow {@code planned} from the start and every step is a draw of nu. Otherwise a path
 * informs about its first state alone: it starts in s ~ nu and follows {@code planned} after the first action, which
 * the even path draws from {@code planned} and the odd one from {@code target}.
 *
 * @param planned the follower that stands for the best response
 * @param target the policy that is penalised
 * @param states nu
 */
public record BellmanPenalty(
        Purpose purpose, int stream, long units, int upper, int planned, int target, StateDistribution states)
        implements Estimand {

    @Override
    public int trajectoriesPerUnit() {
        return 2;
    }

    @Override
    public Wanted wanted() {
        return Wanted.BOTH;
    }

    @Override
    public Estimation estimation(UnitSource source) {
        Rollouts rollouts = source.rollouts();
        BellmanEstimator estimator = new BellmanEstimator(rollouts.setting());
        return new TrajectoryEstimation(rollouts, this, upper, target, false) {
            @Override
            void plan(LanePlan plan, long trajectory) {
                int lane = plan.add(trajectory, planned);
                if (states != StateDistribution.VISITS) {
                    plan.firstPolicy[lane] = (trajectory & 1) == 0 ? planned : target;
                }
                if (states == StateDistribution.UNIFORM) {
                    plan.startState[lane] = LanePlan.FROM_ANYWHERE;
                }
            }

            @Override
            void add(Trajectory trajectory, int player, UnitSums unit) {
                estimator.add(BellmanPenalty.this, trajectory, unit);
            }
        };
    }
}
