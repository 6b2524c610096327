package io.stackel.spark;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import org.apache.spark.ml.linalg.DenseVector;

/** A finite problem that does something else first when the upper variable starts with {@link #STRIKE}. */
record FaultyGame(FiniteProblem game, Runnable fault) implements FiniteProblem {

    static final double STRIKE = 42;

    @Override
    public void lowerReward(DenseVector upper, int context, double[] into) {
        if (upper.apply(0) == STRIKE) {
            fault.run();
        }
        game.lowerReward(upper, context, into);
    }

    @Override
    public int upperSize() {
        return game.upperSize();
    }

    @Override
    public double entropyWeight() {
        return game.entropyWeight();
    }

    @Override
    public MarkovGame game(int context) {
        return game.game(context);
    }

    @Override
    public void leaderPolicy(DenseVector upper, double[] into) {
        game.leaderPolicy(upper, into);
    }

    @Override
    public void addLeaderScores(DenseVector upper, int state, double[] leaderPolicy, double[] weights, double[] into) {
        game.addLeaderScores(upper, state, leaderPolicy, weights, into);
    }

    @Override
    public void upperReward(DenseVector upper, int context, double[] into) {
        game.upperReward(upper, context, into);
    }

    @Override
    public Dependence dependence() {
        return game.dependence();
    }
}
