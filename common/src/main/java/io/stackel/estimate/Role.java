package io.stackel.estimate;

import io.stackel.problem.PairRule;
import io.stackel.random.Permutation;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.io.Serializable;
import java.util.List;

/**
 * One thing that a batch estimates. {@code upper} and the followers are positions in the request's lists; {@code stream}
 * is the role number in the address of the random streams: roles that share it (and the purpose) see common random
 * numbers. A unit is one independent draw of the estimated vector z; {@code units} of them are averaged.
 */
public sealed interface Role extends Serializable {

    /** The purpose of the draws. */
    Purpose purpose();

    /** The role number in the address of the draws. */
    int stream();

    /** The number of units, at least 1. */
    long units();

    /** The position of the upper variable. */
    int upper();

    /** The number of trajectories a unit plays; 0 for a unit of data. */
    int trajectoriesPerUnit();

    /** How many times the scores of a trajectory are added up in a unit, at most. */
    default int scoresPerUnit() {
        return trajectoriesPerUnit();
    }

    /**
     * A first-order gradient from values alone. With followers 1 and 2, scale c and weights f1, f2:
     *
     * <pre>
     *   z_upper = c ( grad_x J(x, 1) - grad_x J(x, 2) ) + f1 grad_x f(x, 1) + f2 grad_x f(x, 2)      (without upperTerm)
     *   z_lower = - c grad_theta J(x, 2) + f2 grad_theta f(x, 2)                                     (theta of 2)
     * </pre>
     *
     * <p>A unit is a pair of trajectories, the even one played by follower 1 and the odd one by follower 2, coupled as {@link
     * Coupling} says. If the followers are one, a unit is one trajectory.
     *
     * @param draws how many units, and the address of their draws
     * @param followers 1 and 2
     * @param combination c, f1 and f2
     * @param wanted which of z_upper and z_lower
     * @param counted whether the transitions of these trajectories are counted
     */
    record Gradient(
            Units draws, int upper, FollowerPair followers, Combination combination, Wanted wanted, boolean counted)
            implements Role {

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
        public int trajectoriesPerUnit() {
            return followers.single() ? 1 : 2;
        }

        /** Follower 1. */
        int first() {
            return followers.first();
        }

        /** Follower 2. */
        int second() {
            return followers.second();
        }

        /** c. */
        double scale() {
            return combination.scale();
        }

        /** f1. */
        double firstWeight() {
            return combination.firstWeight();
        }

        /** f2. */
        double secondWeight() {
            return combination.secondWeight();
        }

        /** Whether each trajectory of a pair feeds the terms of both followers. */
        boolean shared() {
            return !followers.single() && followers.coupling() == Coupling.SHARED;
        }

        /** Whether both trajectories of a pair have the same random numbers. */
        boolean common() {
            return !followers.single() && followers.coupling() == Coupling.COMMON;
        }

        /** The same without the upper objective: f1 = f2 = 0. */
        public Gradient ofLowerLevel() {
            return new Gradient(draws, upper, followers, combination.ofLowerLevel(), wanted, counted);
        }
    }

    /** A role whose unit has a pair of trajectories where that of {@code terms} has one. */
    sealed interface OfPairs extends Role {

        /** Trajectories of a pair. */
        int OF_A_PAIR = 2;

        /** The role without pairs. */
        Role terms();

        @Override
        default Purpose purpose() {
            return terms().purpose();
        }

        @Override
        default int stream() {
            return terms().stream();
        }

        @Override
        default long units() {
            return terms().units();
        }

        @Override
        default int upper() {
            return terms().upper();
        }

        @Override
        default int trajectoriesPerUnit() {
            return OF_A_PAIR * terms().trajectoriesPerUnit();
        }
    }

    /**
     * What {@link Gradient} is for a problem of preferences: f is the loss on pairs of segments in the place of minus a
     * return. A unit is one pair of trajectories by the same policy where {@code Gradient} has one trajectory: if there are
     * two followers, trajectories 0 and 2 are the pair of the first and 1 and 3 that of the second.
     *
     * <p>Where a segment starts and which label its pair gets is drawn at the address of the pair. The returns are minus the
     * loss for the leader, and the follower's own if c of {@code terms} is not 0.
     *
     * @param terms the roles of the followers, c, f1, f2, and what is wanted
     * @param rule how pairs are cut and labelled
     * @param baseline what is taken from the loss where it credits scores; any number is without bias
     * @param stepSize how many numbers a step of the pairs has, if they are to be read with {@link BatchResult.Estimate#pairs};
     *     0 if they are not kept
     */
    record Preferences(Gradient terms, PairRule rule, double baseline, int stepSize) implements OfPairs {

        /** The scores of a trajectory are credited with what follows, and once more with the loss. */
        @Override
        public int scoresPerUnit() {
            return 2 * trajectoriesPerUnit();
        }

        /** Pairs of a unit. */
        int pairsPerUnit() {
            return terms.trajectoriesPerUnit();
        }

        /** Whether the pairs are kept. */
        boolean recorded() {
            return stepSize > 0;
        }

        /** Numbers that a recorded pair takes: those of every step, to the first of which 1 is added, and the label. */
        int recordLength() {
            return OF_A_PAIR * rule.segmentLength() * stepSize + 1;
        }

        /** The numbers of all recorded pairs. */
        int recordsLength() {
            return recorded() ? Math.toIntExact(units() * pairsPerUnit() * recordLength()) : 0;
        }
    }

    /**
     * The gradients of the Bellman penalty {@code E_{s~nu}[ <pi_s, -Q*(s,.)> + tau h(pi_s) ] + const}, by pairs of paths.
     *
     * <p>With nu = visits both paths follow {@code planned} from the start and every step is a draw of nu. Otherwise a path
     * informs about its first state alone: it starts in s ~ nu and follows {@code planned} after the first action, which
     * the even path draws from {@code planned} and the odd one from {@code target}.
     *
     * @param planned the follower that stands for the best response
     * @param target the policy that is penalised
     * @param states nu
     */
    record Bellman(
            Purpose purpose, int stream, long units, int upper, int planned, int target, StateDistribution states)
            implements Role {

        @Override
        public int trajectoriesPerUnit() {
            return 2;
        }
    }

    /**
     * HPGD's hypergradient {@code grad_x f - (1/tau) E[ sum_t discount^t A_u(s,b) grad_x A*(s,b) ]} with independent
     * continuations: a path of geometric length reaches (s, b) with probability proportional to its discounted visits; the
     * leader's return and grad_x Q* are then estimated by separate paths from (s, b), grad_x V* by a third from s.
     */
    record Hpgd(Purpose purpose, int stream, long units, int upper, int follower) implements Role {

        @Override
        public int trajectoriesPerUnit() {
            return 5;
        }
    }

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
    record NikaidoIsoda(
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
            implements Role {

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
    }

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
    record Features(Purpose purpose, int stream, long units, int upper, int follower, double scale, double[] ends)
            implements Role {

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
    }

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
    record ActorCritic(
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
            Shuffled minibatch)
            implements Role {

        @Override
        public int trajectoriesPerUnit() {
            return first == second ? 1 : 2;
        }
    }

    /**
     * What {@link ActorCritic} is for a problem of preferences, where the upper objective is the loss on pairs of segments: a
     * unit has a pair of trajectories by the same policy where {@code ActorCritic} has one trajectory, trajectories 0 and 2
     * being the pair of the first follower and 1 and 3 that of the second if there are two.
     *
     * <p>The only upper reward of a trajectory is {@code 2 (baseline - loss) / discount^(end - 1)} at the last step of its
     * segment, end steps from the start. Its discounted return is minus twice the loss, since what a unit gives is the mean over
     * its trajectories while the gradient of f has the scores of both trajectories of a pair.
     *
     * @param terms for trajectories
     * @param rule how pairs are cut and labelled
     * @param baseline what is taken from the loss; any number is without bias
     */
    record CriticOfPairs(ActorCritic terms, PairRule rule, double baseline) implements OfPairs {

        /** The discounted return of a trajectory whose pair has this loss. */
        double gain(double loss) {
            return OF_A_PAIR * (baseline - loss);
        }
    }

    /**
     * A stretch of the units of a batch in a shuffled order.
     *
     * @param size of the batch in units
     * @param from the place of the first unit in the shuffled order
     * @param epoch which order
     */
    record Shuffled(long size, long from, int epoch) implements Serializable {

        public Shuffled {
            if (from < 0 || from >= size) {
                throw new IllegalArgumentException("from must be in [0, " + size + "), but was " + from);
            }
        }

        /** The order, at the address of a batch. */
        Permutation order(BatchRequest request, Role role) {
            RandomStream random = RandomStream.at(
                    request.seed(), Purpose.ORDER, role.stream(), epoch, request.iteration(), request.innerStep());
            return new Permutation(random.nextLong(), size);
        }
    }

    /** The returns of a follower: leader's, and the follower's own with entropy. */
    record Returns(Purpose purpose, int stream, long units, int upper, int follower) implements Role {

        @Override
        public int trajectoriesPerUnit() {
            return 1;
        }
    }

    /**
     * Counts of transitions for a model of the dynamics. Even units play {@code first}, odd ones {@code second}; a share
     * of the trajectories explores with uniform actions instead.
     *
     * @param exploration the probability that a trajectory explores, in [0, 1]
     */
    record Transitions(Purpose purpose, int stream, long units, int upper, int first, int second, double exploration)
            implements Role {

        @Override
        public int trajectoriesPerUnit() {
            return 1;
        }
    }

    /**
     * Weighted gradients of a loss of a data problem over given blocks. A unit is a block:
     *
     * <pre>
     *   z_upper = sum_t weight_t grad_x L(x_t, w_t),    z_lower = sum_t weight_t grad_w L(x_t, w_t)
     *   L = (blocks of the data set / its rows) * the loss summed over the rows of the block
     * </pre>
     *
     * <p>so that the mean over blocks drawn evenly is without bias for the mean over rows, whatever the lengths of blocks.
     * All terms see the same rows: a difference of two points is a coupled one. The returns are minus {@code sum_t weight_t
     * L(x_t, w_t)}, of the leader for validation and of the follower for training. The terms count as {@code rows * terms}
     * gradient-oracle calls.
     *
     * @param stream of the draw of the blocks
     * @param validation whether the blocks are of the validation data and the loss is the upper one
     * @param blocks ascending, each at most once
     * @param terms at least one
     * @param wanted which of z_upper and z_lower
     */
    record Loss(Purpose purpose, int stream, boolean validation, int[] blocks, List<Term> terms, Wanted wanted)
            implements Role {

        public Loss {
            terms = List.copyOf(terms);
        }

        @Override
        public long units() {
            return blocks.length;
        }

        @Override
        public int upper() {
            return terms.get(0).upper();
        }

        @Override
        public int trajectoriesPerUnit() {
            return 0;
        }
    }

    /**
     * A point of a {@link Loss} with its weight.
     *
     * @param upper position of x
     * @param lower position of w among the followers
     */
    record Term(int upper, int lower, double weight) implements Serializable {}
}
