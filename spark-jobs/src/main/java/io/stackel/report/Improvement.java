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

    private static final String ERROR = "StandardError";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Improvement() {}

    /**
     * The upper objective at the start and now, at the best response where that is known. The start is the status quo, if it
     * was measured, else the first row of metrics.
     */
    public static Optional<String> of(RunReader reader, Head head) {
        String metrics = new String(reader.read(head.chain().get(0).metrics()), StandardCharsets.UTF_8);
        JsonNode first = metrics.lines().findFirst().map(Improvement::parse).orElseGet(MAPPER::createObjectNode);
        CommitSummary now = CommitSummary.decode(head.commit().summary());
        for (String figure : List.of(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE, Evaluation.UPPER_OBJECTIVE)) {
            String from = first.path(RunAnswer.STATUS_QUO).isNumber() ? RunAnswer.STATUS_QUO : figure;
            if (first.path(from).isNumber() && now.figure(figure).isPresent()) {
                return Optional.of(figure + ": "
                        + shown(
                                first.path(from).doubleValue(),
                                first.path(from + ERROR).asDouble(0))
                        + (from.equals(figure) ? " at the start, " : " with a follower that had learnt at the start, ")
                        + shown(
                                now.figure(figure).getAsDouble(),
                                now.figure(figure + ERROR).orElse(0))
                        + " now (lower is better)");
            }
        }
        return Optional.empty();
    }

    private static String shown(double value, double standardError) {
        return Quantities.number(value) + (standardError > 0 ? " +- " + Quantities.number(standardError) : "");
    }

    private static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a row of metrics must be JSON, but was " + line, damaged);
        }
    }
}
