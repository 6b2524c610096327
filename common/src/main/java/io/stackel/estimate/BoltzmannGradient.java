package io.stackel.estimate;

import io.stackel.problem.FiniteProblem;
import io.stackel.random.Purpose;

/**
 * The hypergradient from one follower whose policy is Boltzmann, {@code pi = exp((Q - V) / tau)}, without a second policy:
 *
 * <pre>
 *   scalar:  z = grad_x f  -  (1/tau) sum_k discount^k c_k ( grad_x r_k + score_k D_k ),     c_k = advantageDecay c_(k-1) + A(s_k, b_k)
 *   vector:  z = grad_x f  -  sum_k discount^k G(s_k),       G(s) = (1/tau) sum_b pi(b|s) A(s,b) grad_x Q(s,b)
 * </pre>
 *
 * <p>without {@code upperTerm}, with grad_x f as in {@link ValueGradient}. A is the leader's advantage under the follower's
 * policy, {@link Follower#upperAdvantage} or from a network; score_k is that of the leader's action and of the transition,
 * D_k the sum of the follower's residuals from step k on; G is {@link Follower#response}. A unit is one trajectory.
 *
 * <p>With advantageDecay 1 the mean of the scalar form is the hypergradient, if the policy is the best response and A is
 * exact; where networks have values of states, the residual stands for A, and the leader's action and the next state must
 * follow from s and b besides. Below 1, the rewards of step k are credited less to earlier actions: less noise, and a bias.
 * The vector form has means over the action and all that follows in the place of what was drawn: far less noise, and a bias
 * as large as G is wrong.
 *
 * @param draws how many units, and the address of their draws
 * @param follower whose policy plays
 * @param critic what the follower carries
 * @param advantageDecay in [0, 1], 1 with a vector critic
 * @param counted whether the transitions of these trajectories are counted
 */
public record BoltzmannGradient(
        Units draws, int upper, int follower, Critic critic, double advantageDecay, boolean counted)
        implements Estimand {

    /** The largest states x length of x of a vector critic. */
    public static final int MOST = 1 << 22;

    /** What is known of the follower. */
    public enum Critic {
        /** The leader's advantage A by state and action. */
        SCALAR,
        /** The response G by state. */
        VECTOR
    }

    /** States x length of x of a problem. */
    public static long responseSize(FiniteProblem problem) {
        return (long) problem.states() * problem.upperSize();
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
