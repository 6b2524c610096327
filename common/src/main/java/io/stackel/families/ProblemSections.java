package io.stackel.families;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.MemoryBlocks;
import io.stackel.problem.PairRule;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProtocol;
import io.stackel.problem.Problem;
import io.stackel.problem.Range;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/** Builds a problem and its point from the sections of a {@link ProblemFile}. */
record ProblemSections(String kind, JsonSection problem, JsonSection at) {

    private static final int ROWS_PER_BLOCK = 16;
    private static final double DEFAULT_SIGMA = 0.1;
    private static final int EXPERT_COLUMNS = 4;
    private static final List<String> PROCESS = List.of("gamma", "tau", "rho", "transition", "reward");

    ProblemFile file() {
        return switch (kind) {
            case ProblemFile.REWARD_DESIGN -> rewardDesign();
            case ProblemFile.STACKELBERG -> stackelberg();
            case ProblemFile.ZERO_SUM -> zeroSum();
            case ProblemFile.PREFERENCES -> preferences();
            case ProblemFile.INVERSE -> inverse();
            default -> ridge();
        };
    }

    private ProblemFile rewardDesign() {
        problem.requireOnly("states, actions, gamma, tau, cost, rho, transition, follower_reward, leader_reward");
        int states = problem.count("states");
        int actions = problem.count("actions");
        MarkovGame game = game(1, actions, states, actions, states);
        RewardDesign design = new RewardDesign(
                game,
                problem.table("follower_reward", states, actions),
                problem.table("leader_reward", states, actions),
                tau(),
                problem.real("cost", Range.NON_NEGATIVE));
        return at(design, "theta", new int[] {states, actions}, states, actions);
    }

    private ProblemFile stackelberg() {
        problem.requireOnly("states, leader_actions, follower_actions, gamma, tau, rho, transition, leader_reward,"
                + " follower_reward");
        int states = problem.count("states");
        int leader = problem.count("leader_actions");
        int follower = problem.count("follower_actions");
        MarkovGame game = game(leader, follower, states, leader, follower, states);
        Stackelberg stackelberg = new Stackelberg(
                game,
                problem.table("follower_reward", states, leader, follower),
                problem.table("leader_reward", states, leader, follower),
                tau());
        return at(stackelberg, "theta", new int[] {states, leader}, states, follower);
    }

    private ProblemFile zeroSum() {
        problem.requireOnly("states, actions_1, actions_2, gamma, tau, rho, transition, payoff, designer_reward, cost");
        int states = problem.count("states");
        int first = problem.count("actions_1");
        int second = problem.count("actions_2");
        MarkovGame game = game(1, first * second, states, first, second, states);
        ZeroSumIncentive incentive = new ZeroSumIncentive(
                game,
                first,
                problem.table("payoff", states, first, second),
                problem.tableOrZeros("designer_reward", states, first, second),
                tau(),
                problem.real("cost", Range.NON_NEGATIVE, 0));
        at.requireOnly("x, theta_1, theta_2");
        double[] lower = new double[states * (first + second)];
        System.arraycopy(at.tableOrZeros("theta_1", states, first), 0, lower, 0, states * first);
        System.arraycopy(at.tableOrZeros("theta_2", states, second), 0, lower, states * first, states * second);
        return at(incentive, lower, states, first, second);
    }

    /** Without a process, the states never change and the true reward is zero. */
    private ProblemFile preferences() {
        problem.requireOnly(
                "states, actions, segments, labels, features, regularization, temperature, noise, gamma, tau,"
                        + " rho, transition, reward");
        int states = problem.count("states");
        int actions = problem.count("actions", states);
        boolean process = PROCESS.stream().anyMatch(problem::has);
        boolean labels = problem.has("reward");
        PreferencePairs pairs = pairs(states * actions);
        PairRule rule = new PairRule(
                pairs.segmentLength(),
                0,
                problem.real("temperature", Range.NON_NEGATIVE, 1),
                problem.real("noise", Range.closed(0, 0.5), 0),
                true);
        PreferenceProtocol usual = Preferences.USUAL;
        RewardFeatures features = RewardFeatures.of(problem, states, actions);
        Preferences preferences = new Preferences(
                process ? game(1, actions, states, actions, states) : standing(states, actions),
                problem.tableOrZeros("reward", states, actions),
                features,
                process ? tau() : 1,
                problem.real("regularization", Range.NON_NEGATIVE, 0),
                rule,
                new PreferenceProtocol(
                        0,
                        usual.warmUpEpochs(),
                        labels ? usual.newPairs() : 0,
                        labels ? usual.keptPairs() : Math.max(pairs.size(), 1)),
                pairs,
                labels ? Preferences.Known.REWARD : process ? Preferences.Known.PROCESS : Preferences.Known.PAIRS);
        return at(preferences, "theta", features.shape(states, actions), states, actions);
    }

    private static MarkovGame standing(int states, int actions) {
        double[] transition = new double[RandomTables.cells(states, actions, states)];
        for (int cell = 0; cell < states * actions; cell++) {
            transition[cell * states + cell / actions] = 1;
        }
        return MarkovGame.ofProcess(states, actions, transition, RandomTables.even(states), 0);
    }

    private PreferencePairs pairs(int stateActions) {
        int[] shape = problem.shape("segments", 3);
        int length = shape[2];
        int[] cells = problem.indices(PreferencePairs.NO_STEP, stateActions, "segments", shape[0], 2, length);
        for (int i = 0; i < cells.length; i++) {
            boolean first = i % length == 0;
            if (first
                    ? cells[i] == PreferencePairs.NO_STEP
                    : cells[i - 1] == PreferencePairs.NO_STEP && cells[i] >= 0) {
                throw problem.broken(
                        "segments/" + i / (2 * length) + "/" + i / length % 2 + "/" + i % length,
                        first
                                ? "must be a step, but was -1"
                                : "must be -1 after the end of the segment, but was " + cells[i]);
            }
        }
        return PreferencePairs.ofCells(length, cells, problem.within(Range.closed(0, 1), "labels", shape[0]));
    }

    private ProblemFile inverse() {
        problem.requireOnly("states, actions, gamma, tau, transition, experts, features, regularization, reward");
        int states = problem.count("states");
        int actions = problem.count("actions", states);
        double[] transition = problem.transitions("transition", states, actions, states);
        MarkovGame process = MarkovGame.ofProcess(states, actions, transition, RandomTables.even(states), gamma());
        ExpertTable table = new ExpertTable(
                problem.rows("experts", EXPERT_COLUMNS), problem.file(), problem.pointer() + "/experts");
        RewardFeatures features = RewardFeatures.of(problem, states, actions);
        InverseRl inverse = InverseRl.of(
                process,
                features,
                problem.real("tau", Range.POSITIVE),
                problem.real("regularization", Range.NON_NEGATIVE, 0),
                table.visits(states, actions, process.discount()),
                problem.has("reward") ? problem.table("reward", states, actions) : new double[0]);
        return at(inverse, "theta", features.shape(states, actions), states, actions);
    }

    private ProblemFile ridge() {
        problem.requireOnly("train_features, train_labels, validation_features, validation_labels");
        int features = problem.rowsAndColumns("train_features")[1];
        HyperParameters ridge = HyperParameters.of(
                rows("train", features), rows("validation", features), HyperParameters.RowLoss.RIDGE);
        return at(ridge, "w", new int[] {features}, features);
    }

    private MemoryBlocks rows(String name, int features) {
        int rows = problem.rowsAndColumns(name + "_features")[0];
        return MemoryBlocks.of(
                features,
                problem.table(name + "_features", rows, features),
                problem.table(name + "_labels", rows),
                ROWS_PER_BLOCK);
    }

    /** The dynamics; {@code axes} are those of {@code transition}. */
    private MarkovGame game(int leaderActions, int followerActions, int... axes) {
        double[] transition = problem.transitions("transition", axes);
        return new MarkovGame(
                axes[0], leaderActions, followerActions, transition, problem.distribution("rho", axes[0]), gamma());
    }

    private double gamma() {
        return problem.real("gamma", Range.halfOpen(0, 1));
    }

    private double tau() {
        return problem.real("tau", Range.NON_NEGATIVE);
    }

    private ProblemFile at(Problem built, String lowerKey, int[] upperShape, int... lowerShape) {
        at.requireOnly("x, " + lowerKey + ", sigma");
        return at(built, at.tableOrZeros(lowerKey, lowerShape), upperShape);
    }

    private ProblemFile at(Problem built, double[] lower, int... upperShape) {
        return new ProblemFile(
                kind,
                built,
                new DenseVector(at.tableOrZeros("x", upperShape)),
                upperShape,
                lower,
                at.real("sigma", Range.POSITIVE, DEFAULT_SIGMA));
    }
}
