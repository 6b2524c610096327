package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Follower;
import io.stackel.estimate.Returns;
import io.stackel.policy.TabularSoftmax;
import io.stackel.random.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** Executors that come as batches need them. */
class GrowthIT {

    private static final int MOST = 3;
    private static final int CHUNKS = 60;

    private enum Naps implements ProblemRecipe {
        OF_FIVE_MILLISECONDS;

        @Override
        public ChunkEvaluator.Source build(byte[] bytes, ClassLoader loader) {
            return new ChunkEvaluator.Source(new NapProblem(5_000_000, 1), new TabularSoftmax(1, 2));
        }
    }

    private static BatchRequest request(long iteration) {
        return new BatchRequest(
                1,
                iteration,
                0,
                0,
                1,
                1,
                BatchRequest.ALL_RESIDUALS,
                false,
                List.of(new double[1]),
                List.of(Follower.plain(new double[2])),
                List.of(new Returns(Purpose.EVALUATION, 0, CHUNKS, 0, 0)));
    }

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
                        Naps.OF_FIVE_MILLISECONDS,
                        new byte[0],
                        OptionalInt.empty(),
                        OptionalLong.empty())) {
            long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
            int now = 0;
            for (long batch = 0; now < MOST && System.nanoTime() < end; batch++) {
                oracle.evaluate(request(batch), "batch " + batch);
                now = Slots.of(engine.context()).now();
            }
            assertThat(now).isEqualTo(MOST);
        }
    }
}
