package io.stackel.estimate;

import io.stackel.math.VectorMath;
import io.stackel.random.AliasTable;
import io.stackel.random.Purpose;

/**
 * The gradient of a follower's reward along its way, less that along the ways that go on where others were cut:
 *
 * <pre>
 *   z_upper = scale ( E[ sum_t discount^t grad_x r_t ]  -  sum_s ends(s) E[ sum_t discount^t grad_x r_t | s_0 = s ] )
 * </pre>
 *
 * <p>A unit is a trajectory from the start and, unless {@code ends} is zero, one from a state drawn from {@code ends}.
 *
 * @param ends length S, at least 0
 */
public record FeatureExpectation(
        Purpose purpose, int stream, long units, int upper, int follower, double scale, double[] ends)
        implements Estimand {

    /** The sum of {@code ends}. */
    double mass() {
        double mass = 0;
        for (double end : ends) {
            mass += end;
        }
        return mass;
    }

    @Override
    public int trajectoriesPerUnit() {
        return mass() > 0 ? 2 : 1;
    }

    @Override
    public Wanted wanted() {
        return Wanted.UPPER;
    }

    @Override
    public Estimation estimation(UnitSource source) {
        Rollouts rollouts = source.rollouts();
        double mass = mass();
        if (mass > 0) {
            rollouts.plan().otherStarts = AliasTable.of(VectorMath.scaled(1 / mass, ends), 1, ends.length);
        }
        return new TrajectoryEstimation(rollouts, this, upper, TrajectoryEstimation.NONE, false) {
            private final double[] weights = perStep();

            @Override
            void plan(LanePlan plan, long trajectory) {
                int lane = plan.add(trajectory, follower);
                if (mass > 0 && (trajectory & 1) != 0) {
                    plan.startState[lane] = LanePlan.FROM_OTHERS;
                }
            }

            @Override
            void add(Trajectory trajectory, int place, UnitSums unit) {
                double sign = place == 0 ? scale : -scale * mass;
                for (int t = 0; t < trajectory.length(); t++) {
                    weights[t] = sign * powers[t];
                }
                trajectory.addLowerRewardGradients(weights);
            }
        };
    }
}
