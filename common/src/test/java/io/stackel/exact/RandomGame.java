package io.stackel.exact;

import io.stackel.mdp.MarkovGame;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.ZeroSumProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A small random zero-sum game in which the upper variable enters both rewards and a term of its own: {@link
 * RandomProblem} without a leader, its actions read as joint actions.
 */
public record RandomGame(RandomProblem process, int firstActions) implements ZeroSumProblem {

    /** The game of a seed. */
    public static RandomGame of(long seed, int states, int firstActions, int secondActions, double entropyWeight) {
        return new RandomGame(
                RandomProblem.of(seed, states, 1, firstActions * secondActions, entropyWeight), firstActions);
    }

    /** Softmax policies of both players. */
    public TwoPlayerSoftmax policy() {
        return new TwoPlayerSoftmax(states(), firstActions, secondActions());
    }

    /** Normal logits of both players. */
    public double[] logits(long seed, double deviation) {
        RandomStream random = RandomStream.at(seed, Purpose.START, 1, 0, 0, 0);
        double[] theta = new double[policy().parameters()];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = deviation * random.nextGaussian();
        }
        return theta;
    }

    /** An upper variable of standard normal numbers. */
    public DenseVector point(long seed) {
        return process.point(seed);
    }

    @Override
    public int upperSize() {
        return process.upperSize();
    }

    @Override
    public MarkovGame game(int context) {
        return process.game(context);
    }

    @Override
    public double entropyWeight() {
        return process.entropyWeight();
    }

    @Override
    public void lowerReward(DenseVector upper, int context, double[] into) {
        process.lowerReward(upper, context, into);
    }

    @Override
    public void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        process.addLowerRewardGradient(upper, context, weights, into);
    }

    @Override
    public void upperReward(DenseVector upper, int context, double[] into) {
        process.upperReward(upper, context, into);
    }

    @Override
    public void addUpperRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        process.addUpperRewardGradient(upper, context, weights, into);
    }

    @Override
    public double upperTerm(DenseVector upper) {
        return process.upperTerm(upper);
    }

    @Override
    public void addUpperTermGradient(DenseVector upper, double[] into) {
        process.addUpperTermGradient(upper, into);
    }

    @Override
    public Dependence dependence() {
        return new Dependence(false, true, true);
    }
}
