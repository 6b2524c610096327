package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.run.SystemSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that Prometheus reads, of a running session with the settings of {@code conf/spark}. */
class MetricsPageIT {

    private static final String PREFIX = "metrics_.*_driver_plugin_io_stackel_spark_StackelPlugin_";

    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    @TempDir
    Path folder;

    @RegisterExtension
    final SystemSettings settings = new SystemSettings();

    private String page = "";

    @BeforeEach
    void takeSettings() throws IOException {
        for (String line : Files.readAllLines(StandaloneServers.PROJECT.resolve("conf/spark/local.conf"))) {
            if (line.startsWith("spark.")) {
                String[] words = line.split("\\s+", 2);
                settings.set(words[0], words[1].strip());
            }
        }
        settings.set("spark.ui.enabled", "true");
        settings.set("spark.ui.port", "0");
    }

    @Test
    void aRunShowsItsFiguresWhileItRuns() {
        Path tiny = Invocation.configuration("tiny.yaml", folder);
        Invocation looked = Invocation.until(
                () -> read().contains("StackelPlugin_upperObjective_Value") && theJobGoesOn(),
                "run",
                tiny,
                "--master",
                "local[2]",
                "--partitions",
                "2",
                "--set",
                "stop.iterations=400",
                "--out",
                folder.resolve("run"));

        assertThat(looked.code()).as("%s%n%s", looked.err(), page).isEqualTo(75);
        for (String gauge : new String[] {
            "upperObjective",
            "upperObjectiveAtBestResponse",
            "stationarityGap",
            "lowerGap",
            "gradientNorm",
            "gradientStandardError",
            "iteration",
            "step",
            "tasks"
        }) {
            assertThat(page).containsPattern(PREFIX + gauge + "_Value\\{type=\"gauges\"\\} -?\\d");
        }
        assertThat(page)
                .containsPattern(PREFIX + "samples_OneMinuteRate\\{")
                .containsPattern(PREFIX + "samples_Count\\{[^}]*\\} [1-9]")
                .containsPattern(PREFIX + "batch_Count\\{[^}]*\\} [1-9]")
                .containsPattern(PREFIX + "batch_99thPercentile\\{")
                .containsPattern(PREFIX + "retries_Count\\{type=\"counters\"\\} 0")
                .containsPattern(PREFIX + "secondCopies_Count\\{type=\"counters\"\\} 0");
    }

    /** A job in flight goes on, though somebody asks for the address behind the button. */
    private static boolean theJobGoesOn() {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(
                SparkContext$.MODULE$.getActive().get());
        JavaFutureAction<Void> job =
                context.parallelize(List.of(1), 1).foreachAsync(one -> RELEASED.await(1, TimeUnit.MINUTES));
        int id = job.jobIds().get(0);
        Optional<String> jobs = Stream.generate(() -> read("/jobs/"))
                .limit(1_000)
                .filter(shown -> shown.contains("Active Jobs"))
                .findFirst();
        assertThat(jobs).hasValueSatisfying(shown -> assertThat(shown).doesNotContain("/jobs/job/kill"));
        read("/jobs/job/kill/?id=" + id);
        RELEASED.countDown();
        try {
            job.get(1, TimeUnit.MINUTES);
            return true;
        } catch (InterruptedException | ExecutionException | TimeoutException killed) {
            throw new AssertionError("the job was stopped from the page", killed);
        }
    }

    private static String read(String path) {
        try (InputStream stream = page(path).toURL().openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static URI page(String path) {
        SparkContext context = SparkContext$.MODULE$.getActive().get();
        URI pages = URI.create(context.uiWebUrl().get());
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + pages.getPort() + path);
    }

    /** The page of the session that runs in this process, if there is one yet. */
    private String read() {
        if (SparkContext$.MODULE$.getActive().isEmpty()) {
            return "";
        }
        page = read("/metrics/prometheus/");
        return page;
    }

    @ParameterizedTest
    @ValueSource(strings = {"conf/spark/cluster.conf", "conf/spark/hardened.conf", "deploy/standalone/spark.conf"})
    void theOtherSettingsNameThePluginToo(String file) throws IOException {
        assertThat(Files.readAllLines(StandaloneServers.PROJECT.resolve(file)))
                .anyMatch(line -> line.matches("spark\\.plugins\\s+io\\.stackel\\.spark\\.StackelPlugin"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conf/spark/cluster.conf",
                "conf/spark/local.conf",
                "conf/spark/hardened.conf",
                "deploy/standalone/spark.conf"
            })
    void noPageIsLeftWithAButton(String file) throws IOException {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(StandaloneServers.PROJECT.resolve(file))) {
            settings.load(in);
        }

        assertThat(settings)
                .containsEntry("spark.ui.killEnabled", "false")
                .containsEntry("spark.ui.threadDumpsEnabled", "false")
                .containsEntry("spark.ui.heapHistogramEnabled", "false");
        assertThat("X-Amz-Signature, X-Amz-Credential, fs.s3a.access.key, spark.ssl.keyPassword, session.token")
                .matches(names -> List.of(names.split(", ", -1)).stream()
                        .allMatch(Pattern.compile(settings.getProperty("spark.redaction.regex"))
                                .asPredicate()));
    }
}
