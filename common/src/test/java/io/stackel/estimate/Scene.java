package io.stackel.estimate;

import io.stackel.exact.RandomProblem;
import io.stackel.mdp.MarkovGame;
import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.TabularSoftmax;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A tiny Markov game with an upper variable that enters everywhere, two followers far apart and, if wanted, baselines
 * that are nobody's values.
 *
 * @param logs log-probabilities of each follower, S x B
 */
record Scene(
        RandomProblem problem,
        DiscretePolicy policy,
        DenseVector upper,
        List<Follower> followers,
        List<double[]> logs) {

    static final int HORIZON = 3;

    static Scene of(long seed, boolean baselines) {
        return of(seed, baselines, RandomProblem.moving(seed, 3, 2, 2, 0.3), new TabularSoftmax(3, 2));
    }

    private static Scene of(long seed, boolean baselines, RandomProblem problem, TabularSoftmax policy) {
        int states = problem.states();
        List<Follower> followers = new ArrayList<>();
        List<double[]> logs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            double[] theta = normal(seed, i, policy.parameters(), 1);
            double scale = baselines ? 3 : 0;
            followers.add(Follower.withBaselines(
                    theta, normal(seed, 2 + i, states, scale), normal(seed, 4 + i, states, scale)));
            logs.add(PolicyTable.logProbabilities(problem, policy, theta));
        }
        return new Scene(problem, policy, problem.point(seed), followers, logs);
    }

    /**
     * A game of which every path ends within three steps. x enters everywhere: rewards, the leader's policy, transitions.
     *
     * <pre>
     *   state 0 -> 1 or the end,    1 -> 2 or the end,    2 -> the end
     * </pre>
     */
    static RandomProblem endingWithinThreeSteps() {
        double[] on = {0.7, 0.4, 0.9, 0.6, 0.8, 0.3, 0.5, 0.95};
        RandomProblem random = RandomProblem.moving(6, 3, 2, 2, 0.4);
        MarkovGame game = random.game(0);
        double[] transition = new double[game.transition().length];
        for (int cell = 0; cell < on.length; cell++) {
            int state = cell / game.jointActions();
            transition[cell * 3 + state + 1] = on[cell];
        }
        MarkovGame ending = new MarkovGame(3, 2, 2, transition, new double[] {0.6, 0.3, 0.1}, 0.8);
        return new RandomProblem(ending, random.reward(), random.upperReward(), 0.4, true);
    }

    /** A process of two states and two actions without a leader. */
    static Scene process(long seed, boolean baselines) {
        return of(seed, baselines, RandomProblem.of(seed, 2, 1, 2, 0.3), new TabularSoftmax(2, 2));
    }

    /**
     * A zero-sum game: three profiles of two players with two actions each, the first and the last with a hand of the middle
     * one, (b1, q), (p, q) and (p, b2).
     */
    static Scene zeroSum(long seed, boolean baselines) {
        RandomProblem problem = RandomProblem.of(seed, 3, 1, 4, 0.3);
        TwoPlayerSoftmax policy = new TwoPlayerSoftmax(3, 2, 2);
        double[] own = normal(seed, 0, 12, 1);
        double[] responses = normal(seed, 1, 12, 1);
        List<Follower> followers = new ArrayList<>();
        List<double[]> logs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            double[] theta = own.clone();
            if (i != 1) {
                System.arraycopy(responses, i == 0 ? 0 : 6, theta, i == 0 ? 0 : 6, 6);
            }
            double scale = baselines ? 3 : 0;
            followers.add(Follower.withBaselines(theta, normal(seed, 2 + i, 3, scale), normal(seed, 5 + i, 3, scale)));
            logs.add(PolicyTable.logProbabilities(problem, policy, theta));
        }
        return new Scene(problem, policy, problem.point(seed), followers, logs);
    }

    private static double[] normal(long seed, int item, int count, double scale) {
        RandomStream random = RandomStream.at(seed, Purpose.START, 1, item, 0, 0);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = scale * random.nextGaussian();
        }
        return values;
    }

    /** The distribution of s_t under a follower with these log-probabilities; terminated paths are missing mass. */
    double[] statesAt(int t, double[] logs) {
        MarkovGame game = problem.game(upper, 0);
        double[] leader = new double[game.leaderCells()];
        problem.leaderPolicy(upper, leader);
        double[] states = game.start().clone();
        for (int step = 0; step < t; step++) {
            double[] next = new double[states.length];
            for (int cell = 0; cell < game.jointCells(); cell++) {
                int leaderCell = cell / game.followerActions();
                int state = leaderCell / game.leaderActions();
                int followerCell = state * game.followerActions() + cell % game.followerActions();
                double acted = states[state] * leader[leaderCell] * StrictMath.exp(logs[followerCell]);
                for (int s = 0; s < next.length; s++) {
                    next[s] += acted * game.transition()[cell * next.length + s];
                }
            }
            states = next;
        }
        return states;
    }

    Rollouts.Setting setting() {
        return setting(1);
    }

    Rollouts.Setting setting(double traceDecay) {
        return new Rollouts.Setting(
                problem.discount(), problem.entropyWeight(), HORIZON, traceDecay, problem.dependence(), false);
    }
}
