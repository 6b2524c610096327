package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executors that are processes of their own, one of which dies while it evaluates. */
class ExecutorLossIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 0})
    void theBitsStayTheSameWhenAnExecutorIsKilledInTheMiddleOfABatch(long slicedBytes)
            throws IOException, TimeoutException {
        BatchRequest calm = GameRecipe.request(101, false);
        BatchRequest strike = GameRecipe.request(101, true);
        BatchResult calmReference = GameRecipe.reference(calm);
        BatchResult strikeReference = GameRecipe.reference(strike);
        SparkConf given = new SparkConf()
                .set("spark.executor.memory", "512m")
                .set("spark.plugins", StackelPlugin.class.getName());
        try (SparkEngine engine = SparkEngine.open("local-cluster[2,1,1024]", "ExecutorLossIT", given);
                SparkOracle oracle = oracle(engine, new Transport(0, slicedBytes))) {
            JobWatch watch = JobWatch.of(engine.context().sc(), 1);
            for (int i = 0; i < 3; i++) {
                GameRecipe.assertSameBits(oracle.evaluate(calm, "batch " + i), calmReference);
            }
            GameRecipe.assertSameBits(oracle.evaluate(strike, "strike"), strikeReference);
            engine.context().sc().listenerBus().waitUntilEmpty();
            assertThat(directory.resolve("killed")).exists();
            assertThat(watch.taskEnds).contains("ExecutorLostFailure");
            MetricRegistry metrics = metrics(engine);
            assertThat(metrics.getCounters().get("retries").getCount()).isPositive();
            assertThat(metrics.getTimers().get("batch").getCount()).isEqualTo(4);
            GameRecipe.assertSameBits(oracle.evaluate(calm, "after"), calmReference);
        }
        Map<Long, Integer> builds = GameRecipe.builds(directory);
        assertThat(builds).containsKey(ProcessHandle.current().pid()).hasSizeGreaterThan(1);
        assertThat(builds.values()).containsOnly(1);
    }

    private static MetricRegistry metrics(SparkEngine engine) {
        return engine.context()
                .sc()
                .env()
                .metricsSystem()
                .getSourcesByName("plugin." + StackelPlugin.class.getName())
                .head()
                .metricRegistry();
    }

    private SparkOracle oracle(SparkEngine engine, Transport transport) {
        return new SparkOracle(
                engine.context(),
                "pursuit",
                GameRecipe.KILL,
                GameRecipe.bytes(directory),
                OptionalInt.of(7),
                OptionalLong.empty(),
                transport);
    }
}
