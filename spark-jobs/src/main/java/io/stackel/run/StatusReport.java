package io.stackel.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.Outcome;
import io.stackel.algorithm.Safetensors;
import io.stackel.algorithm.State;
import io.stackel.algorithm.StateHash;
import io.stackel.experiment.JsonText;
import io.stackel.store.Head;
import io.stackel.store.Json;
import io.stackel.store.RunReader;
import io.stackel.store.RunSnapshot;
import io.stackel.store.RunState;
import io.stackel.store.RunStatus;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** How a run stands, for people and for programs; read from its directory alone. */
public record StatusReport(Map<String, Object> entries) {

    /**
     * The report on a run, beside a live driver too.
     *
     * @throws io.stackel.store.StorageException damaged if a driver says more than the commits hold, or if they cannot be
     *     read
     */
    public static StatusReport of(URI out, RunReader reader) {
        RunSnapshot snapshot = reader.snapshot();
        snapshot.requireSound();
        return of(out, reader, snapshot);
    }

    /** What the commits hold, whatever drivers say. */
    public static StatusReport of(URI out, RunReader reader, RunSnapshot snapshot) {
        Optional<Head> head = snapshot.head();
        Optional<RunStatus> word = snapshot.word();
        Ending ending = Ending.of(snapshot);
        Optional<State> state = head.map(found -> Safetensors.decode(found.state()));
        Optional<CommitSummary> summary = head.map(CommitSummary::of);
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("name", summary.map(CommitSummary::name));
        entries.put("state", ending.state().word());
        entries.put(
                "reason",
                word.filter(RunStatus::released).map(RunStatus::reason).filter(reason -> !reason.isEmpty()));
        entries.put("notices", snapshot.notices());
        entries.put("step", state.map(State::step));
        entries.put("iteration", state.map(State::iteration));
        entries.put("samples", state.map(State::samples));
        entries.put("lowerSamples", state.map(State::lowerSamples));
        entries.put("upperSamples", state.map(State::upperSamples));
        for (String figure : List.of(
                Evaluation.UPPER_OBJECTIVE,
                Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE,
                Evaluation.STATIONARITY_GAP,
                Evaluation.LOWER_GAP)) {
            entries.put(figure, summary.map(found -> found.figures().get(figure)));
        }
        entries.put("stateSha256", state.map(StateHash::sha256));
        entries.put("metricsSha256", head.map(reader::metricsSha256));
        entries.put("exitCode", ending.exitCode());
        entries.put("retryable", ending.retryable());
        entries.put("wallSeconds", summary.map(CommitSummary::wallSeconds));
        entries.put("problemCode", summary.flatMap(found -> found.code().problem()));
        entries.put("problemCodeChange", head.flatMap(StatusReport::lastCodeChange));
        entries.put("lastCommit", head.map(found -> found.commit().id().toString()));
        entries.put("identity", reader.header().sha256());
        entries.put("out", out.toString());
        return new StatusReport(entries);
    }

    /**
     * Reads again what {@link #json} wrote of a run.
     *
     * @param out where the run is now
     * @throws IllegalArgumentException if it is no such report
     */
    public static StatusReport decode(ObjectNode report, URI out) {
        Map<String, Object> entries = new LinkedHashMap<>();
        report.properties().forEach(entry -> entries.put(entry.getKey(), value(entry.getValue())));
        List<String> notices = new ArrayList<>();
        report.path("notices").forEach(notice -> notices.add(notice.asText()));
        entries.put("notices", notices);
        entries.put("state", RunState.of(Json.text(report, "state")).word());
        entries.put("out", out.toString());
        return new StatusReport(entries);
    }

    /** Reals that are not finite are texts in JSON. */
    private static Optional<Object> value(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.numberValue());
        }
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue());
        }
        return value.isNull()
                ? Optional.empty()
                : switch (value.asText()) {
                    case "NaN", "Infinity", "-Infinity" -> Optional.of(Double.valueOf(value.asText()));
                    default -> Optional.of(value.asText());
                };
    }

    /** One of created, running, complete, diverged, stopped, failed. */
    public RunState state() {
        return RunState.of((String) entries.get("state"));
    }

    /** Of the newest driver, if it has ended and could say so. */
    public Optional<Integer> exitCode() {
        return entry("exitCode", Integer.class);
    }

    /** Why the newest driver ended before the run did, or empty. */
    public String reason() {
        return entry("reason", String.class).orElse("");
    }

    /** What was found damaged and passed over, a sentence each. */
    public List<String> notices() {
        return ((List<?>) entries.get("notices")).stream().map(String::valueOf).toList();
    }

    /** The hash of its state, if it has a commit. */
    public Optional<String> stateSha256() {
        return entry("stateSha256", String.class);
    }

    /** A number of the report, by its key. */
    public OptionalDouble number(String key) {
        return entry(key, Number.class)
                .map(value -> OptionalDouble.of(value.doubleValue()))
                .orElse(OptionalDouble.empty());
    }

    /** The code of the user's own that the last commit was computed with, if it says so. */
    public Optional<String> problemCode() {
        return entry("problemCode", String.class);
    }

    private static Optional<String> lastCodeChange(Head head) {
        List<CodeChange> changes = CodeChange.of(head.chain());
        return changes.stream().reduce((earlier, later) -> later).map(CodeChange::toString);
    }

    private <T> Optional<T> entry(String key, Class<T> type) {
        return ((Optional<?>) entries.getOrDefault(key, Optional.empty())).map(type::cast);
    }

    /** One JSON object; what is not known yet is null. */
    public String json() {
        return JsonText.indented(entries);
    }

    /** A line for each entry that is known. */
    public String text() {
        StringBuilder text = new StringBuilder();
        notices().forEach(notice -> text.append(line("notice", notice)));
        entries.forEach((key, entry) -> {
            if (!(entry instanceof List)) {
                text.append(line(
                        key, shown(key, entry instanceof Optional<?> optional ? optional.orElse(null) : entry)));
            }
        });
        return text.toString();
    }

    private static String line(String label, String value) {
        return String.format(Locale.ROOT, "%-30s%s\n", label, value);
    }

    private static String shown(String key, Object value) {
        if (!(value instanceof Double real)) {
            return value == null ? "-" : value.toString();
        }
        return key.equals("wallSeconds") ? Quantities.duration(real) : Quantities.number(real);
    }

    /**
     * How the newest driver of a run ended, if it did: an end of the run follows from its commits alone, an
     * earlier end from what the driver wrote.
     *
     * @param exitCode nothing while it runs, or after a death that it could not report
     */
    private record Ending(RunState state, Optional<Integer> exitCode, boolean retryable) {

        static Ending of(RunSnapshot snapshot) {
            Outcome outcome =
                    snapshot.head().map(found -> found.commit().outcome()).orElse(Outcome.RUNNING);
            return switch (outcome) {
                case COMPLETE -> new Ending(RunState.of(outcome), Optional.of(ExitCode.SUCCESS.code()), false);
                case DIVERGED -> new Ending(RunState.of(outcome), Optional.of(ExitCode.DIVERGED.code()), false);
                case RUNNING ->
                    snapshot.word()
                            .filter(word -> word.released() && word.state().isEarlyEnd())
                            .map(word -> new Ending(word.state(), Optional.of(word.exitCode()), word.retryable()))
                            .orElseGet(() -> new Ending(
                                    snapshot.epoch() == 0 ? RunState.CREATED : RunState.RUNNING,
                                    Optional.empty(),
                                    true));
            };
        }
    }
}
