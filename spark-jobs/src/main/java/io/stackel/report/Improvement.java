package io.stackel.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.algorithm.Evaluation;
import io.stackel.store.Head;
import io.stackel.store.RunReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a run has gained, in a sentence for people. */
public final class Improvement {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Improvement() {}

    /** The upper objective in the first row of metrics and now, at the best response where that is known. */
    public static Optional<String> of(RunReader reader, Head head) {
        String metrics = new String(reader.read(head.chain().get(0).metrics()), StandardCharsets.UTF_8);
        JsonNode first = metrics.lines().findFirst().map(Improvement::parse).orElseGet(MAPPER::createObjectNode);
        CommitSummary now = CommitSummary.decode(head.commit().summary());
        for (String figure : List.of(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE, Evaluation.UPPER_OBJECTIVE)) {
            if (first.path(figure).isNumber() && now.figure(figure).isPresent()) {
                return Optional.of(figure + ": "
                        + Quantities.number(first.path(figure).doubleValue()) + " at the start, "
                        + Quantities.number(now.figure(figure).getAsDouble()) + " now (lower is better)");
            }
        }
        return Optional.empty();
    }

    private static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a row of metrics must be JSON, but was " + line, damaged);
        }
    }
}
