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
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A problem of a user's own, read from JSON with its tables or data, and the point at which it is looked at.
 *
 * <pre>
 *   {"kind": ..., "problem": {"states": S, "gamma": discount, "tau": entropyWeight, "rho": [S], ...},
 *    "at": {"x": ..., "theta": [S][B], "sigma": ...}}
 * </pre>
 *
 * <p>{@link ProblemFormat} declares the keys of every kind. {@code at} and everything in it may be missing. Other keys beside
 * the three are skipped, unread.
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
        if (parser.currentToken() != JsonToken.VALUE_STRING
                || !ProblemFormat.kinds().contains(parser.getText())) {
            throw new ProblemFileException(
                    name,
                    "/kind",
                    "must be one of " + String.join(", ", ProblemFormat.kinds()) + ", but was " + parser.getText());
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
