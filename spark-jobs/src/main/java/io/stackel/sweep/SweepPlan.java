package io.stackel.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.experiment.JsonText;
import io.stackel.experiment.SweepConfiguration.Reference;
import io.stackel.experiment.SweepConfiguration.Requirements;
import io.stackel.math.Sha256;
import io.stackel.store.Json;
import io.stackel.store.SealedFiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a sweep will run, fixed before the first trial: no times, no hosts, the same text for the same sweep.
 *
 * @param name of the sweep
 * @param axes names of the axes but the seed
 * @param requirements what a trial must hold to count as feasible
 * @param references figures of others that a report sets beside the cells
 * @param trials in order, each identity once
 * @param duplicates points that are the same run as an earlier one, and therefore not trials of their own
 */
public record SweepPlan(
        String name,
        List<String> axes,
        Requirements requirements,
        List<Reference> references,
        List<Trial> trials,
        List<Duplicate> duplicates) {

    private static final int FORMAT_OF_HASH = 1;
    private static final int SHOWN = 12;

    public SweepPlan {
        axes = List.copyOf(axes);
        references = List.copyOf(references);
        trials = List.copyOf(trials);
        duplicates = List.copyOf(duplicates);
        Set<String> names = new HashSet<>();
        for (Trial trial : trials) {
            if (!names.add(trial.name())) {
                throw new IllegalArgumentException("a trial must be planned once, but " + trial.name() + " is twice");
            }
            if (!trial.axes().keySet().equals(Set.copyOf(axes))) {
                throw new IllegalArgumentException("trial " + trial.name() + " must have the axes " + axes
                        + ", but has " + trial.axes().keySet());
            }
        }
    }

    /**
     * A point that is the same run as a trial.
     *
     * @param of name of that trial
     * @param axes of the point
     * @param seed of the point
     */
    public record Duplicate(String of, Map<String, String> axes, long seed) {}

    /** The plan as JSON for people and programs, a line for each trial. */
    public String json() {
        return text(SealedFiles.FORMAT);
    }

    /** The object of {@code plan.json}, on one line. */
    String line() {
        return json().replace("\n", "");
    }

    /** The text of {@code plan.json} as versions before the seal wrote it. */
    String textOfFormatOne() {
        return text(FORMAT_OF_HASH);
    }

    private String text(int format) {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("format", format);
        head.put("name", name);
        head.put("axes", axes);
        Map<String, Object> required = new LinkedHashMap<>();
        requirements.lowerGap().ifPresent(gap -> required.put("lowerGap", gap));
        required.put("completeShare", requirements.completeShare());
        head.put("require", required);
        head.put(
                "references",
                references.stream()
                        .map(reference -> new TreeMap<>(
                                Map.of("axes", new TreeMap<>(reference.labels()), "values", reference.values())))
                        .toList());
        List<Object> twice = new ArrayList<>();
        for (Duplicate duplicate : duplicates) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("of", duplicate.of());
            entry.put("seed", duplicate.seed());
            entry.put("axes", duplicate.axes());
            twice.add(entry);
        }
        head.put("duplicates", twice);
        StringBuilder text = new StringBuilder(JsonText.compact(head));
        text.setLength(text.length() - 1);
        text.append(",\"trials\":[\n");
        for (int i = 0; i < trials.size(); i++) {
            text.append(line(trials.get(i))).append(i + 1 < trials.size() ? ",\n" : "\n");
        }
        return text.append("]}\n").toString();
    }

    private static String line(Trial trial) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", trial.name());
        entry.put("identity", trial.identity());
        entry.put("seed", trial.seed());
        entry.put("axes", trial.axes());
        String line = JsonText.compact(entry);
        String configuration = trial.configuration().lines().map(String::strip).reduce("", String::concat);
        return line.substring(0, line.length() - 1) + ",\"configuration\":" + configuration + "}";
    }

    /**
     * Name of the sweep's directory unless the user gives another: name and 12 digits of the plan's hash. The hash is of the
     * text of format 1, so that a sweep that was planned before the seal keeps its directory.
     */
    public String directoryName() {
        return name + "-" + Sha256.of(textOfFormatOne()).substring(0, SHOWN);
    }

    /**
     * Reads a plan back from JSON.
     *
     * @throws IllegalArgumentException if it is no plan, or a trial's name is not that of its identity
     */
    public static SweepPlan decode(JsonNode tree) {
        List<String> axes = new ArrayList<>();
        tree.path("axes").forEach(axis -> axes.add(axis.asText()));
        JsonNode gap = tree.path("require").path("lowerGap");
        List<Trial> trials = new ArrayList<>();
        for (JsonNode one : tree.path("trials")) {
            trials.add(new Trial(
                    Json.text(one, "name"),
                    Json.text(one, "identity"),
                    Json.whole(one, "seed"),
                    labels(one.path("axes")),
                    one.path("configuration").toString()));
        }
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("trials must hold a trial");
        }
        List<Duplicate> duplicates = new ArrayList<>();
        for (JsonNode one : tree.path("duplicates")) {
            duplicates.add(new Duplicate(Json.text(one, "of"), labels(one.path("axes")), Json.whole(one, "seed")));
        }
        double share = tree.path("require").path("completeShare").asDouble();
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("completeShare must be in [0, 1], but was " + share);
        }
        Requirements requirements =
                new Requirements(gap.isNumber() ? OptionalDouble.of(gap.doubleValue()) : OptionalDouble.empty(), share);
        return new SweepPlan(Json.text(tree, "name"), axes, requirements, references(tree), trials, duplicates);
    }

    private static List<Reference> references(JsonNode tree) {
        List<Reference> references = new ArrayList<>();
        for (JsonNode one : tree.path("references")) {
            SortedMap<String, Double> values = new TreeMap<>();
            one.path("values")
                    .properties()
                    .forEach(
                            value -> values.put(value.getKey(), value.getValue().asDouble()));
            references.add(new Reference(labels(one.path("axes")), values));
        }
        return references;
    }

    private static Map<String, String> labels(JsonNode axes) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> axis : axes.properties()) {
            labels.put(axis.getKey(), axis.getValue().asText());
        }
        return labels;
    }
}
