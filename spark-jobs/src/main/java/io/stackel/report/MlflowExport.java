package io.stackel.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.store.RunReader;
import io.stackel.store.RunState;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Committed runs as runs of MLflow: the configuration as parameters, hashes and place as tags, the rows of metrics.
 *
 * <p>A run is known again by the tag {@code stackel.identity} in its experiment. One that went on since is completed, one
 * that did not is left alone; so the same command may be given after every night. Times are those at which the run's
 * drivers had worked so long, counted from the first export; rows sent twice are the same rows to MLflow.
 */
public final class MlflowExport {

    private static final int METRICS_OF_A_CALL = 1000;
    private static final int PARAMETERS_OF_A_CALL = 100;
    private static final int LONGEST_TEXT = 500;
    private static final String IDENTITY = "stackel.identity";
    private static final String METRICS = "stackel.metricsSha256";
    private static final String STATE = "stackel.state";

    /** A parameter or a tag. */
    private record Text(String key, String value) {}

    /** A number of a row; {@code step} is the outer iteration, {@code timestamp} in milliseconds. */
    private record Point(String key, Object value, long timestamp, long step) {}

    private final MlflowServer server;
    private final String experiment;
    private final Clock clock;

    /** Sends to an experiment, which is made if there is none. */
    public MlflowExport(MlflowServer server, String experimentName, Clock clock) throws IOException {
        this.server = server;
        this.clock = clock;
        experiment = server.experiment(experimentName);
    }

    /** What became of a run. */
    public enum Sent {
        /** It was not there. */
        CREATED,
        /** It was there, shorter. */
        COMPLETED,
        /** It was there as it is. */
        UNCHANGED,
        /** It has no commit yet. */
        NOTHING
    }

    /** Sends a run with all its rows. */
    public Sent send(URI out, RunReader reader) throws IOException {
        RunRecord run = RunRecord.read(out, reader);
        if (run.head().isEmpty()) {
            return Sent.NOTHING;
        }
        String filter = "tags.`" + IDENTITY + "` = '" + run.identity() + "'";
        JsonNode found = server.post(
                        "runs/search",
                        Map.of("experiment_ids", List.of(experiment), "filter", filter, "max_results", 1))
                .path("runs")
                .path(0);
        boolean there = !found.isMissingNode();
        if (there
                && tag(found, METRICS).equals(run.told("metricsSha256"))
                && tag(found, STATE).equals(run.told("state"))) {
            return Sent.UNCHANGED;
        }
        JsonNode info = there ? found.path("info") : create(run);
        String id = info.path("run_id").asText();
        long start = info.path("start_time").asLong();
        if (!there) {
            sendAll(id, "params", PARAMETERS_OF_A_CALL, parameters(run));
        }
        sendAll(id, "metrics", METRICS_OF_A_CALL, metrics(run, start));
        sendAll(id, "tags", PARAMETERS_OF_A_CALL, texts(tags(run)));
        long end = start + millis(run.wallSeconds());
        server.post("runs/update", Map.of("run_id", id, "status", status(run.state()), "end_time", end));
        return there ? Sent.COMPLETED : Sent.CREATED;
    }

    /** The tag that a run is known by is set with it, the one that says that all is there comes last. */
    private JsonNode create(RunRecord run) throws IOException {
        Map<String, Object> body = Map.of(
                "experiment_id",
                experiment,
                "run_name",
                run.name(),
                "start_time",
                clock.millis() - millis(run.wallSeconds()),
                "tags",
                texts(Map.of(IDENTITY, run.identity())));
        return server.post("runs/create", body).path("run").path("info");
    }

    private void sendAll(String id, String kind, int atOnce, List<?> entries) throws IOException {
        for (int from = 0; from < entries.size(); from += atOnce) {
            int to = Math.min(entries.size(), from + atOnce);
            server.post("runs/log-batch", Map.of("run_id", id, kind, entries.subList(from, to)));
        }
    }

    private static String tag(JsonNode run, String key) {
        for (JsonNode tag : run.path("data").path("tags")) {
            if (tag.path("key").asText().equals(key)) {
                return tag.path("value").asText();
            }
        }
        return "";
    }

    private static SortedMap<String, String> tags(RunRecord run) {
        return new TreeMap<>(Map.of(
                "stackel.place",
                run.out().toString(),
                "stackel.stateSha256",
                run.told("stateSha256"),
                "stackel.numericsVersion",
                Integer.toString(run.numericsVersion()),
                METRICS,
                run.told("metricsSha256"),
                STATE,
                run.told("state")));
    }

    private static List<Text> texts(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(text -> new Text(text.getKey(), cut(text.getValue())))
                .toList();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 3) + "...";
    }

    private static List<Text> parameters(RunRecord run) {
        Map<String, String> values = new LinkedHashMap<>();
        MetricTable.leaves(run.head().orElseThrow().commit().summary().path("configuration"))
                .forEach((key, value) -> values.put(key, value.isTextual() ? value.textValue() : value.toString()));
        return texts(values);
    }

    /** Every number of every row. */
    private static List<Point> metrics(RunRecord run, long start) {
        Map<Long, Double> seconds = new TreeMap<>();
        for (JsonNode timing : run.timings().where("event", "row").rows()) {
            seconds.put(timing.path("step").asLong(), timing.path("wallSeconds").asDouble());
        }
        List<Point> points = new ArrayList<>();
        for (JsonNode row : run.metrics().rows()) {
            // The figures at the end, for which there is no timing, are as old as the run.
            double age = seconds.getOrDefault(row.path("step").asLong(), run.wallSeconds());
            for (Map.Entry<String, JsonNode> field : row.properties()) {
                JsonNode value = field.getValue();
                Object number = value.isTextual() ? value.textValue() : value;
                points.add(new Point(
                        field.getKey(),
                        number,
                        start + millis(age),
                        row.path("iteration").asLong()));
            }
        }
        return points;
    }

    private static long millis(double seconds) {
        return Math.round(1000 * seconds);
    }

    private static String status(RunState state) {
        return switch (state) {
            case COMPLETE -> "FINISHED";
            case RUNNING, CREATED -> "RUNNING";
            case STOPPED -> "KILLED";
            default -> "FAILED";
        };
    }
}
