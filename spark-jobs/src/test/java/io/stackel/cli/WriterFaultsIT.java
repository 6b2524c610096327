package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.HdfsServer;
import io.stackel.store.S3Server;
import io.stackel.store.Storage;
import io.stackel.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Of several processes that create one file at the same moment exactly one does, on every backend. */
class WriterFaultsIT {

    @RegisterExtension
    static final HdfsServer HDFS = new HdfsServer();

    @RegisterExtension
    static final S3Server S3 = new S3Server();

    private static final int WRITERS = 4;
    private static final long PATIENCE_SECONDS = 300;

    @TempDir
    Path folder;

    @Test
    void onADisk() throws IOException, InterruptedException {
        race("disk", folder.resolve("run").toUri(), new Configuration());
    }

    @Test
    void onHdfs() throws IOException, InterruptedException {
        race("HDFS", HDFS.freshRoot(), HDFS.configuration());
    }

    @Test
    void onS3() throws IOException, InterruptedException {
        race("S3", S3.freshRoot(), S3.configuration());
    }

    private void race(String name, URI place, Configuration settings) throws IOException, InterruptedException {
        int rounds = Campaign.rounds(20, 200);
        List<Process> writers = new ArrayList<>();
        try {
            for (int writer = 0; writer < WRITERS; writer++) {
                writers.add(start(place, settings, writer, rounds));
            }
            for (Process writer : writers) {
                assertThat(writer.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
                assertThat(writer.exitValue())
                        .as(Files.readString(folder.resolve("err")))
                        .isZero();
            }
        } finally {
            writers.forEach(Process::destroyForcibly);
        }
        Storage storage = Stores.openForReading(place, () -> settings);
        SortedMap<Integer, List<String>> winners = new TreeMap<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            for (String round : Files.readAllLines(folder.resolve("out" + writer))) {
                winners.computeIfAbsent(Integer.parseInt(round), number -> new ArrayList<>())
                        .add(Integer.toString(writer));
            }
        }
        String promise = WRITERS + " processes create one file on " + name + ", exactly one does";
        Campaign.strike(promise, rounds, (round, tally) -> {
            tally.reached();
            assertThat(winners.get(round)).as("winners of round %d", round).hasSize(1);
            assertThat(storage.read("commits/" + round, 10))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(winners.get(round).get(0));
        });
        assertThat(winners.values().stream().distinct()).as("writers that won").hasSizeGreaterThan(1);
    }

    private Process start(URI place, Configuration settings, int writer, int rounds) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        Configuration defaults = new Configuration();
        settings.forEach(entry -> {
            String value = settings.getRaw(entry.getKey());
            if (!value.equals(defaults.getRaw(entry.getKey()))) {
                line.add(line.size() - 2, "-Dspark.hadoop." + entry.getKey() + "=" + value);
            }
        });
        line.addAll(List.of(
                RacingWriter.class.getName(),
                place.toString(),
                folder.resolve("meeting").toString(),
                Integer.toString(writer),
                Integer.toString(WRITERS),
                Integer.toString(rounds)));
        return new ProcessBuilder(line)
                .redirectOutput(folder.resolve("out" + writer).toFile())
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("err").toFile()))
                .start();
    }
}
