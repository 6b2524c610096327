package io.stackel.algorithm;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.PairRule;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProtocol;
import org.apache.spark.ml.linalg.DenseVector;

/** A problem of preferences with pairs that were labelled elsewhere. */
record GivenPairs(FinitePreferences problem, PreferencePairs given) implements FinitePreferences {

    @Override
    public PairRule pairs() {
        return problem.pairs();
    }

    @Override
    public PreferenceProtocol protocol() {
        return problem.protocol();
    }

    @Override
    public MarkovGame game(int context) {
        return problem.game(context);
    }

    @Override
    public int upperSize() {
        return problem.upperSize();
    }

    @Override
    public double entropyWeight() {
        return problem.entropyWeight();
    }

    @Override
    public void lowerReward(DenseVector upper, int context, double[] into) {
        problem.lowerReward(upper, context, into);
    }

    @Override
    public void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        problem.addLowerRewardGradient(upper, context, weights, into);
    }

    @Override
    public void upperReward(DenseVector upper, int context, double[] into) {
        problem.upperReward(upper, context, into);
    }

    @Override
    public Dependence dependence() {
        return problem.dependence();
    }
}
