package io.stackel.estimate;

import io.stackel.random.Purpose;

/**
 * The hypergradient from one follower whose policy is Boltzmann, {@code pi = exp((Q - V) / tau)}, without a second policy:
 *
 * <pre>
 *   z = grad_x f  -  (1/tau) sum_k discount^k c_k ( grad_x r_k + score_k D_k ),     c_k = advantageDecay c_(k-1) + A(s_k, b_k)
 * </pre>
 *
 * <p>without {@code upperTerm}, with grad_x f as in {@link ValueGradient}. A is the leader's advantage under the follower's
 * policy, {@link Follower#upperAdvantage}; score_k is that of the leader's action and of the transition, D_k the sum of
 * the follower's residuals from step k on. A unit is one trajectory.
 *
 * <p>With advantageDecay 1 the mean is the hypergradient, if the policy is the best response and A is exact. Below 1, the
 * rewards of step k are credited less to earlier actions: less noise, and a bias.
 *
 * @param draws how many units, and the address of their draws
 * @param follower whose policy plays
 * @param advantageDecay in [0, 1]
 * @param counted whether the transitions of these trajectories are counted
 */
public record BoltzmannGradient(Units draws, int upper, int follower, double advantageDecay, boolean counted)
        implements Estimand {

    @Override
    public Purpose purpose() {
        return draws.purpose();
    }

    @Override
    public int stream() {
        return draws.stream();
    }

    @Override
    public long units() {
        return draws.count();
    }

    @Override
    public Wanted wanted() {
        return Wanted.UPPER;
    }

    @Override
    public Estimation estimation(UnitSource source) {
        Rollouts rollouts = source.rollouts();
        BoltzmannEstimator estimator = new BoltzmannEstimator(rollouts.setting());
        return new TrajectoryEstimation(rollouts, this, upper, TrajectoryEstimation.NONE, counted) {
            @Override
            void plan(LanePlan plan, long trajectory) {
                plan.add(trajectory, follower);
            }

            @Override
            void add(Trajectory trajectory, int player, UnitSums unit) {
                estimator.add(BoltzmannGradient.this, trajectory, unit);
            }
        };
    }
}
