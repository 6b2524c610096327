package io.stackel.families;

import io.stackel.math.Softmax;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.GridWorld;
import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
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
 *
 * @param goals the follower's goal in each context
 * @param games the dynamics in each context
 * @param entropyWeight tau, at least 0
 * @param costWeight what the leader pays for a spent unit of penalty, at least 0
 * @param startScale standard deviation of the logits from which a run starts, at least 0
 */
record FourRooms(int[] goals, List<MarkovGame> games, double entropyWeight, double costWeight, double startScale)
        implements GridWorld {

    private static final List<Cell> GOALS = List.of(new Cell(1, 9), new Cell(11, 11));

    /** With one goal, (1,9), or two, (1,9) and (11,11). */
    static final ProblemFamily FAMILY = ProblemFamily.of(
            "four-rooms",
            "penalties on the cells of a grid world that lead a follower through the leader's cell",
            FourRooms::make,
            Parameter.real("discount", 0.99, Range.halfOpen(0, 1), "Discount factor of both levels."),
            Parameter.real(
                    "entropyWeight",
                    0.003,
                    Range.NON_NEGATIVE,
                    "Weight tau of the entropy in the follower's objective, in units of reward."),
            Parameter.real(
                    "costWeight",
                    1,
                    Range.NON_NEGATIVE,
                    "Price beta that the leader pays for a unit of penalty that it spends."),
            Parameter.choice(
                    "goals",
                    "two",
                    List.of("one", "two"),
                    "The follower's goal: always (1,9), or (1,9) and (11,11) with even chances."),
            Parameter.real(
                    "startScale",
                    0.01,
                    Range.NON_NEGATIVE,
                    "Standard deviation of the normal logits at which x starts."));

    private static FourRooms make(Settings settings) {
        return of(
                settings.text("goals").equals("one") ? GOALS.subList(0, 1) : GOALS,
                settings.real("discount"),
                settings.real("entropyWeight"),
                settings.real("costWeight"),
                settings.real("startScale"));
    }

    private static final double BUDGET = 0.2;
    private static final FourRoomsGrid GRID = new FourRoomsGrid();
    private static final int START = GRID.state(4, 1);
    private static final int TARGET = GRID.state(8, 4);

    /** One context for each goal. */
    static FourRooms of(List<Cell> goals, double discount, double entropyWeight, double costWeight, double startScale) {
        double[] start = new double[GRID.states()];
        start[START] = 1;
        int[] states = goals.stream()
                .mapToInt(goal -> GRID.state(goal.row(), goal.column()))
                .toArray();
        List<MarkovGame> games = Arrays.stream(states)
                .mapToObj(goal -> MarkovGame.ofProcess(
                        GRID.states(), FourRoomsGrid.MOVES, GRID.transitions(goal), start, discount))
                .toList();
        return new FourRooms(states, games, entropyWeight, costWeight, startScale);
    }

    /** A cell of the grid, rows and columns from 0. */
    record Cell(int row, int column) {}

    @Override
    public int upperSize() {
        return states() + 1;
    }

    @Override
    public String upperName(int i) {
        return i < states() ? stateName(i) : "unspent";
    }

    @Override
    public String stateName(int state) {
        return "cell " + GRID.cell(state);
    }

    @Override
    public String actionName(int action) {
        return List.of("north", "east", "south", "west").get(action);
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
    public DenseVector upperStart(RandomStream random) {
        return RandomTables.normal(random, upperSize(), startScale);
    }

    @Override
    public void lowerReward(DenseVector upper, int context, double[] into) {
        double[] incentives = incentives(upper, context);
        for (int i = 0; i < into.length; i++) {
            int s = i / FourRoomsGrid.MOVES;
            into[i] = s == goals[context] ? 1 : incentives[s];
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
            into[TARGET * FourRoomsGrid.MOVES + move] = 1;
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
                new Landmark(START, "S", "the follower starts"),
                new Landmark(goals[context], "G", "the follower's goal, reward 1"),
                new Landmark(TARGET, "L", "the leader's cell"));
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
