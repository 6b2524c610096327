package io.stackel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.families.ProblemFile;
import io.stackel.ingest.PreferenceTable;
import io.stackel.problem.PreferencePairs;
import io.stackel.run.CommandFailure;
import io.stackel.run.ExitCode;
import io.stackel.run.InputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel data preferences}. */
@Command(
        name = "preferences",
        description = {
            "Puts a table of labelled pairs of segments into a problem file of kind preferences, and prints that file.",
            "A line of the table is a JSON object: pair (a name), annotator (a name, may be missing), label in [0, 1] (how far"
                    + " the second segment is preferred), first and second, each with observations and actions, which are"
                    + " numbers of states and actions. All lines are checked, and all mistakes reported.",
            "If the problem file has no reward, no new pairs can be labelled, and algorithm alternating learns from these."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel data preferences pairs.jsonl --problem world.json > labelled.json",
            "  stackel run learn.yaml --set problem.file=labelled.json"
        })
final class DataPreferencesCommand extends Subcommand {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Parameters(index = "0", paramLabel = "TABLE.jsonl", description = "The table: a path or a URI.")
    private String table;

    @Option(
            names = "--problem",
            required = true,
            paramLabel = "FILE.json",
            description = {
                "A problem file of kind preferences, with or without pairs of its own, which are replaced. For policies it has"
                        + " the process: gamma, tau, rho, transition."
            })
    private String problem;

    @Override
    ExitCode run() throws IOException {
        ObjectNode file = problemFile();
        ObjectNode section = (ObjectNode) file.path("problem");
        PreferenceTable labelled = PreferenceTable.read(
                table,
                new String(InputFile.read(table, "table"), StandardCharsets.UTF_8),
                count(section, "states"),
                count(section, "actions"));
        put(labelled.pairs(), section);
        byte[] content = JSON.writeValueAsBytes(file);
        ProblemFile.read(problem, new ByteArrayInputStream(content));
        println(new String(content, StandardCharsets.UTF_8));
        tell(labelled.labels() + " labels of " + labelled.pairCount() + " pairs by " + labelled.annotators()
                + (labelled.annotators() == 1 ? " annotator" : " annotators") + ", segments of up to "
                + labelled.pairs().segmentLength() + " steps");
        return ExitCode.SUCCESS;
    }

    private ObjectNode problemFile() throws IOException {
        try {
            JsonNode file = JSON.readTree(InputFile.read(problem, "problem file"));
            if (file.isObject()
                    && file.path("problem").isObject()
                    && file.path("kind").asText().equals("preferences")) {
                return (ObjectNode) file;
            }
        } catch (JsonProcessingException invalid) {
            throw CommandFailure.usage(problem + ": must be JSON: " + invalid.getOriginalMessage(), invalid);
        }
        throw CommandFailure.usage(problem + ": must be a problem file with kind preferences and an object 'problem'");
    }

    private int count(JsonNode section, String key) {
        JsonNode count = section.path(key);
        if (!count.canConvertToInt() || !count.canConvertToExactIntegral() || count.intValue() < 1) {
            throw CommandFailure.usage(problem + ": /problem/" + key + " must be a whole number of at least 1, but "
                    + (count.isMissingNode() ? "is missing" : "was " + count));
        }
        return count.intValue();
    }

    private static void put(PreferencePairs pairs, ObjectNode section) {
        ArrayNode segments = section.putArray("segments");
        ArrayNode labels = section.putArray("labels");
        int length = pairs.segmentLength();
        for (int pair = 0; pair < pairs.size(); pair++) {
            ArrayNode both = segments.addArray();
            for (int place = 0; place < 2; place++) {
                ArrayNode cells = both.addArray();
                for (int t = 0; t < length; t++) {
                    cells.add(pairs.cells()[(2 * pair + place) * length + t]);
                }
            }
            labels.add(pairs.labels()[pair]);
        }
    }
}
