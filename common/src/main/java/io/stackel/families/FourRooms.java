package io.stackel.families;

import io.stackel.math.Softmax;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.GridWorld;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A leader spends a budget of penalties on the cells of a grid of four rooms, so that the follower's way from (4,1) to
 * its goal leads through the leader's cell (8,4). With p = softmax(x), x in R^105, whose last part is unspent budget:
 *
 * <pre>
 *   follower:  1 at its goal, else -.2 p(cell)
 *   leader:    1 at (8,4), and -costWeight .2 (1 - p(last)) at the goal
 * </pre>
 *
 * <p>Rewards depend on the current cell. The goal is an ordinary decision state: one action is taken there, with
 * entropy, and then the episode ends. Goals are contexts.
 *
 * <p>Source: Thoma, Pasztor, Krause, Ramponi, Hu, Contextual bilevel reinforcement learning for incentive alignment,
 * NeurIPS 2024, with the planner's kernel of their code (the chosen move with probability .56).
 */
final class FourRooms implements GridWorld {

    private static final double BUDGET = 0.2;
    private static final int START_ROW = 4;
    private static final int START_COLUMN = 1;
    private static final int TARGET_ROW = 8;
    private static final int TARGET_COLUMN = 4;

    private final FourRoomsGrid grid = new FourRoomsGrid();
    private final int[] goals;
    private final int start;
    private final int target;
    private final List<MarkovGame> games;
    private final double entropyWeight;
    private final double costWeight;
    private final double startScale;

    /**
     * Builds the grid and its tables, one context for each goal.
     *
     * @param goals cells as (row, column)
     * @param discount in [0, 1)
     * @param entropyWeight tau, at least 0
     * @param costWeight what the leader pays for a spent unit of penalty, at least 0
     * @param startScale standard deviation of the logits from which a run starts, at least 0
     */
    FourRooms(List<Cell> goals, double discount, double entropyWeight, double costWeight, double startScale) {
        this.goals = goals.stream()
                .mapToInt(goal -> grid.state(goal.row(), goal.column()))
                .toArray();
        target = grid.state(TARGET_ROW, TARGET_COLUMN);
        start = grid.state(START_ROW, START_COLUMN);
        double[] startDistribution = new double[grid.states()];
        startDistribution[start] = 1;
        games = Arrays.stream(this.goals)
                .mapToObj(goal -> MarkovGame.ofProcess(
                        grid.states(), FourRoomsGrid.MOVES, grid.transitions(goal), startDistribution, discount))
                .toList();
        this.entropyWeight = entropyWeight;
        this.costWeight = costWeight;
        this.startScale = startScale;
    }

    /** A cell of the grid, rows and columns from 0. */
    record Cell(int row, int column) {}

    @Override
    public int upperSize() {
        return states() + 1;
    }

    @Override
    public String upperName(int i) {
        return i < states() ? "cell " + grid.cell(i) : "unspent";
    }

    @Override
    public int contexts() {
        return goals.length;
    }

    @Override
    public MarkovGame game(int context) {
        return games.get(context);
    }

    @Override
    public double entropyWeight() {
        return entropyWeight;
    }

    @Override
    public DenseVector upperStart(RandomStream random) {
        double[] start = new double[upperSize()];
        for (int i = 0; i < start.length; i++) {
            start[i] = startScale * random.nextGaussian();
        }
        return new DenseVector(start);
    }

    @Override
    public void lowerReward(DenseVector upper, int context, double[] into) {
        double[] share = shares(upper);
        for (int i = 0; i < into.length; i++) {
            int s = i / FourRoomsGrid.MOVES;
            into[i] = s == goals[context] ? 1 : -BUDGET * share[s];
        }
    }

    @Override
    public void addLowerRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        double[] inShares = new double[upperSize()];
        for (int i = 0; i < weights.length; i++) {
            int s = i / FourRoomsGrid.MOVES;
            inShares[s] -= s == goals[context] ? 0 : BUDGET * weights[i];
        }
        pullBackShares(upper, inShares, into);
    }

    @Override
    public void upperReward(DenseVector upper, int context, double[] into) {
        double spent = 1 - shares(upper)[states()];
        Arrays.fill(into, 0);
        for (int move = 0; move < FourRoomsGrid.MOVES; move++) {
            into[target * FourRoomsGrid.MOVES + move] = 1;
            into[goals[context] * FourRoomsGrid.MOVES + move] -= costWeight * BUDGET * spent;
        }
    }

    @Override
    public void addUpperRewardGradient(DenseVector upper, int context, double[] weights, double[] into) {
        double[] inShares = new double[upperSize()];
        for (int move = 0; move < FourRoomsGrid.MOVES; move++) {
            inShares[states()] += costWeight * BUDGET * weights[goals[context] * FourRoomsGrid.MOVES + move];
        }
        pullBackShares(upper, inShares, into);
    }

    @Override
    public List<String> map() {
        return FourRoomsGrid.MAP;
    }

    @Override
    public double[] incentives(DenseVector upper, int context) {
        double[] share = shares(upper);
        double[] incentives = new double[states()];
        for (int s = 0; s < incentives.length; s++) {
            incentives[s] = s == goals[context] ? 0 : -BUDGET * share[s];
        }
        return incentives;
    }

    @Override
    public List<Landmark> landmarks(int context) {
        return List.of(
                new Landmark(start, "S", "the follower starts"),
                new Landmark(goals[context], "G", "the follower's goal, reward 1"),
                new Landmark(target, "L", "the leader's cell"));
    }

    @Override
    public Dependence dependence() {
        return new Dependence(false, true, true);
    }

    private double[] shares(DenseVector upper) {
        double[] shares = new double[upperSize()];
        Softmax.probabilities(upper.values(), 0, shares.length, shares);
        return shares;
    }

    /** Adds sum_i weights(i) dp(i)/dx = p(j) ( weights(j) - sum_i p(i) weights(i) ). */
    private void pullBackShares(DenseVector upper, double[] weights, double[] into) {
        double[] shares = shares(upper);
        double mean = 0;
        for (int i = 0; i < shares.length; i++) {
            mean += shares[i] * weights[i];
        }
        for (int j = 0; j < shares.length; j++) {
            into[j] += shares[j] * (weights[j] - mean);
        }
    }
}
