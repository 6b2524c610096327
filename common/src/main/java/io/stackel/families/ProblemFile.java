package io.stackel.families;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.MemoryBlocks;
import io.stackel.problem.Problem;
import io.stackel.problem.Range;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A problem of a user's own, read from JSON with its tables or data, and the point at which it is looked at.
 *
 * <pre>
 *   {"kind": "reward_design" | "stackelberg" | "zero_sum" | "preferences" | "inverse_rl" | "ridge",
 *    "problem": {"states": S, "gamma": discount, "tau": entropyWeight, "rho": [S], ...},
 *    "at": {"x": ..., "theta": [S][B], "sigma": ...}}
 *
 *   reward_design: "actions": B, "cost", "transition" [S][B][S], "follower_reward" [S][B], "leader_reward" [S][B]; x [S][B]
 *   stackelberg: "leader_actions": A, "follower_actions": B, "transition" [S][A][B][S],
 *                "follower_reward" [S][A][B], "leader_reward" [S][A][B]; x [S][A]
 *   zero_sum: "actions_1": A, "actions_2": B, "transition" [S][A][B][S], "payoff" [S][A][B] to player 1; if given,
 *             "designer_reward" [S][A][B] and "cost" (both zero by default); x [S][A][B];
 *             in "at" "theta_1" [S][A] and "theta_2" [S][B] in place of theta and sigma
 *
 *   preferences: "actions": A, "segments" [n][2][L] of cells state * A + action, -1 after the end of a shorter one, "labels"
 *                [n] in [0, 1]: how far the second segment is preferred; if given, "features" [S][A][d] of the reward model
 *                (one number a cell by default), "regularization" (0); for policies the process: "gamma", "tau", "rho",
 *                "transition" [S][A][S]; and for labels of new pairs "reward" [S][A], with "temperature" (1) and "noise"
 *                (0); x [S][A] or [d]
 *
 *   inverse_rl: "actions": A, "gamma", "tau", "transition" [S][A][S], "experts" [n][4] of rows trajectory, step, state, action,
 *               action -1 where a trajectory was cut; if given, "features" [S][A][d] of the reward model, "regularization"
 *               (0), "reward" [S][A], which experts follow; starts where they start, without "rho"; x [S][A] or [d]
 *
 *   ridge: "problem" has "train_features" [N][n], "train_labels" [N], "validation_features" [M][n],
 *          "validation_labels" [M]; "at" has x [n], w [n], sigma
 * </pre>
 *
 * <p>A row of {@code transition} may sum to less than one: the rest ends the episode. {@code at} and everything in it may be missing. Other keys beside the three are skipped, unread.
 *
 * @param kind as in the file
 * @param problem the problem
 * @param upper x, by default zeros
 * @param upperShape the axes of x
 * @param lower theta, the follower's softmax logits, S x B, of two players S x A followed by S x B, or w; by default
 *     zeros
 * @param sigma of surrogates, by default 0.1
 */
public record ProblemFile(
        String kind, Problem problem, DenseVector upper, int[] upperShape, double[] lower, double sigma) {

    static final String REWARD_DESIGN = "reward_design";
    static final String STACKELBERG = "stackelberg";
    static final String ZERO_SUM = "zero_sum";
    static final String PREFERENCES = "preferences";
    static final String INVERSE = "inverse_rl";
    static final String RIDGE = "ridge";

    private static final List<String> KINDS =
            List.of(REWARD_DESIGN, STACKELBERG, ZERO_SUM, PREFERENCES, INVERSE, RIDGE);
    private static final int ROWS_PER_BLOCK = 16;
    private static final double DEFAULT_SIGMA = 0.1;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /**
     * Reads a problem.
     *
     * @param name the file's name, for messages
     * @param json its content; not closed
     * @throws ProblemFileException if it is not JSON of this format
     * @throws IOException if it cannot be read
     */
    public static ProblemFile read(String name, InputStream json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            return read(name, parser);
        } catch (JsonProcessingException e) {
            throw new ProblemFileException(
                    name,
                    "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr(),
                    "must be JSON: " + e.getOriginalMessage());
        }
    }

    private static ProblemFile read(String name, JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new ProblemFileException(name, "content", "must be a JSON object");
        }
        JsonNumbers numbers = new JsonNumbers(name, parser);
        Optional<String> kind = Optional.empty();
        Optional<JsonSection> problem = Optional.empty();
        JsonSection at = JsonSection.absent(name, "/at");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "kind" -> kind = Optional.of(knownKind(name, parser));
                case "problem" -> problem = Optional.of(numbers.section());
                case "at" -> at = numbers.section();
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new ProblemFileException(name, "content", "must end after one JSON object");
        }
        String known = kind.orElseThrow(() -> missing(name, "/kind"));
        JsonSection section = problem.orElseThrow(() -> missing(name, "/problem"));
        return switch (known) {
            case REWARD_DESIGN -> rewardDesign(section, at);
            case STACKELBERG -> stackelberg(section, at);
            case ZERO_SUM -> zeroSum(section, at);
            case PREFERENCES -> preferences(section, at);
            case INVERSE -> inverse(section, at);
            default -> ridge(section, at);
        };
    }

    private static String knownKind(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING || !KINDS.contains(parser.getText())) {
            throw new ProblemFileException(
                    name, "/kind", "must be one of " + String.join(", ", KINDS) + ", but was " + parser.getText());
        }
        return parser.getText();
    }

    private static ProblemFileException missing(String name, String pointer) {
        return new ProblemFileException(name, pointer, "must be given, but is missing");
    }

    private static ProblemFile rewardDesign(JsonSection section, JsonSection at) {
        section.requireOnly(List.of(
                "states", "actions", "gamma", "tau", "cost", "rho", "transition", "follower_reward", "leader_reward"));
        int states = section.count("states");
        int actions = section.count("actions");
        MarkovGame game = MarkovGame.ofProcess(
                states,
                actions,
                section.transitions("transition", states, actions, states),
                section.distribution("rho", states),
                section.real("gamma", Range.halfOpen(0, 1)));
        RewardDesign problem = new RewardDesign(
                game,
                section.table("follower_reward", states, actions),
                section.table("leader_reward", states, actions),
                section.real("tau", Range.NON_NEGATIVE),
                section.real("cost", Range.NON_NEGATIVE));
        return at(REWARD_DESIGN, problem, at, states, actions);
    }

    private static ProblemFile stackelberg(JsonSection section, JsonSection at) {
        section.requireOnly(List.of(
                "states",
                "leader_actions",
                "follower_actions",
                "gamma",
                "tau",
                "rho",
                "transition",
                "leader_reward",
                "follower_reward"));
        int states = section.count("states");
        int leader = section.count("leader_actions");
        int follower = section.count("follower_actions");
        MarkovGame game = new MarkovGame(
                states,
                leader,
                follower,
                section.transitions("transition", states, leader, follower, states),
                section.distribution("rho", states),
                section.real("gamma", Range.halfOpen(0, 1)));
        Stackelberg problem = new Stackelberg(
                game,
                section.table("follower_reward", states, leader, follower),
                section.table("leader_reward", states, leader, follower),
                section.real("tau", Range.NON_NEGATIVE));
        return at(STACKELBERG, problem, at, states, leader);
    }

    private static ProblemFile zeroSum(JsonSection section, JsonSection at) {
        section.requireOnly(List.of(
                "states",
                "actions_1",
                "actions_2",
                "gamma",
                "tau",
                "rho",
                "transition",
                "payoff",
                "designer_reward",
                "cost"));
        int states = section.count("states");
        int first = section.count("actions_1");
        int second = section.count("actions_2");
        int cells = states * first * second;
        MarkovGame game = MarkovGame.ofProcess(
                states,
                first * second,
                section.transitions("transition", states, first, second, states),
                section.distribution("rho", states),
                section.real("gamma", Range.halfOpen(0, 1)));
        ZeroSumIncentive problem = new ZeroSumIncentive(
                game,
                first,
                section.table("payoff", states, first, second),
                section.has("designer_reward")
                        ? section.table("designer_reward", states, first, second)
                        : new double[cells],
                section.real("tau", Range.NON_NEGATIVE),
                section.has("cost") ? section.real("cost", Range.NON_NEGATIVE) : 0);
        at.requireOnly(List.of("x", "theta_1", "theta_2"));
        double[] lower = new double[states * (first + second)];
        if (at.has("theta_1")) {
            System.arraycopy(at.table("theta_1", states, first), 0, lower, 0, states * first);
        }
        if (at.has("theta_2")) {
            System.arraycopy(at.table("theta_2", states, second), 0, lower, states * first, states * second);
        }
        return new ProblemFile(
                ZERO_SUM,
                problem,
                new DenseVector(at.has("x") ? at.table("x", states, first, second) : new double[cells]),
                new int[] {states, first, second},
                lower,
                DEFAULT_SIGMA);
    }

    private static ProblemFile preferences(JsonSection section, JsonSection at) {
        PreferenceFile file = new PreferenceFile(section);
        return at(PREFERENCES, file.problem(), at, file.upperShape());
    }

    private static ProblemFile inverse(JsonSection section, JsonSection at) {
        InverseFile file = new InverseFile(section);
        return at(INVERSE, file.problem(), at, file.upperShape());
    }

    private static ProblemFile ridge(JsonSection section, JsonSection at) {
        section.requireOnly(List.of("train_features", "train_labels", "validation_features", "validation_labels"));
        at.requireOnly(List.of("x", "w", "sigma"));
        int features = section.columns("train_features");
        HyperParameters problem = HyperParameters.of(
                rows(section, "train", features), rows(section, "validation", features), HyperParameters.RowLoss.RIDGE);
        return new ProblemFile(
                RIDGE,
                problem,
                new DenseVector(at.has("x") ? at.table("x", features) : new double[features]),
                new int[] {features},
                at.has("w") ? at.table("w", features) : new double[features],
                at.has("sigma") ? at.real("sigma", Range.POSITIVE) : DEFAULT_SIGMA);
    }

    private static MemoryBlocks rows(JsonSection section, String name, int features) {
        int rows = section.rows(name + "_features");
        return MemoryBlocks.of(
                features,
                section.table(name + "_features", rows, features),
                section.table(name + "_labels", rows),
                ROWS_PER_BLOCK);
    }

    /**
     * This file, if there is something in it to be solved; pairs of segments without a process are not.
     *
     * @param name the file's name, for messages
     * @throws ProblemFileException if the process is missing
     */
    public ProblemFile solvable(String name) {
        if (problem instanceof Preferences one && one.known() == Preferences.Known.PAIRS) {
            throw missing(name, "/problem/transition");
        }
        return this;
    }

    private static ProblemFile at(String kind, FiniteProblem problem, JsonSection at, int... upperShape) {
        at.requireOnly(List.of("x", "theta", "sigma"));
        int states = problem.states();
        int actions = problem.actions();
        return new ProblemFile(
                kind,
                problem,
                new DenseVector(at.has("x") ? at.table("x", upperShape) : new double[problem.upperSize()]),
                upperShape,
                at.has("theta") ? at.table("theta", states, actions) : new double[states * actions],
                at.has("sigma") ? at.real("sigma", Range.POSITIVE) : DEFAULT_SIGMA);
    }
}
