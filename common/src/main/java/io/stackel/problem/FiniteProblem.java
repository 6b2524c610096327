package io.stackel.problem;

import io.stackel.mdp.MarkovGame;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A problem whose tables are known: exact values, penalties and hypergradients exist, and trajectories are drawn from
 * the tables.
 *
 * <p>The upper variable x enters the leader's policy mu_x(a|s), the follower's reward r_x(s,a,b), the leader's reward
 * u_x(s,a,b) and, in some problems, the transitions P_x(t|s,a,b). Tables are row-major S x A, S x B or S x A x B as in {@link MarkovGame}. Gradients are given as pullbacks:
 * {@code weights} has the table's shape, and the method adds {@code sum weights(i) d table(i)/dx} to {@code into},
 * length m. The observation of a state is its number.
 */
public interface FiniteProblem extends TrajectoryProblem {

    /**
     * The dynamics in a context; sizes and discount are the same in every context. Where the transitions depend on x, they
     * are those at some x, and sizes, start and discount count.
     */
    MarkovGame game(int context);

    /** The dynamics in a context at an upper variable: {@link #game(int)} unless the transitions depend on it. */
    default MarkovGame game(DenseVector upper, int context) {
        return game(context);
    }

    /**
     * Adds {@code sum weights(s,a,b) value(t) dP_x(t|s,a,b)/dx} over cells and next states; nothing where P does not depend
     * on x.
     *
     * @param weights S x A x B
     * @param value length S
     */
    default void addTransitionGradient(
            DenseVector upper, int context, double[] weights, double[] value, double[] into) {}

    /**
     * Adds {@code weight d log P_x(next|s,a,b)/dx} of one transition that is possible; nothing where P does not depend on x.
     *
     * @param cell of (s, a, b)
     * @param next a state, or S for the end of the episode
     */
    default void addTransitionScore(DenseVector upper, int context, int cell, int next, double weight, double[] into) {}

    /** Writes mu_x, S x A; ones where the leader has no action. */
    default void leaderPolicy(DenseVector upper, double[] into) {
        Arrays.fill(into, 1);
    }

    /**
     * Adds {@code sum_a weights(s,a) d log mu_x(a|s)/dx} of one state; nothing where the leader has no action.
     *
     * @param leaderPolicy mu_x, which the caller has computed, S x A
     * @param weights S x A, of which the row of the state counts
     */
    default void addLeaderScores(
            DenseVector upper, int state, double[] leaderPolicy, double[] weights, double[] into) {}

    /**
     * Whether x is the table of the leader's logits, S x A, and {@code mu_x(a|s)} their softmax by state: then scores have a
     * closed form, {@code d log mu(a|s)/dx = e_(s,a) - mu(.|s)}, and sampling them is about twice as fast.
     */
    default boolean upperIsLeaderLogits() {
        return false;
    }

    /** Writes r_x, S x A x B. */
    void lowerReward(DenseVector upper, int context, double[] into);

    /** Adds the pullback of r_x; nothing where it does not depend on x. */
    default void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {}

    /** Writes u_x, S x A x B. */
    void upperReward(DenseVector upper, int context, double[] into);

    /** Adds the pullback of u_x; nothing where it does not depend on x. */
    default void addUpperRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {}

    /** Where the upper variable enters, so that estimators skip what is zero by construction. */
    @Override
    Dependence dependence();

    @Override
    default int actions() {
        return game(0).followerActions();
    }

    @Override
    default int observationSize() {
        return 1;
    }

    @Override
    default int states() {
        return game(0).states();
    }

    /** Of the leader's logits the state and the action. */
    @Override
    default String upperName(int i) {
        int actions = game(0).leaderActions();
        return upperIsLeaderLogits()
                ? stateName(i / actions) + ", " + leaderActionName(i % actions)
                : TrajectoryProblem.super.upperName(i);
    }

    /** What an action of the leader is called where people read it. */
    default String leaderActionName(int action) {
        return "action " + action;
    }

    /** The number of features of a state, for policies that are linear in features. */
    default int featureSize() {
        return states();
    }

    /** Writes the features of a state; by default one-hot. */
    default void features(int state, double[] into) {
        Arrays.fill(into, 0);
        into[state] = 1;
    }

    @Override
    default double discount() {
        return game(0).discount();
    }

    @Override
    default Simulator simulator(DenseVector upper, int context) {
        return new TableSimulator(this, upper, context);
    }
}
