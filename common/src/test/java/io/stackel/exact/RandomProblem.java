package io.stackel.exact;

import io.stackel.math.Softmax;
import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A small random problem in which the upper variable enters everywhere: softmax logits of the leader, linear and
 * quadratic terms in both rewards, a term of its own; episodes may terminate. If {@code moving}, the transitions depend on
 * it as well: with k = (number of the outcome) mod m,
 *
 * <pre>
 *   P_x(t|c) = P(t|c) exp( x_k / 5 ) / Z        the end keeps its weight
 * </pre>
 */
public record RandomProblem(
        MarkovGame game, double[] reward, double[] upperReward, double entropyWeight, boolean moving)
        implements FiniteProblem {

    private static final double TILT = 0.2;

    public RandomProblem(MarkovGame game, double[] reward, double[] upperReward, double entropyWeight) {
        this(game, reward, upperReward, entropyWeight, false);
    }

    /** The problem of a seed whose transitions depend on the upper variable. */
    public static RandomProblem moving(
            long seed, int states, int leaderActions, int followerActions, double entropyWeight) {
        RandomProblem still = of(seed, states, leaderActions, followerActions, entropyWeight);
        return new RandomProblem(still.game, still.reward, still.upperReward, entropyWeight, true);
    }

    @Override
    public MarkovGame game(DenseVector upper, int context) {
        if (!moving) {
            return game;
        }
        double[] transition = new double[game.transition().length];
        int states = game.states();
        for (int row = 0; row < transition.length; row += states) {
            System.arraycopy(row(upper, row), 0, transition, row, states);
        }
        return new MarkovGame(
                states, game.leaderActions(), game.followerActions(), transition, game.start(), game.discount());
    }

    private double[] row(DenseVector upper, int from) {
        double[] row = new double[game.states()];
        double total = 1;
        for (int t = 0; t < row.length; t++) {
            double still = game.transition()[from + t];
            row[t] = still * StrictMath.exp(TILT * upper.apply((from + t) % upperSize()));
            total += row[t] - still;
        }
        return VectorMath.scaled(1 / total, row);
    }

    @Override
    public void addTransitionScore(DenseVector upper, int context, int cell, int next, double weight, double[] into) {
        if (moving) {
            int states = game.states();
            double[] row = row(upper, cell * states);
            for (int t = 0; t < states; t++) {
                double own = t == next ? 1 : 0;
                into[(cell * states + t) % upperSize()] += weight * TILT * (own - row[t]);
            }
        }
    }

    @Override
    public void addTransitionGradient(DenseVector upper, int context, double[] weights, double[] value, double[] into) {
        double[] transition = game(upper, context).transition();
        for (int i = 0; moving && i < transition.length; i++) {
            int cell = i / game.states();
            int next = i % game.states();
            addTransitionScore(upper, context, cell, next, weights[cell] * transition[i] * value[next], into);
        }
    }

    /** The problem of a seed. */
    public static RandomProblem of(
            long seed, int states, int leaderActions, int followerActions, double entropyWeight) {
        RandomStream random = RandomStream.at(seed, Purpose.PROBLEM, 0, 0, 0, 0);
        double[] transition = new double[states * leaderActions * followerActions * states];
        for (int row = 0; row < transition.length / states; row++) {
            double total = row % 3 == 0 ? random.nextDouble() : 0;
            for (int t = 0; t < states; t++) {
                transition[row * states + t] = random.nextInt(3) == 0 ? 0 : random.nextExponential();
                total += transition[row * states + t];
            }
            for (int t = 0; t < states && total > 0; t++) {
                transition[row * states + t] /= total;
            }
        }
        double[] start = new double[states];
        start[0] = 0.25;
        start[states - 1] = 0.75;
        MarkovGame game = new MarkovGame(states, leaderActions, followerActions, transition, start, 0.9);
        return new RandomProblem(game, uniform(game, random), uniform(game, random), entropyWeight);
    }

    private static double[] uniform(MarkovGame game, RandomStream random) {
        double[] table = new double[game.jointCells()];
        for (int i = 0; i < table.length; i++) {
            table[i] = random.nextDouble();
        }
        return table;
    }

    /** An upper variable of standard normal numbers. */
    public DenseVector point(long seed) {
        RandomStream random = RandomStream.at(seed, Purpose.START, 0, 0, 0, 0);
        double[] x = new double[upperSize()];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextGaussian();
        }
        return new DenseVector(x);
    }

    @Override
    public int upperSize() {
        return game.leaderCells();
    }

    @Override
    public MarkovGame game(int context) {
        return game;
    }

    @Override
    public void leaderPolicy(DenseVector upper, double[] into) {
        for (int s = 0; s < game.states(); s++) {
            Softmax.probabilities(upper.values(), s * game.leaderActions(), game.leaderActions(), into);
        }
    }

    @Override
    public void addLeaderScores(DenseVector upper, int state, double[] leaderPolicy, double[] weights, double[] into) {
        int row = state * game.leaderActions();
        for (int cell = row; cell < row + game.leaderActions(); cell++) {
            into[cell] += weights[cell];
            for (int other = row; other < row + game.leaderActions(); other++) {
                into[other] -= weights[cell] * leaderPolicy[other];
            }
        }
    }

    @Override
    public void lowerReward(DenseVector upper, int context, double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = reward[i] * (1 + 0.3 * upper.apply(i % upperSize()));
        }
    }

    @Override
    public void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        for (int i = 0; i < weights.length; i++) {
            into[i % upperSize()] += 0.3 * weights[i] * reward[i];
        }
    }

    @Override
    public void upperReward(DenseVector upper, int context, double[] into) {
        for (int i = 0; i < into.length; i++) {
            double x = upper.apply(i % upperSize());
            into[i] = upperReward[i] + 0.1 * x * x;
        }
    }

    @Override
    public void addUpperRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        for (int i = 0; i < weights.length; i++) {
            into[i % upperSize()] += 0.2 * weights[i] * upper.apply(i % upperSize());
        }
    }

    @Override
    public double upperTerm(DenseVector upper) {
        return 0.05 * VectorMath.normSquared(upper.values());
    }

    @Override
    public void addUpperTermGradient(DenseVector upper, double[] into) {
        VectorMath.addScaled(0.1, upper.values(), into);
    }

    @Override
    public Dependence dependence() {
        return new Dependence(true, true, true, moving);
    }
}
