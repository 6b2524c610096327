package io.stackel.estimate;

import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import java.util.Arrays;
import java.util.function.DoubleConsumer;

/** Walks through every path of a scene and lets estimators read each as a trajectory; gathers the gradients they add. */
final class EnumeratedPath implements Trajectory {

    private final Scene scene;
    private final MarkovGame game;
    private final double[] leaderPolicy;
    private final double[] lowerTable;
    private final double[] upperTable;
    private final int[] cells = new int[Scene.HORIZON];
    private final int[] states = new int[Scene.HORIZON + 1];
    private int length;
    private boolean terminated;

    final double[] upperGradient;
    final double[] lowerGradient;

    EnumeratedPath(Scene scene) {
        this.scene = scene;
        game = scene.problem().game(scene.upper(), 0);
        leaderPolicy = new double[game.leaderCells()];
        scene.problem().leaderPolicy(scene.upper(), leaderPolicy);
        lowerTable = new double[game.jointCells()];
        scene.problem().lowerReward(scene.upper(), 0, lowerTable);
        upperTable = new double[game.jointCells()];
        scene.problem().upperReward(scene.upper(), 0, upperTable);
        upperGradient = new double[scene.problem().upperSize()];
        lowerGradient = new double[scene.policy().parameters()];
    }

    /**
     * Visits every path of positive probability and returns the sum of their probabilities.
     *
     * @param firstLogs the follower's first action, S x B
     * @param laterLogs its later ones
     * @param visitor is told the probability while this object is the path; must add {@code probability} times what it
     *     wants
     */
    double visit(double[] start, double[] firstLogs, double[] laterLogs, DoubleConsumer visitor) {
        double total = 0;
        for (int s = 0; s < start.length; s++) {
            if (start[s] > 0) {
                total += extend(0, s, start[s], firstLogs, laterLogs, visitor);
            }
        }
        return total;
    }

    private double extend(
            int t, int state, double probability, double[] logs, double[] laterLogs, DoubleConsumer visitor) {
        length = t;
        terminated = state == game.states();
        states[t] = state;
        if (terminated || t == Scene.HORIZON) {
            visitor.accept(probability);
            return probability;
        }
        double total = 0;
        for (int joint = 0; joint < game.jointActions(); joint++) {
            int leader = joint / game.followerActions();
            int follower = joint % game.followerActions();
            double acted = probability
                    * leaderPolicy[state * game.leaderActions() + leader]
                    * StrictMath.exp(logs[state * game.followerActions() + follower]);
            cells[t] = state * game.jointActions() + joint;
            double stays = 1;
            for (int next = 0; next <= game.states(); next++) {
                double p = next < game.states() ? game.transition()[cells[t] * game.states() + next] : stays;
                stays -= p;
                if (p > 1e-15) {
                    total += extend(t + 1, next, acted * p, laterLogs, laterLogs, visitor);
                }
            }
        }
        return total;
    }

    /** The joint cell (s, a, b) of a step. */
    int cell(int t) {
        return cells[t];
    }

    /** Forgets the gradients. */
    void clear() {
        Arrays.fill(upperGradient, 0);
        Arrays.fill(lowerGradient, 0);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public boolean terminated() {
        return terminated;
    }

    @Override
    public void lowerRewards(double[] into) {
        gather(lowerTable, into);
    }

    @Override
    public void entropicRewards(int follower, double[] into) {
        double[] theta = scene.followers().get(follower).parameters();
        double[] terms = new double[game.followerActions()];
        for (int t = 0; t < length; t++) {
            scene.policy().entropyTerms(theta, new double[] {states[t]}, terms);
            double term = terms[cells[t] % terms.length];
            into[t] = lowerTable[cells[t]] - scene.problem().entropyWeight() * term;
        }
    }

    @Override
    public void upperRewards(double[] into) {
        gather(upperTable, into);
    }

    private void gather(double[] table, double[] into) {
        for (int t = 0; t < length; t++) {
            into[t] = table[cells[t]];
        }
    }

    @Override
    public void logProbabilities(int follower, double[] into) {
        for (int t = 0; t < length; t++) {
            into[t] = scene.logs().get(follower)[followerCell(t)];
        }
    }

    private int followerCell(int t) {
        return states[t] * game.followerActions() + cells[t] % game.followerActions();
    }

    @Override
    public void likelihoodRatios(int first, int second, double[] into) {
        for (int t = 0; t < length; t++) {
            int cell = followerCell(t);
            into[t] =
                    StrictMath.exp(scene.logs().get(second)[cell] - scene.logs().get(first)[cell]);
        }
    }

    @Override
    public void values(int follower, double[] into) {
        baselines(scene.followers().get(follower).value(), into);
    }

    @Override
    public void upperValues(int follower, double[] into) {
        baselines(scene.followers().get(follower).upperValue(), into);
    }

    @Override
    public void upperAdvantages(int follower, double[] into) {
        double[] table = scene.followers().get(follower).upperAdvantage();
        for (int t = 0; t < length; t++) {
            into[t] = table[followerCell(t)];
        }
    }

    @Override
    public void addResponses(int follower, double[] weights) {
        double[] table = scene.followers().get(follower).response();
        int size = upperGradient.length;
        for (int t = 0; t < length; t++) {
            double[] row = Arrays.copyOfRange(table, states[t] * size, (states[t] + 1) * size);
            VectorMath.addScaled(weights[t], row, upperGradient);
        }
    }

    private void baselines(double[] table, double[] into) {
        for (int t = 0; t <= length; t++) {
            into[t] = states[t] == game.states() ? 0 : table[states[t]];
        }
    }

    @Override
    public void addLowerRewardGradients(double[] weights) {
        double[] table = new double[game.jointCells()];
        spread(weights, table);
        scene.problem().addLowerRewardGradient(scene.upper(), 0, table, upperGradient);
    }

    @Override
    public void addUpperRewardGradients(double[] weights) {
        double[] table = new double[game.jointCells()];
        spread(weights, table);
        scene.problem().addUpperRewardGradient(scene.upper(), 0, table, upperGradient);
    }

    private void spread(double[] weights, double[] table) {
        for (int t = 0; t < length; t++) {
            table[cells[t]] += weights[t];
        }
    }

    @Override
    public void addUpperScores(double[] weights) {
        double[] table = new double[game.leaderCells()];
        for (int t = 0; t < length; t++) {
            table[cells[t] / game.followerActions()] += weights[t];
        }
        for (int s = 0; s < game.states(); s++) {
            scene.problem().addLeaderScores(scene.upper(), s, leaderPolicy, table, upperGradient);
        }
        for (int t = 0; t < length; t++) {
            scene.problem().addTransitionScore(scene.upper(), 0, cells[t], states[t + 1], weights[t], upperGradient);
        }
    }

    /** Scores of follower 1, the second. */
    @Override
    public void addPolicyScores(double[] weights) {
        double[] row = new double[game.followerActions()];
        for (int t = 0; t < length; t++) {
            Arrays.fill(row, 0);
            row[cells[t] % game.followerActions()] = weights[t];
            double[] theta = scene.followers().get(1).parameters();
            scene.policy().addScores(theta, new double[] {states[t]}, probabilities(t), row, 0, lowerGradient);
        }
    }

    private double[] probabilities(int t) {
        double[] probabilities = new double[game.followerActions()];
        for (int b = 0; b < probabilities.length; b++) {
            probabilities[b] = StrictMath.exp(scene.logs().get(1)[states[t] * probabilities.length + b]);
        }
        return probabilities;
    }
}
