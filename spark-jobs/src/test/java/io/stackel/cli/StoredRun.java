package io.stackel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.experiment.Experiment;
import io.stackel.math.Sha256;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of a run that an older version wrote, from {@code stored/COMMIT}: {@code run.yaml}, and {@code run} as that
 * version's {@code stackel run run.yaml --engine local --out run} left it.
 */
record StoredRun(Path directory, Path configuration) {

    /** A copy in a folder. */
    static StoredRun copy(String commit, Path folder) throws IOException {
        Path stored = stored(commit);
        Path target = folder.resolve(commit);
        try (Stream<Path> files = Files.walk(stored)) {
            for (Path file : files.sorted().toList()) {
                Files.copy(file, target.resolve(stored.relativize(file).toString()));
            }
        }
        return new StoredRun(target.resolve("run"), target.resolve("run.yaml"));
    }

    private static Path stored(String commit) {
        try {
            return Path.of(StoredRun.class.getResource("stored/" + commit).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Takes everything away that came after a commit, as if its driver had been killed then. */
    StoredRun cutAfter(int sequence) throws IOException {
        for (String kind : List.of("commits", "data", "metrics", "timings", "status")) {
            try (Stream<Path> files = Files.list(directory.resolve(kind))) {
                for (Path file : files.toList()) {
                    String[] parts = file.getFileName().toString().split("[-.]", 3);
                    if (kind.equals("status") || Integer.parseInt(parts[1]) > sequence) {
                        Files.delete(file);
                    }
                }
            }
        }
        return this;
    }

    /** Makes it a run of this version's arithmetic, as if no bit had changed since. */
    StoredRun ofPresentNumerics() throws IOException {
        String now = "\"numericsVersion\":" + Experiment.NUMERICS_VERSION;
        Path run = directory.resolve("run.json");
        Files.writeString(run, Files.readString(run).replaceAll("\"numericsVersion\":[0-9]+", now));
        try (Stream<Path> commits = Files.list(directory.resolve("commits"))) {
            for (Path commit : commits.toList()) {
                String line = Files.readAllLines(commit).get(0).replaceAll("\"numericsVersion\":[0-9]+", now);
                Files.writeString(commit, line + "\nsha256:" + Sha256.of(line) + "\n");
            }
        }
        return this;
    }

    int numericsVersion() throws IOException {
        return json(directory.resolve("run.json")).path("numericsVersion").intValue();
    }

    String header() throws IOException {
        return Files.readString(directory.resolve("run.json"));
    }

    /** The newest commit. */
    JsonNode lastCommit() throws IOException {
        try (Stream<Path> commits = Files.list(directory.resolve("commits"))) {
            return json(commits.max(Comparator.naturalOrder()).orElseThrow());
        }
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper()
                .readTree(Files.readString(file, StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElseThrow());
    }
}
