package io.stackel.estimate;

import io.stackel.random.Permutation;
import io.stackel.random.Purpose;

/**
 * A step of a follower that learns from trajectories of frozen policies, its own or also its partner's:
 *
 * <pre>
 *   z_lower = ( - sum_t w_t rho_t A_t score_t  where rho_t is not clipped,   gradient of the fit of V and U in phi )
 *   rho = pi_learner / pi_own,    w = 2 pi_own / (pi_first + pi_second), 1 if they are one
 *   delta_t = r_t - tau log pi_own + discount V(t+1) - V(t),   T_t = w_t delta_t + discount traceDecay min(1, w_t) T_t+1
 *   A_t = delta_t + discount traceDecay T_t+1,   V is fitted to V(t) + T_t;   with U the same, and A = A_V + k A_U
 * </pre>
 *
 * <p>with V and U of {@code own}. A gradient is clipped, that is zero, where rho has left [1 - clip, 1 + clip] to the side
 * that A favours. Steps are weighted alike, without discount^t: what maximises the advantage in every state maximises
 * it under any weights. A third policy learns from two that play with w cut at 2. Weights are of single steps, not of paths: they leave the bias of states that the mixture of both
 * policies visits in the place of its own. z_lower is in theta, then phi, of the learner.
 *
 * <p>If {@code expected}, the critic has values of actions, and every action of a state teaches, not only the one taken
 * (expected soft-SARSA):
 *
 * <pre>
 *   z_lower = ( - sum_t sum_b pi_learner(b) A_t(b) score_t(b)  where rho_t(b) is not clipped,  gradient of the fit of Q and W )
 *   A_t(b) = Q(t, b) - tau log pi_own(b) - V(t),    V = sum_b pi_own(b) (Q(b) - tau log pi_own(b)),    A = A_Q + k A_W
 *   delta_t = r_t + discount V(t+1) - Q(t, b_t),   T_t = delta_t + discount traceDecay min(1, w_(t+1)) T_t+1
 *   Q(t, b_t) is fitted to Q(t, b_t) + T_t
 * </pre>
 *
 * <p>There the partner's transitions need no weight but in the traces: what an action is worth does not depend on who took
 * it. Sources: van Seijen et al., ADPRL 2009; Munos et al., NeurIPS 2016 (T).
 *
 * <p>Units are a minibatch of a batch whose order is shuffled anew each epoch: the same addresses give the same
 * trajectories, as long as the frozen policies stay. Sources: Schulman et al., ICLR 2016 (A) and arXiv 1707.06347 (clip);
 * Espeholt et al., ICML 2018 (T).
 *
 * @param first the frozen follower that plays
 * @param second the one that plays every other trajectory; {@code first} if there is one
 * @param own the frozen follower as which the learner began, one of the two or a third one
 * @param learner the follower that steps
 * @param upperRewardWeight k
 * @param clip above 0; infinite for none
 * @param expected whether the critic has values of actions
 * @param minibatch which units
 */
public record ActorCriticStep(
        Purpose purpose,
        int stream,
        long units,
        int upper,
        int first,
        int second,
        int own,
        int learner,
        double upperRewardWeight,
        double clip,
        boolean expected,
        ShuffledUnits minibatch)
        implements Estimand {

    @Override
    public int trajectoriesPerUnit() {
        return first == second ? 1 : 2;
    }

    @Override
    public Wanted wanted() {
        return Wanted.LOWER;
    }

    @Override
    public boolean fitsValues() {
        return true;
    }

    @Override
    public Estimation estimation(UnitSource source) {
        Rollouts rollouts = source.rollouts();
        ActorCriticEstimator estimator = new ActorCriticEstimator(rollouts.setting());
        Permutation order = minibatch.order(rollouts.request(), this);
        return new TrajectoryEstimation(rollouts, this, TrajectoryEstimation.NONE, learner, false) {
            @Override
            long number(long place) {
                return order.image(minibatch.from() + place);
            }

            @Override
            void plan(LanePlan plan, long trajectory) {
                plan.add(trajectory, (trajectory & 1) == 0 || first == second ? first : second);
            }

            @Override
            void add(Trajectory trajectory, int player, UnitSums unit) {
                estimator.add(ActorCriticStep.this, trajectory, unit);
            }
        };
    }
}
