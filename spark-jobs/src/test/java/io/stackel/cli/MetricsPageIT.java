package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that Prometheus reads, of a running session with the settings of {@code conf/spark}. */
class MetricsPageIT {

    private static final String PREFIX = "metrics_.*_driver_plugin_io_stackel_spark_StackelPlugin_";

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
                () -> read().contains("StackelPlugin_upperObjective_Value"),
                "run",
                tiny,
                "--master",
                "local[2]",
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
            "step"
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

    /** The page of the session that runs in this process, if there is one yet. */
    private String read() {
        if (SparkContext$.MODULE$.getActive().isEmpty()) {
            return "";
        }
        SparkContext context = SparkContext$.MODULE$.getActive().get();
        URI pages = URI.create(context.uiWebUrl().get());
        URI place = URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + pages.getPort()
                + "/metrics/prometheus/");
        try (InputStream stream = place.toURL().openStream()) {
            page = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return page;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"conf/spark/cluster.conf", "conf/spark/hardened.conf", "deploy/standalone/spark.conf"})
    void theOtherSettingsNameThePluginToo(String file) throws IOException {
        assertThat(Files.readAllLines(StandaloneServers.PROJECT.resolve(file)))
                .anyMatch(line -> line.matches("spark\\.plugins\\s+io\\.stackel\\.spark\\.StackelPlugin"));
    }
}
