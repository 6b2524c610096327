package io.stackel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Spark wrote of its applications: the proof that a fault was reached. */
record EventLog(Path folder) {

    /** Settings by which an application writes here. */
    List<String> settings() {
        return List.of(
                "spark.eventLog.enabled=true",
                "spark.eventLog.compress=false",
                "spark.eventLog.rolling.enabled=false",
                "spark.eventLog.dir=" + folder.toUri());
    }

    /** Attempts at tasks that were second copies of running ones. */
    long speculativeAttempts() {
        return count(
                "SparkListenerTaskStart",
                event -> event.path("Task Info").path("Speculative").asBoolean());
    }

    /** Attempts that ended with their executor. */
    long attemptsLost() {
        return count(
                "SparkListenerTaskEnd",
                event -> event.path("Task End Reason").path("Reason").asText().equals("ExecutorLostFailure"));
    }

    /** Executors that came. */
    long executorsAdded() {
        return count("SparkListenerExecutorAdded", event -> true);
    }

    /** Executors that went away before the end. */
    long executorsLost() {
        return count("SparkListenerExecutorRemoved", event -> true);
    }

    private long count(String kind, java.util.function.Predicate<JsonNode> such) {
        ObjectMapper mapper = new ObjectMapper();
        long found = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (line.contains(kind) && such.test(mapper.readTree(line))) {
                        found++;
                    }
                }
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        return found;
    }
}
