package io.stackel.check;

import io.stackel.math.VectorMath;
import io.stackel.problem.FiniteProblem;
import java.util.function.Consumer;
import org.apache.spark.ml.linalg.DenseVector;

/** A finite problem in which one pullback has the wrong sign, or one dependence is denied. */
final class FaultyProblem extends DelegatingProblem {

    /** The mistake. */
    enum Fault {
        SIGN_OF_LEADER_SCORES,
        SIGN_OF_LOWER_REWARD_GRADIENT,
        SIGN_OF_UPPER_REWARD_GRADIENT,
        SIGN_OF_UPPER_TERM_GRADIENT,
        SIGN_OF_TRANSITION_SCORES,
        SIGN_OF_TRANSITION_GRADIENT,
        DENIED_LOWER_REWARD
    }

    private final Fault fault;

    FaultyProblem(FiniteProblem sound, Fault fault) {
        super(sound);
        this.fault = fault;
    }

    @Override
    public void addLeaderScores(DenseVector upper, int state, double[] leaderPolicy, double[] weights, double[] into) {
        add(
                Fault.SIGN_OF_LEADER_SCORES,
                part -> super.addLeaderScores(upper, state, leaderPolicy, weights, part),
                into);
    }

    @Override
    public void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        add(
                Fault.SIGN_OF_LOWER_REWARD_GRADIENT,
                part -> super.addLowerRewardGradient(upper, context, weights, part),
                into);
    }

    @Override
    public void addUpperRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        add(
                Fault.SIGN_OF_UPPER_REWARD_GRADIENT,
                part -> super.addUpperRewardGradient(upper, context, weights, part),
                into);
    }

    @Override
    public void addTransitionScore(DenseVector upper, int context, int cell, int next, double weight, double[] into) {
        add(
                Fault.SIGN_OF_TRANSITION_SCORES,
                part -> super.addTransitionScore(upper, context, cell, next, weight, part),
                into);
    }

    @Override
    public void addTransitionGradient(DenseVector upper, int context, double[] weights, double[] value, double[] into) {
        add(
                Fault.SIGN_OF_TRANSITION_GRADIENT,
                part -> super.addTransitionGradient(upper, context, weights, value, part),
                into);
    }

    @Override
    public void addUpperTermGradient(DenseVector upper, double[] into) {
        add(Fault.SIGN_OF_UPPER_TERM_GRADIENT, part -> super.addUpperTermGradient(upper, part), into);
    }

    private void add(Fault wrongSign, Consumer<double[]> pullback, double[] into) {
        double[] part = new double[into.length];
        pullback.accept(part);
        VectorMath.addScaled(fault == wrongSign ? -1 : 1, part, into);
    }

    @Override
    public Dependence dependence() {
        Dependence known = super.dependence();
        return fault == Fault.DENIED_LOWER_REWARD
                ? new Dependence(known.leaderPolicy(), false, known.upperReward(), known.transitions())
                : known;
    }
}
