package io.stackel.families;

import io.stackel.mdp.MarkovGame;
import io.stackel.problem.MemoryBlocks;
import io.stackel.problem.PairObjective;
import io.stackel.problem.PairRule;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProtocol;
import io.stackel.problem.Problem;
import io.stackel.problem.Range;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.DenseVector;

/** Builds a problem and its point from the sections of a {@link ProblemFile}. */
record ProblemSections(String kind, JsonSection problem, JsonSection at) {

    private static final int ROWS_PER_BLOCK = 16;
    private static final int EXPERT_COLUMNS = 4;

    /** Refuses keys that are not declared, and builds the rest. */
    ProblemFile file() {
        problem.requireOnly(format().problem());
        at.requireOnly(format().at());
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
        int states = problem.count("states");
        int actions = problem.count("actions");
        MarkovGame game = game(1, actions, states, actions, states);
        RewardDesign design = new RewardDesign(
                game,
                problem.table("follower_reward", states, actions),
                problem.table("leader_reward", states, actions),
                real("tau"),
                real("cost"));
        return at(design, "theta", new int[] {states, actions}, states, actions);
    }

    private ProblemFile stackelberg() {
        int states = problem.count("states");
        int leader = problem.count("leader_actions");
        int follower = problem.count("follower_actions");
        MarkovGame game = game(leader, follower, states, leader, follower, states);
        Stackelberg stackelberg = new Stackelberg(
                game,
                problem.table("follower_reward", states, leader, follower),
                problem.table("leader_reward", states, leader, follower),
                real("tau"));
        return at(stackelberg, "theta", new int[] {states, leader}, states, follower);
    }

    private ProblemFile zeroSum() {
        int states = problem.count("states");
        int first = problem.count("actions_1");
        int second = problem.count("actions_2");
        MarkovGame game = game(1, first * second, states, first, second, states);
        ZeroSumIncentive incentive = new ZeroSumIncentive(
                game,
                first,
                problem.table("payoff", states, first, second),
                problem.tableOrZeros("designer_reward", states, first, second),
                real("tau"),
                real("cost"));
        double[] lower = new double[states * (first + second)];
        System.arraycopy(at.tableOrZeros("theta_1", states, first), 0, lower, 0, states * first);
        System.arraycopy(at.tableOrZeros("theta_2", states, second), 0, lower, states * first, states * second);
        return at(incentive, lower, states, first, second);
    }

    /** Without a process, the states never change and the true reward is zero. */
    private ProblemFile preferences() {
        int states = problem.count("states");
        int actions = problem.count("actions", states);
        boolean process = Stream.of(format().together(), format().with())
                .flatMap(List::stream)
                .anyMatch(problem::has);
        boolean labels = problem.has("reward");
        PreferencePairs pairs = pairs(states * actions);
        PairRule rule = new PairRule(pairs.segmentLength(), 0, real("temperature"), real("noise"), true);
        PreferenceProtocol usual = Preferences.USUAL;
        RewardFeatures features = RewardFeatures.of(problem, states, actions);
        Preferences preferences = new Preferences(
                process ? game(1, actions, states, actions, states) : standing(states, actions),
                problem.tableOrZeros("reward", states, actions),
                features,
                process ? real("tau") : 1,
                real("regularization"),
                PairObjective.CROSS_ENTROPY,
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
        int states = problem.count("states");
        int actions = problem.count("actions", states);
        double[] transition = problem.transitions("transition", states, actions, states);
        MarkovGame process =
                MarkovGame.ofProcess(states, actions, transition, RandomTables.even(states), real("gamma"));
        ExpertTable table = new ExpertTable(
                problem.rows("experts", EXPERT_COLUMNS), problem.file(), problem.pointer() + "/experts");
        RewardFeatures features = RewardFeatures.of(problem, states, actions);
        InverseRl inverse = InverseRl.of(
                process,
                features,
                real("tau"),
                real("regularization"),
                table.visits(states, actions, process.discount()),
                problem.has("reward") ? problem.table("reward", states, actions) : new double[0]);
        return at(inverse, "theta", features.shape(states, actions), states, actions);
    }

    private ProblemFile ridge() {
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
                axes[0],
                leaderActions,
                followerActions,
                transition,
                problem.distribution("rho", axes[0]),
                real("gamma"));
    }

    /** The number of a declared key of the problem. */
    private double real(String name) {
        return problem.real(format().problem().stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow());
    }

    /** Players have no surrogates, and so no key of their size. */
    private double sigma() {
        return at.real(ProblemFormat.SIGMA);
    }

    private ProblemFormat format() {
        return ProblemFormat.of(kind);
    }

    private ProblemFile at(Problem built, String lowerKey, int[] upperShape, int... lowerShape) {
        return at(built, at.tableOrZeros(lowerKey, lowerShape), upperShape);
    }

    private ProblemFile at(Problem built, double[] lower, int... upperShape) {
        return new ProblemFile(
                kind, built, new DenseVector(at.tableOrZeros("x", upperShape)), upperShape, lower, sigma());
    }
}
