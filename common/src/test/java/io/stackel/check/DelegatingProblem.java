package io.stackel.check;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import org.apache.spark.ml.linalg.DenseVector;

/** A finite problem that says everything as another one, and plays what it says; a subclass makes one mistake. */
class DelegatingProblem implements FiniteProblem {

    private final FiniteProblem sound;

    DelegatingProblem(FiniteProblem sound) {
        this.sound = sound;
    }

    @Override
    public MarkovGame game(int context) {
        return sound.game(context);
    }

    @Override
    public MarkovGame game(DenseVector upper, int context) {
        return sound.dependence().transitions() ? sound.game(upper, context) : game(context);
    }

    @Override
    public void addTransitionGradient(DenseVector upper, int context, double[] weights, double[] value, double[] into) {
        sound.addTransitionGradient(upper, context, weights, value, into);
    }

    @Override
    public void addTransitionScore(DenseVector upper, int context, int cell, int next, double weight, double[] into) {
        sound.addTransitionScore(upper, context, cell, next, weight, into);
    }

    @Override
    public int contexts() {
        return sound.contexts();
    }

    @Override
    public int upperSize() {
        return sound.upperSize();
    }

    @Override
    public double entropyWeight() {
        return sound.entropyWeight();
    }

    @Override
    public void leaderPolicy(DenseVector upper, double[] into) {
        sound.leaderPolicy(upper, into);
    }

    @Override
    public void addLeaderScores(DenseVector upper, int state, double[] leaderPolicy, double[] weights, double[] into) {
        sound.addLeaderScores(upper, state, leaderPolicy, weights, into);
    }

    @Override
    public void lowerReward(DenseVector upper, int context, double[] into) {
        sound.lowerReward(upper, context, into);
    }

    @Override
    public void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        sound.addLowerRewardGradient(upper, context, weights, into);
    }

    @Override
    public void upperReward(DenseVector upper, int context, double[] into) {
        sound.upperReward(upper, context, into);
    }

    @Override
    public void addUpperRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        sound.addUpperRewardGradient(upper, context, weights, into);
    }

    @Override
    public double upperTerm(DenseVector upper) {
        return sound.upperTerm(upper);
    }

    @Override
    public void addUpperTermGradient(DenseVector upper, double[] into) {
        sound.addUpperTermGradient(upper, into);
    }

    @Override
    public Dependence dependence() {
        return sound.dependence();
    }
}
