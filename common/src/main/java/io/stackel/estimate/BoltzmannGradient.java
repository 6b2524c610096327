package io.stackel.estimate;

import io.stackel.random.Purpose;

/**
 * The hypergradient from one follower whose policy is Boltzmann, {@code pi = exp((Q - V) / tau)}, without a second policy:
 *
 * <pre>
 *   scalar:  z = grad_x f  -  (1/tau) sum_k discount^k c_k ( grad_x r_k + score_k D_k ),     c_k = advantageDecay c_(k-1) + A(s_k, b_k)
 *   vector:  z = grad_x f  -  (1/tau) sum_k discount^k A(s_k, b_k) grad_x Q(s_k, b_k)
 * </pre>
 *
 * <p>without {@code upperTerm}, with grad_x f as in {@link ValueGradient}. A is the leader's advantage under the follower's
 * policy, {@link Follower#upperAdvantage}; score_k is that of the leader's action and of the transition, D_k the sum of
 * the follower's residuals from step k on; grad_x Q is {@link Follower#qGradient}. A unit is one trajectory.
 *
 * <p>With advantageDecay 1 the mean of the scalar form is the hypergradient, if the policy is the best response and A is
 * exact. Below 1, the rewards of step k are credited less to earlier actions: less noise, and a bias. The vector form has
 * the mean of what follows a step in the place of what followed once: far less noise, and a bias as large as grad_x Q is
 * wrong.
 *
 * @param draws how many units, and the address of their draws
 * @param follower whose policy plays
 * @param critic what is known of the follower beside A
 * @param advantageDecay in [0, 1], 1 with a vector critic
 * @param counted whether the transitions of these trajectories are counted
 */
public record BoltzmannGradient(
        Units draws, int upper, int follower, Critic critic, double advantageDecay, boolean counted)
        implements Estimand {

    /** What stands for grad_x Q(s_k, b_k). */
    public enum Critic {
        /** The derivatives of the rewards and scores that followed in the trajectory. */
        SCALAR,
        /** A table of it. */
        VECTOR
    }

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
