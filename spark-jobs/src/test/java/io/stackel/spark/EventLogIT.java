package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.estimate.BatchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogIT {

    private static final BatchRequest REQUEST = GameRecipe.request(101, false);
    private static final int BATCHES = 20;
    private static final int TASKS = 3;

    @TempDir
    private Path directory;

    /** Measured: 2,470 bytes a batch and 2,430 a task. Spark's stack traces and accumulables would double both. */
    @Test
    void aBatchAndItsTasksTakeLittle() throws IOException {
        Path logs = Files.createDirectory(directory.resolve("logs"));
        SparkConf settings = new SparkConf()
                .set("spark.eventLog.enabled", "true")
                .set("spark.eventLog.compress", "false")
                .set("spark.eventLog.rolling.enabled", "false")
                .set("spark.eventLog.dir", logs.toUri().toString());
        try (SparkEngine engine = SparkEngine.open("local[2]", "EventLogIT", settings);
                SparkOracle oracle = new SparkOracle(
                        engine.context(),
                        "pursuit",
                        GameRecipe.THROW,
                        GameRecipe.bytes(directory),
                        OptionalInt.of(TASKS),
                        OptionalLong.empty())) {
            for (int i = 0; i < BATCHES; i++) {
                oracle.evaluate(REQUEST, "batch " + i);
            }
            assertThat(engine.context().getLocalProperty("callSite.short")).isNull();
            assertThat(engine.context().getLocalProperty("callSite.long")).isNull();
        }
        List<String> events;
        try (Stream<Path> files = Files.list(logs)) {
            events = Files.readAllLines(files.filter(file -> !file.toString().endsWith(".crc"))
                    .findFirst()
                    .orElseThrow());
        }
        assertThat(bytes(events, "TaskStart", "TaskEnd") / (BATCHES * TASKS)).isBetween(2_000L, 3_000L);
        assertThat(bytes(events, "JobStart", "JobEnd", "StageSubmitted", "StageCompleted") / BATCHES)
                .isBetween(2_000L, 3_000L);
    }

    private static long bytes(List<String> events, String... kinds) {
        return events.stream()
                .filter(event ->
                        Stream.of(kinds).anyMatch(kind -> event.startsWith("{\"Event\":\"SparkListener" + kind + "\"")))
                .mapToLong(String::length)
                .sum();
    }
}
