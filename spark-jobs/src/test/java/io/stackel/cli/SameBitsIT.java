package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.run.HadoopSettings;
import io.stackel.run.SystemSettings;
import io.stackel.store.HdfsServer;
import io.stackel.store.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One state hash and one metrics hash, whatever evaluates the batches and wherever the run is kept. */
class SameBitsIT {

    @RegisterExtension
    static final HdfsServer HDFS = new HdfsServer();

    @RegisterExtension
    static final S3Server S3 = new S3Server();

    @TempDir
    Path folder;

    @RegisterExtension
    final SystemSettings settings = new SystemSettings();

    private Path tiny;
    private String expected;

    @BeforeEach
    void runOnceInOneRange() {
        tiny = Invocation.configuration("tiny.yaml", folder);
        expected = hashes("reference", "--engine", "local", "--threads", "1", "--partitions", "1");
    }

    @ParameterizedTest
    @CsvSource({
        "local, '', 2",
        "local, '', 3",
        "local, '', 7",
        "local, '', 16",
        "spark, local[1], 1",
        "spark, local[1], 2",
        "spark, local[1], 3",
        "spark, local[1], 7",
        "spark, local[1], 16",
        "spark, local[2], 1",
        "spark, local[2], 2",
        "spark, local[2], 3",
        "spark, local[2], 7",
        "spark, local[2], 16"
    })
    void everyEngineAndEveryCutGivesTheSameHashes(String engine, String master, int partitions) {
        List<Object> options = new ArrayList<>(List.of("--engine", engine, "--partitions", partitions));
        if (!master.isEmpty()) {
            options.addAll(List.of("--master", master));
        }

        assertThat(hashes("run", options.toArray())).isEqualTo(expected);
    }

    /** Configurations whose batches are made otherwise than those of tiny.yaml. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiny-zero-sum.yaml",
                "tiny-preferences.yaml",
                "tiny-task-preferences.yaml",
                "tiny-inverse.yaml",
                "tiny-task-inverse.yaml",
                "tiny-tax.yaml",
                "tiny-control.yaml",
                "tiny-soft-sarsa.yaml",
                "tiny-pendulum.yaml"
            })
    void otherFamiliesGiveTheSameHashesToo(String name) {
        tiny = Invocation.configuration(name, folder);
        String reference = hashes("other", "--engine", "local", "--threads", "1", "--partitions", "1");

        assertThat(reference).isNotEqualTo(expected);
        assertThat(hashes("local", "--engine", "local", "--threads", "2", "--partitions", 7))
                .isEqualTo(reference);
        assertThat(hashes("spark", "--engine", "spark", "--master", "local[2]", "--partitions", 3))
                .isEqualTo(reference);
        assertThat(hashes("many", "--engine", "spark", "--master", "local[2]", "--partitions", 16))
                .isEqualTo(reference);
    }

    @Test
    void runOnHdfsThatIsStoppedThreeTimesGivesTheSameHashes() {
        settings.store(HDFS.configuration());

        assertSameAfterThreeStops(HDFS.freshRoot());
    }

    @Test
    void runOnS3ThatIsStoppedThreeTimesGivesTheSameHashes() {
        settings.store(S3.configuration());

        assertSameAfterThreeStops(S3.freshRoot());
    }

    @Test
    void runThatIsMovedFromS3ToHdfsAndToADiskGoesOnToTheSameHashes() throws IOException {
        settings.store(HDFS.configuration());
        settings.store(S3.configuration());
        List<URI> places = List.of(
                S3.freshRoot(), HDFS.freshRoot(), folder.resolve("moved").toUri());
        for (int place = 0; place < places.size() - 1; place++) {
            Invocation stopped =
                    Invocation.stoppedAfter(5, "run", tiny, "--engine", "local", "--out", places.get(place), "--json");
            assertThat(stopped.code()).as(stopped.err()).isEqualTo(75);
            move(places.get(place), places.get(place + 1));
        }

        Invocation last = Invocation.of("run", tiny, "--engine", "local", "--out", places.get(2), "--json");

        assertThat(last.code()).as(last.err()).isZero();
        assertThat(last.err()).contains("RESUME step=").contains("as driver 3");
        assertThat(last.hashes()).isEqualTo(expected);
        assertThat(Invocation.of("verify", places.get(2)).code()).isZero();
    }

    private static void move(URI from, URI to) throws IOException {
        Configuration configuration = new HadoopSettings().get();
        org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(from);
        org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(to);
        FileUtil.copy(
                source.getFileSystem(configuration),
                source,
                target.getFileSystem(configuration),
                target,
                true,
                configuration);
    }

    private void assertSameAfterThreeStops(URI out) {
        for (int stop = 0; stop < 3; stop++) {
            Invocation stopped = Invocation.stoppedAfter(3, "run", tiny, "--engine", "local", "--out", out, "--json");
            assertThat(stopped.code()).as(stopped.err()).isEqualTo(75);
        }
        Invocation last = Invocation.of("run", tiny, "--master", "local[2]", "--out", out, "--json");
        assertThat(last.code()).as(last.err()).isZero();
        assertThat(last.err()).contains("RESUME step=");
        assertThat(last.hashes()).isEqualTo(expected);
        assertThat(Invocation.of("verify", out).code()).isZero();
    }

    private String hashes(String out, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("run", tiny, "--out", folder.resolve(out), "--json"));
        arguments.addAll(List.of(options));
        Invocation run = Invocation.of(arguments.toArray());
        assertThat(run.code()).as(run.err()).isZero();
        return run.hashes();
    }
}
