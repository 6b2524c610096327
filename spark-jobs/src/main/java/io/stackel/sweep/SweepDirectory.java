package io.stackel.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.experiment.JsonWriter;
import io.stackel.store.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A sweep's directory: {@code plan.json}, created once; {@code trials/<name>}, a run directory each; {@code
 * failures/<name>.json}, what ended a trial that could not say so in a directory of its own.
 */
public final class SweepDirectory {

    private static final String PLAN = "plan.json";
    private static final String FAILURES = "failures";
    private static final String SUFFIX = ".json";
    private static final int LARGEST_PLAN = 1 << 30;
    private static final int LARGEST_FAILURE = 1 << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Storage storage;

    /** A directory, there or not. */
    public SweepDirectory(Storage storage) {
        this.storage = storage;
    }

    /** Where it is. */
    public URI root() {
        return storage.root();
    }

    /** Where a trial's run is kept. */
    public URI trial(Trial trial) {
        return trial(root(), trial);
    }

    /** Where a trial's run is kept below a sweep's root. */
    public static URI trial(URI root, Trial trial) {
        String text = root.toString();
        return URI.create((text.endsWith("/") ? text : text + "/") + "trials/" + trial.name());
    }

    /** The plan, if there is one. */
    public Optional<SweepPlan> plan() {
        return planBytes().map(bytes -> SweepPlan.parse(root() + "/" + PLAN, bytes));
    }

    private Optional<byte[]> planBytes() {
        try {
            return Optional.of(storage.read(PLAN, LARGEST_PLAN));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Writes the plan, unless it is there.
     *
     * @return whether it was written now
     * @throws IllegalArgumentException if another plan is there
     */
    public boolean write(SweepPlan plan) {
        byte[] bytes = plan.json().getBytes(StandardCharsets.UTF_8);
        try {
            if (storage.putIfAbsent(PLAN, bytes)) {
                return true;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        if (!Arrays.equals(planBytes().orElseThrow(), bytes)) {
            throw new IllegalArgumentException(
                    "there is another plan at " + root() + "; a plan is never changed: give another --out");
        }
        return false;
    }

    /** Every failure that a trial could not record itself, by name of the trial. */
    public Map<String, TrialResult> failures() {
        Map<String, TrialResult> failures = new TreeMap<>();
        try {
            for (String file : storage.list(FAILURES)) {
                if (file.endsWith(SUFFIX)) {
                    JsonNode tree = MAPPER.readTree(storage.read(FAILURES + "/" + file, LARGEST_FAILURE));
                    failures.put(
                            file.substring(0, file.length() - SUFFIX.length()),
                            new TrialResult(
                                    tree.path("exitCode").asInt(),
                                    tree.path("reason").asText()));
                }
            }
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a failure must be JSON: " + broken.getOriginalMessage(), broken);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return failures;
    }

    /** Records how a trial ended, or forgets an earlier failure of one that did not fail. */
    public void record(Trial trial, TrialResult result) {
        try {
            String path = FAILURES + "/" + trial.name() + SUFFIX;
            if (result.exitCode() == 0) {
                storage.delete(path);
                return;
            }
            Map<String, Object> entries = new LinkedHashMap<>();
            entries.put("format", 1);
            entries.put("exitCode", result.exitCode());
            entries.put("reason", result.reason());
            storage.put(path, (JsonWriter.compact(entries) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
