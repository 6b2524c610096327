package io.stackel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.algorithm.Evaluation;
import io.stackel.run.CommandText;
import io.stackel.run.HadoopSettings;
import io.stackel.run.Quantities;
import io.stackel.run.StatusReport;
import io.stackel.store.Folders;
import io.stackel.store.RunReader;
import io.stackel.store.RunState;
import io.stackel.store.StorageException;
import io.stackel.store.Stores;
import io.stackel.sweep.SweepDirectory;
import io.stackel.sweep.SweepPlan;
import io.stackel.sweep.SweepStatus;
import io.stackel.sweep.Trial;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A run or a sweep as a list shows it.
 *
 * @param place where it is kept, as a user types it
 * @param sweep whether it is one; else a run
 * @param problem by name or {@code file}; of a sweep all of its trials, as of the algorithm and the seed
 * @param state in the words of {@code status}; of a sweep with the number of trials in each
 * @param objective of the leader, at the best response where that is known; none of a sweep
 * @param written when its last commit was
 */
record ListedWork(
        String place,
        boolean sweep,
        String problem,
        String algorithm,
        String seed,
        String state,
        Optional<Double> samples,
        Optional<Double> objective,
        Optional<Duration> written) {

    /** The order of a list; what was never written comes last. */
    static final Comparator<ListedWork> NEWEST_FIRST = Comparator.comparing(
                    (ListedWork one) -> one.written().orElse(Duration.ofSeconds(Long.MAX_VALUE)))
            .thenComparing(ListedWork::place);

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String NAME = "name";
    private static final List<String> HEADS =
            List.of("problem", "algorithm", "seed", "state", "samples", "objective", "age", "place");

    /**
     * Reads what a folder holds; one that cannot be read is listed with that state.
     *
     * @param now from which ages are counted
     */
    static ListedWork of(Folders.Content content, Instant now) {
        try {
            return content.isRun() ? run(content, now) : sweep(content, now);
        } catch (StorageException | IllegalArgumentException | JsonProcessingException unreadable) {
            RunState state =
                    unreadable instanceof StorageException storage && storage.kind() != StorageException.Kind.DAMAGED
                            ? RunState.UNKNOWN
                            : RunState.DAMAGED;
            return new ListedWork(
                    CommandText.shown(content.folder()),
                    content.isSweep(),
                    "-",
                    "-",
                    "-",
                    state.word(),
                    Optional.empty(),
                    Optional.empty(),
                    content.changed().map(at -> since(at, now)));
        }
    }

    private static ListedWork run(Folders.Content content, Instant now) throws JsonProcessingException {
        URI place = content.folder();
        RunReader reader = RunReader.open(Stores.openForReading(place, new HadoopSettings()));
        JsonNode identity = MAPPER.readTree(reader.header().identity().canonicalJson());
        StatusReport status = StatusReport.of(place, reader);
        return new ListedWork(
                CommandText.shown(place),
                false,
                problem(identity),
                identity.path("algorithm").path(NAME).asText(),
                identity.path("seed").asText(),
                status.state().word(),
                known(status.number("samples")),
                known(status.number(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE))
                        .or(() -> known(status.number(Evaluation.UPPER_OBJECTIVE))),
                age(content, now));
    }

    private static ListedWork sweep(Folders.Content content, Instant now) throws JsonProcessingException {
        URI place = content.folder();
        SweepDirectory directory = new SweepDirectory(Stores.openForReading(place, new HadoopSettings()));
        SweepPlan plan = directory.plan().orElseThrow();
        SweepStatus status =
                SweepStatus.of(plan, directory, trial -> Stores.openForReading(trial, new HadoopSettings()));
        List<JsonNode> trials = new ArrayList<>();
        for (Trial trial : plan.trials()) {
            trials.add(MAPPER.readTree(trial.configuration()));
        }
        double samples = status.trials().stream()
                .flatMap(trial -> trial.status().stream())
                .mapToDouble(one -> one.number("samples").orElse(0))
                .sum();
        List<Long> seeds =
                plan.trials().stream().map(Trial::seed).distinct().sorted().toList();
        long span = seeds.get(seeds.size() - 1) - seeds.get(0) + 1;
        return new ListedWork(
                CommandText.shown(place),
                true,
                distinct(trials, ListedWork::problem),
                distinct(trials, one -> one.path("algorithm").path(NAME).asText()),
                seeds.size() > 1 && span == seeds.size()
                        ? seeds.get(0) + ".." + seeds.get(seeds.size() - 1)
                        : seeds.stream().map(String::valueOf).collect(Collectors.joining(",")),
                status.counts().entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", ")),
                Optional.of(samples),
                Optional.empty(),
                plan.trials().stream()
                        .map(directory::trial)
                        .flatMap(trial -> Folders.read(trial, new HadoopSettings()).stream())
                        .flatMap(trial -> age(trial, now).stream())
                        .min(Comparator.naturalOrder())
                        .or(() -> content.changed().map(at -> since(at, now))));
    }

    private static Duration since(long millis, Instant now) {
        return Duration.between(Instant.ofEpochMilli(millis), now);
    }

    private static Optional<Duration> age(Folders.Content run, Instant now) {
        return Folders.lastCommit(run, new HadoopSettings()).map(at -> since(at, now));
    }

    private static String problem(JsonNode configuration) {
        JsonNode section = configuration.path("problem");
        return section.has(NAME) ? section.path(NAME).asText() : "file";
    }

    private static String distinct(List<JsonNode> trials, Function<JsonNode, String> word) {
        return trials.stream().map(word).distinct().collect(Collectors.joining(","));
    }

    private static Optional<Double> known(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    /** One JSON object. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", sweep ? "sweep" : "run");
        tree.put("place", place);
        tree.put("problem", problem);
        tree.put("algorithm", algorithm);
        tree.put("seed", seed);
        tree.put("state", state);
        tree.put("samples", samples);
        tree.put("objective", objective);
        tree.put("ageSeconds", written.map(Duration::toSeconds));
        return tree;
    }

    private List<String> cells() {
        return List.of(
                problem,
                algorithm,
                seed,
                state,
                samples.map(Quantities::count).orElse("-"),
                objective.map(Quantities::number).orElse("-"),
                written.map(age -> Quantities.duration((double) Math.max(0, age.toSeconds())))
                        .orElse("-"),
                place);
    }

    /** A table for people, a line each; the place comes last, for it is as long as it is. */
    static String table(List<ListedWork> all) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADS));
        all.forEach(one -> rows.add(one.cells()));
        int[] widths = new int[HEADS.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
