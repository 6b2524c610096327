package io.stackel.families;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.stackel.problem.Problem;
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
        return new ProblemSections(known, problem.orElseThrow(() -> missing(name, "/problem")), at).file();
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
}
