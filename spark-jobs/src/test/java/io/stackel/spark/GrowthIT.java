package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** Executors that come as batches need them. */
class GrowthIT {

    private static final int MOST = 3;
    private static final int CHUNKS = 60;

    /** Also where Spark itself starts no executor besides the first, as for batches of less than a second. */
    @Test
    void shortBatchesMakeDynamicAllocationGrowToItsMaximum() {
        SparkConf given = new SparkConf()
                .set("spark.executor.memory", "512m")
                .set("spark.executor.cores", "1")
                .set("spark.dynamicAllocation.enabled", "true")
                .set("spark.dynamicAllocation.shuffleTracking.enabled", "true")
                .set("spark.dynamicAllocation.initialExecutors", "1")
                // Spark would start one for the first batches, whose code is not compiled yet.
                .set("spark.dynamicAllocation.schedulerBacklogTimeout", "1h")
                .set("spark.dynamicAllocation.sustainedSchedulerBacklogTimeout", "1h")
                .set("spark.dynamicAllocation.maxExecutors", Integer.toString(MOST));
        try (SparkEngine engine = SparkEngine.open("local-cluster[" + MOST + ",1,1024]", "GrowthIT", given);
                SparkOracle oracle = new SparkOracle(
                        engine.context(),
                        "growth",
                        NapRecipe.INSTANCE,
                        NapRecipe.bytes(5_000_000, 1),
                        OptionalInt.empty(),
                        OptionalLong.empty())) {
            long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
            int now = 0;
            for (long batch = 0; now < MOST && System.nanoTime() < end; batch++) {
                oracle.evaluate(NapRecipe.request(1, CHUNKS), "batch " + batch);
                now = Slots.of(engine.context()).now();
            }
            assertThat(now).isEqualTo(MOST);
        }
    }
}
