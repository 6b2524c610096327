package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.HdfsServer;
import io.stackel.store.S3Server;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One run has one hash, whatever evaluates it, however wide, and wherever it is kept. */
class RunCommandIT {

    private static final List<String> HANDED_OVER = List.of(
            "fs.s3a.endpoint",
            "fs.s3a.endpoint.region",
            "fs.s3a.path.style.access",
            "fs.s3a.connection.ssl.enabled",
            "fs.s3a.aws.credentials.provider");

    @RegisterExtension
    static final HdfsServer HDFS = new HdfsServer();

    @RegisterExtension
    static final S3Server S3 = new S3Server();

    @TempDir
    Path folder;

    private static Invocation run(Path configuration, Object out, Object... engine) {
        return Invocation.of(arguments(configuration, out, engine));
    }

    private static Object[] arguments(Path configuration, Object out, Object... engine) {
        List<Object> arguments = new ArrayList<>(List.of("run", configuration, "--json", "--out", out));
        arguments.addAll(List.of(engine));
        return arguments.toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny.yaml", "tiny-rooms.yaml"})
    void engineAndWidthDoNotShow(String name) {
        Path configuration = Invocation.configuration(name, folder);
        Set<String> hashes = new HashSet<>();
        for (int partitions : new int[] {1, 2, 3, 7, 16}) {
            hashes.add(run(
                            configuration,
                            folder.resolve("l" + partitions),
                            "--engine",
                            "local",
                            "--partitions",
                            partitions)
                    .hashes());
            for (String master : List.of("local[1]", "local[2]")) {
                Invocation run = run(
                        configuration,
                        folder.resolve(master + partitions),
                        "--master",
                        master,
                        "--partitions",
                        partitions);
                assertThat(run.code()).as(run.err()).isZero();
                hashes.add(run.hashes());
            }
        }
        assertThat(hashes).hasSize(1).noneMatch(hash -> hash.contains("null"));
    }

    @Test
    void runOnHdfsHasTheHashesOfALocalOne() {
        onEveryStore(HDFS.freshRoot(), HDFS.configuration());
    }

    @Test
    void runOnS3HasTheHashesOfALocalOne() {
        onEveryStore(S3.freshRoot(), S3.configuration());
    }

    /** Starts on one engine, goes on with the other, and reads back through the commands. */
    private void onEveryStore(URI out, Configuration hadoop) {
        Path configuration = Invocation.configuration("tiny.yaml", folder);
        String expected =
                run(configuration, folder.resolve("local"), "--engine", "local").hashes();
        Map<String, String> before = export(hadoop);
        try {
            Invocation part = Invocation.stoppedAfter(10, arguments(configuration, out, "--engine", "local"));
            assertThat(part.code()).as(part.err()).isEqualTo(75);
            Invocation rest = run(configuration, out, "--master", "local[2]");

            assertThat(rest.code()).as(rest.err()).isZero();
            assertThat(rest.err()).contains("opening " + out).contains("RESUME step=10 ");
            assertThat(rest.hashes()).isEqualTo(expected);
            assertThat(rest.json().path("out").textValue()).isEqualTo(out.toString());
            assertThat(run(configuration, out).err()).contains("already complete");
            assertThat(Invocation.of("verify", out).code()).isZero();
            assertThat(Invocation.of("export", out).json().path("x")).hasSize(15);
        } finally {
            restore(before);
        }
    }

    /** Hands settings over as the launcher does, by system properties. */
    private static Map<String, String> export(Configuration hadoop) {
        Map<String, String> before = new TreeMap<>();
        for (String key : HANDED_OVER) {
            String property = "spark.hadoop." + key;
            before.put(property, System.getProperty(property, ""));
            System.setProperty(property, hadoop.get(key, ""));
        }
        return before;
    }

    private static void restore(Map<String, String> before) {
        before.forEach((key, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(key);
            } else {
                System.setProperty(key, value);
            }
        });
    }
}
