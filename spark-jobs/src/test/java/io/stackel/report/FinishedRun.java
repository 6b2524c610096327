package io.stackel.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.cli.Main;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.run.CommitSummary;
import io.stackel.store.Owner;
import io.stackel.store.RunReader;
import io.stackel.store.RunStatus;
import io.stackel.store.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/** A small run of four-rooms that the command line has carried out, for reports. */
final class FinishedRun {

    private FinishedRun() {}

    private static Configuration noHadoop() {
        throw new AssertionError("a run on this disk must not need Hadoop");
    }

    /** Runs the configuration of the command line's tests in a folder. */
    static Path in(Path folder) {
        try {
            Path configuration = folder.resolve("tiny-rooms.yaml");
            Files.copy(Main.class.getResourceAsStream("tiny-rooms.yaml"), configuration);
            Path out = folder.resolve("run");
            command("run", configuration, "--engine", "local", "--out", out, "--set", "evaluation.every=1");
            return out;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs a command that must succeed, and returns what it printed. */
    static String command(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] words = java.util.Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
        int code = Main.run(
                words,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What a report reads of a run. */
    static RunRecord record(Path run) {
        URI out = run.toUri();
        return RunRecord.read(out, RunReader.open(Stores.openForReading(out, FinishedRun::noHadoop)));
    }

    static ConfigurationDecoder decoder() {
        return new ConfigurationDecoder(
                Catalogue.load(FinishedRun.class.getClassLoader()).vocabulary());
    }

    /** The same record with a payload in every text that anybody but Stackel may have written. */
    static RunRecord hostile(RunRecord run) {
        String all = Payloads.together();
        CommitSummary summary = run.summary().orElseThrow();
        Map<String, Object> standing = new LinkedHashMap<>(run.standing());
        standing.put("state", all);
        standing.put("stateSha256", all);
        return new RunRecord(
                run.out(),
                all,
                run.numericsVersion(),
                run.head(),
                Optional.of(new CommitSummary(
                        all,
                        new TreeMap<>(summary.figures()),
                        all,
                        1,
                        hostile(MetricTable.parse(summary.configurationText())
                                        .rows()
                                        .get(0))
                                .toString(),
                        List.of(all),
                        new CommitSummary.Code(Optional.of(all), Optional.of(all)))),
                Optional.of(new RunStatus(1, all, 1, all, 0, false, true)),
                List.of(new Owner(1, new UUID(1, 2), all, all)),
                standing,
                hostile(run.metrics()),
                hostile(run.timings()),
                List.of(all));
    }

    private static ObjectNode hostile(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        Payloads.ALL.forEach(payload -> copy.put(payload, payload));
        return copy;
    }

    private static MetricTable hostile(MetricTable table) {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode row : table.rows()) {
            ObjectNode copy = row.deepCopy();
            for (String payload : Payloads.ALL) {
                copy.put(payload, rows.size());
            }
            copy.put("lowerGap", Payloads.together());
            if (row.path("event").asText().equals("driver")) {
                copy.set("engine", hostile(JsonNodeFactory.instance.objectNode()));
            }
            rows.add(copy);
        }
        return new MetricTable(rows);
    }
}
