package io.stackel.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.ConfigurationDifference;
import io.stackel.experiment.ExperimentConfiguration;
import io.stackel.experiment.JsonText;
import io.stackel.experiment.KeyChange;
import io.stackel.store.Head;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a commit says of itself beside its files, so that status, export and the next driver need no other source.
 *
 * @param name of the run
 * @param figures the latest row of metrics by name; empty before the first
 * @param stateSha256 hash of the state
 * @param wallSeconds time that all drivers together have spent on the chain
 * @param configuration the resolved configuration as JSON
 * @param changes tunable and free keys that differ from the parent's configuration, and code, a line each
 * @param code that computed it
 */
public record CommitSummary(
        String name,
        SortedMap<String, Double> figures,
        String stateSha256,
        double wallSeconds,
        String configuration,
        List<String> changes,
        Code code) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String CODE_VERSION = "codeVersion";
    private static final String PROBLEM_CODE = "problemCode";

    /**
     * The code that computed a commit, as far as it says so; older ones do not.
     *
     * @param version of Stackel
     * @param problem digest of the jar or folder that holds the user's problem, 64 hexadecimal digits; {@code stackel} if
     *     the problem ships with it
     */
    public record Code(Optional<String> version, Optional<String> problem) {

        static Code decode(ObjectNode summary) {
            return new Code(text(summary, CODE_VERSION), text(summary, PROBLEM_CODE));
        }

        private static Optional<String> text(ObjectNode summary, String key) {
            return Optional.ofNullable(summary.get(key)).map(JsonNode::asText);
        }
    }

    public CommitSummary {
        figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
        changes = List.copyOf(changes);
    }

    /** As the store takes it, with some counts of the state in front. */
    public ObjectNode encode(Map<String, Long> counts) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.putAll(counts);
        tree.put("stateSha256", stateSha256);
        tree.put("wallSeconds", wallSeconds);
        tree.put("figures", figures);
        tree.put("changes", changes);
        code.version().ifPresent(version -> tree.put(CODE_VERSION, version));
        code.problem().ifPresent(digest -> tree.put(PROBLEM_CODE, digest));
        ObjectNode node = parse(JsonText.compact(tree));
        node.set("configuration", parse(configuration));
        return node;
    }

    /** The summary of the newest commit. */
    public static CommitSummary of(Head head) {
        return decode(head.commit().summary());
    }

    public static CommitSummary decode(ObjectNode node) {
        SortedMap<String, Double> figures = new TreeMap<>();
        for (Map.Entry<String, JsonNode> figure : node.path("figures").properties()) {
            JsonNode value = figure.getValue();
            figures.put(figure.getKey(), value.isTextual() ? Double.parseDouble(value.asText()) : value.asDouble());
        }
        List<String> changes = new ArrayList<>();
        node.path("changes").forEach(change -> changes.add(change.asText()));
        return new CommitSummary(
                node.path("name").asText(),
                figures,
                node.path("stateSha256").asText(),
                node.path("wallSeconds").asDouble(),
                node.path("configuration").toString(),
                changes,
                Code.decode(node));
    }

    /** The text of the configuration, as the decoder takes it. */
    public byte[] configurationText() {
        return configuration.getBytes(StandardCharsets.UTF_8);
    }

    /** The tunable and free keys that differ from this configuration's, a line each. */
    public List<String> changes(ExperimentConfiguration now, Catalogue catalogue) {
        ExperimentConfiguration recorded = new ConfigurationDecoder(catalogue.vocabulary())
                .ofRecords()
                .decode("recorded configuration", configurationText(), List.of());
        return ConfigurationDifference.between(recorded, now).stream()
                .map(KeyChange::toString)
                .toList();
    }

    /** A figure of the latest row. */
    public OptionalDouble figure(String key) {
        return Optional.ofNullable(figures.get(key)).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("what the writer wrote must be JSON", impossible);
        }
    }
}
