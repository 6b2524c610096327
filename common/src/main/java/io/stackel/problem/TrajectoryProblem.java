package io.stackel.problem;

import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A problem whose lower level is a follower in an environment that can be sampled:
 *
 * <pre>
 *   lower:  max over pi of  J(x, pi) = E sum_t discount^t ( r_x(t) - entropyWeight log pi(b_t | s_t) )
 *   upper:  min over x of   f(x, pi) = -E sum_t discount^t u_x(t)  +  upperTerm(x)
 * </pre>
 *
 * <p>The upper variable may enter the rewards r and u and, through scores, the leader's own actions and the transitions.
 */
public non-sealed interface TrajectoryProblem extends Problem {

    /** The number B of the follower's actions, or 0 if an action is a vector of real numbers. */
    int actions();

    /** The length of an action: 1 if actions are numbered. */
    default int actionSize() {
        return 1;
    }

    /** The length of an observation vector. */
    int observationSize();

    /** The number of states if the observation is a state's number, as tabular policies need it; else 0. */
    default int states() {
        return 0;
    }

    /** What a state is called where people read it, if states have numbers. */
    default String stateName(int state) {
        return "state " + state;
    }

    /** What an action of the follower is called where people read it, if actions have numbers. */
    default String actionName(int action) {
        return "action " + action;
    }

    /** In [0, 1). */
    double discount();

    /** The entropy weight tau of the lower level, at least 0. */
    double entropyWeight();

    /** The number of contexts; each outer iteration draws one uniformly, known to the follower. */
    default int contexts() {
        return 1;
    }

    /**
     * Whether the leader's reward is a truth behind labels or experts, of which a follower must learn nothing unless he
     * maximises it; by default it is not.
     */
    default boolean upperRewardHidden() {
        return false;
    }

    @Override
    default Optional<TrajectoryProblem> trajectories() {
        return Optional.of(this);
    }

    /** Where the upper variable enters, so that estimators skip what is zero by construction; by default everywhere. */
    default Dependence dependence() {
        return new Dependence(true, true, true, false);
    }

    /**
     * Where the upper variable enters.
     *
     * @param leaderPolicy the leader's own actions depend on x
     * @param lowerReward r_x depends on x
     * @param upperReward u_x depends on x
     * @param transitions P_x depends on x
     */
    record Dependence(boolean leaderPolicy, boolean lowerReward, boolean upperReward, boolean transitions) {

        /** Where transitions do not depend on x. */
        public Dependence(boolean leaderPolicy, boolean lowerReward, boolean upperReward) {
            this(leaderPolicy, lowerReward, upperReward, false);
        }

        /** Whether x enters through what is drawn: the leader's actions or the next states. */
        public boolean scores() {
            return leaderPolicy || transitions;
        }
    }

    /** An environment at this upper variable and context, for one thread. */
    Simulator simulator(DenseVector upper, int context);
}
