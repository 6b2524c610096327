package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.store.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkOracleIT {

    private static final BatchRequest REQUEST = GameRecipe.request(101, false);
    private static final Transport INLINE = new Transport(1L << 20, Long.MAX_VALUE);
    private static final Transport BROADCAST = new Transport(0, Long.MAX_VALUE);
    private static final Transport SLICED = new Transport(1L << 20, 0);

    @TempDir
    private Path directory;

    private static SparkEngine engine(String master) {
        return SparkEngine.open(master, "SparkOracleIT", new SparkConf());
    }

    private SparkOracle oracle(SparkEngine engine, int partitions, Transport transport) {
        return new SparkOracle(
                engine.context(),
                "pursuit",
                GameRecipe.THROW,
                GameRecipe.bytes(directory),
                OptionalInt.of(partitions),
                OptionalLong.empty(),
                transport);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[1]", "local[2]"})
    void theBitsAreThoseOfTheLocalEngineForAnyNumberOfPartitions(String master) {
        BatchResult reference = GameRecipe.reference(REQUEST);
        assertThat(reference.transitions().keys()).isNotEmpty();
        try (SparkEngine engine = engine(master)) {
            assertThat(engine.context().getConf().get("spark.kryo.registrationRequired"))
                    .isEqualTo("true");
            for (int partitions : new int[] {1, 2, 3, 7, 16, 1000}) {
                try (SparkOracle oracle = oracle(engine, partitions, INLINE)) {
                    GameRecipe.assertSameBits(oracle.evaluate(REQUEST, "batch"), reference);
                }
            }
        }
    }

    @Test
    void aTaskOfSeveralCoresGivesTheSameBits() {
        SparkConf given = new SparkConf().set("spark.task.cpus", "3");
        try (SparkEngine engine = SparkEngine.open("local[3]", "SparkOracleIT", given)) {
            for (int partitions : new int[] {1, 3, 1000}) {
                try (SparkOracle oracle = oracle(engine, partitions, INLINE)) {
                    GameRecipe.assertSameBits(oracle.evaluate(REQUEST, "batch"), GameRecipe.reference(REQUEST));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.apache.spark.serializer.KryoSerializer", "org.apache.spark.serializer.JavaSerializer"})
    void sumsThatAreAddedByExecutorsHaveTheSameBits(String serializer) throws TimeoutException {
        BatchResult reference = GameRecipe.reference(REQUEST);
        SparkConf given = new SparkConf().set("spark.serializer", serializer);
        try (SparkEngine engine = SparkEngine.open("local[4]", "SparkOracleIT", given)) {
            JobWatch watch = JobWatch.of(engine.context().sc(), 0);
            for (int partitions : new int[] {2, 3, 7, 50}) {
                try (SparkOracle oracle = oracle(engine, partitions, SLICED)) {
                    GameRecipe.assertSameBits(oracle.evaluate(REQUEST, "batch"), reference);
                }
            }
            engine.context().sc().listenerBus().waitUntilEmpty();
            assertThat(watch.descriptions).hasSize(4);
            assertThat(watch.taskEnds)
                    .as("2, 3, 7, 50 ranges and 2, 3, 4, 4 slices")
                    .hasSize(75);
        }
    }

    private SparkOracle placed(SparkEngine engine, OptionalLong batchSeconds) {
        return new SparkOracle(
                engine.context(),
                "pursuit",
                GameRecipe.THROW,
                GameRecipe.bytes(directory),
                OptionalInt.empty(),
                batchSeconds,
                INLINE);
    }

    @Test
    void batchesSmallerThanAJobComeToStayOnTheDriverWithTheSameBits() throws TimeoutException {
        BatchResult reference = GameRecipe.reference(REQUEST);
        try (SparkEngine engine = engine("local[2]");
                SparkOracle oracle = placed(engine, OptionalLong.empty())) {
            JobWatch watch = JobWatch.of(engine.context().sc(), 0);
            int onDriver = 0;
            // Code that is not compiled yet makes batches look large; a hundred of these are less than a second.
            for (int batch = 0; onDriver < 5 && batch < 500; batch++) {
                int jobs = watch.descriptions.size();
                GameRecipe.assertSameBits(oracle.evaluate(REQUEST, "batch"), reference);
                engine.context().sc().listenerBus().waitUntilEmpty();
                onDriver = watch.descriptions.size() == jobs ? onDriver + 1 : 0;
            }
            assertThat(onDriver).isEqualTo(5);
        }
    }

    @Test
    void batchesLargerThanAJobAreJobsOfAsManyTasksAsThereAreSlots() throws TimeoutException {
        BatchRequest large = GameRecipe.request(40_001, false);
        BatchResult reference = GameRecipe.reference(large);
        try (SparkEngine engine = engine("local[3]");
                SparkOracle oracle = placed(engine, OptionalLong.empty())) {
            JobWatch watch = JobWatch.of(engine.context().sc(), 0);
            for (int batch = 1; batch <= 3; batch++) {
                GameRecipe.assertSameBits(oracle.evaluate(large, "batch " + batch), reference);
            }
            engine.context().sc().listenerBus().waitUntilEmpty();
            assertThat(watch.descriptions).hasSize(3);
            assertThat(watch.taskEnds).hasSize(9);
        }
    }

    @Test
    void aBatchThatNeverEndsOnTheDriverIsGivenUpInTime() {
        try (SparkEngine engine = engine("local[2]");
                SparkOracle oracle = new SparkOracle(
                        engine.context(),
                        "pursuit",
                        GameRecipe.WAIT,
                        GameRecipe.bytes(directory),
                        OptionalInt.empty(),
                        OptionalLong.of(1),
                        INLINE)) {
            assertThatThrownBy(() -> oracle.evaluate(GameRecipe.request(101, true), "batch"))
                    .isInstanceOf(BatchFailedException.class)
                    .hasMessage("pursuit, batch: not finished within the 1 s of --batch-seconds; of 51 chunks these did"
                            + " not end: chunk 0");
        }
    }

    @Test
    void whatFailsOnTheDriverIsNamedAsOnAnExecutor() {
        try (SparkEngine engine = engine("local[2]");
                SparkOracle oracle = placed(engine, OptionalLong.empty())) {
            assertThatThrownBy(() -> oracle.evaluate(GameRecipe.request(101, true), "step 31, iteration 3, phase 1"))
                    .isInstanceOf(BatchFailedException.class)
                    .hasMessageContaining("step 31, iteration 3, phase 1, chunk 0 of 51: chunk 0, unit 0 of training")
                    .hasMessageContaining("the table of state 3 is torn");
        }
    }

    @Test
    void theComparisonSeesAnotherSum() {
        BatchResult other = GameRecipe.reference(GameRecipe.request(102, false));
        assertThatThrownBy(() -> GameRecipe.assertSameBits(other, GameRecipe.reference(REQUEST)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sums");
    }

    @Test
    void theBitsAreTheSameWithTheUsersSerializer() {
        SparkConf given = new SparkConf().set("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
        try (SparkEngine engine = SparkEngine.open("local[2]", "SparkOracleIT", given);
                SparkOracle oracle = oracle(engine, 3, BROADCAST)) {
            GameRecipe.assertSameBits(oracle.evaluate(REQUEST, "batch"), GameRecipe.reference(REQUEST));
        }
    }

    @Test
    void parametersThatWereBroadcastAreFreed() {
        BatchResult reference = GameRecipe.reference(REQUEST);
        // Without it Spark itself would free, now and then, what nobody refers to any more.
        SparkConf given = new SparkConf().set("spark.cleaner.referenceTracking", "false");
        int batches = 50;
        try (SparkEngine engine = SparkEngine.open("local[2]", "SparkOracleIT", given)) {
            try (SparkOracle oracle = oracle(engine, 2, BROADCAST)) {
                for (int i = 1; i < batches; i++) {
                    oracle.evaluate(REQUEST, "batch " + i);
                }
                GameRecipe.assertSameBits(oracle.evaluate(REQUEST, "last batch"), reference);
                assertThat(LiveBroadcasts.last())
                        .as("two a batch and the problem")
                        .isEqualTo(2L * batches);
                LiveBroadcasts.awaitCount(batches + 1);
            }
            LiveBroadcasts.awaitCount(batches);
        }
    }

    @Test
    void aProcessBuildsTheProblemOnce() throws IOException {
        try (SparkEngine engine = engine("local[2]");
                SparkOracle oracle = oracle(engine, 4, INLINE)) {
            for (int i = 0; i < 5; i++) {
                oracle.evaluate(REQUEST, "batch " + i);
            }
        }
        assertThat(GameRecipe.builds(directory))
                .isEqualTo(Map.of(ProcessHandle.current().pid(), 1));
    }

    @Test
    void aBatchIsOneJobThatNamesRunStepAndPhase() throws TimeoutException {
        try (SparkEngine engine = engine("local[2]");
                SparkOracle oracle = oracle(engine, 2, INLINE)) {
            JobWatch watch = JobWatch.of(engine.context().sc(), 2);
            assertThat(REQUEST.estimands()).hasSize(4);
            oracle.evaluate(REQUEST, "step 31, iteration 3, phase 1");
            engine.context().sc().listenerBus().waitUntilEmpty();
            assertThat(watch.descriptions).containsExactly("pursuit, step 31, iteration 3, phase 1");
            assertThat(watch.groups).allMatch(group -> group.startsWith("pursuit #"));
            assertThat(engine.context().getLocalProperty("spark.jobGroup.id")).isNull();
        }
    }

    @Test
    void aFailedTaskIsOneLineThatNamesRunBatchChunksAndCause() {
        try (SparkEngine engine = engine("local[2]");
                SparkOracle oracle = oracle(engine, 2, INLINE)) {
            assertThatThrownBy(() -> oracle.evaluate(GameRecipe.request(101, true), "step 31, iteration 3, phase 1"))
                    .isInstanceOf(BatchFailedException.class)
                    .message()
                    .matches("pursuit, step 31, iteration 3, phase 1, chunks (0 to 23|24 to 50) of 51: "
                            + "chunk (0|24), unit (0|48) of training stream 0, trajectories (0 to 1|96 to 97): io.stackel.spark.GameRecipe.UnshippableException: "
                            + "the table of state 3 is torn, seen by Executor task launch worker .*");
            GameRecipe.assertSameBits(oracle.evaluate(REQUEST, "batch"), GameRecipe.reference(REQUEST));
        }
    }

    @Test
    void aDataSetThatIsDamagedStaysWhatFailed() throws IOException {
        Files.writeString(directory.resolve("dataset.json"), "no JSON");
        try (SparkEngine engine = engine("local[2]");
                SparkOracle oracle = new SparkOracle(
                        engine.context(),
                        "pursuit",
                        GameRecipe.OPEN,
                        GameRecipe.bytes(directory),
                        OptionalInt.of(2),
                        OptionalLong.empty(),
                        INLINE)) {
            StorageException failure = catchThrowableOfType(
                    StorageException.class, () -> oracle.evaluate(GameRecipe.request(101, true), "batch"));

            assertThat(failure.kind()).isEqualTo(StorageException.Kind.DAMAGED);
            assertThat(failure).hasMessageContaining("dataset.json");
        }
    }

    @Test
    void closingEndsTheBatchInFlight() throws Exception {
        endsEarly((oracle, evaluating) -> oracle.close(), "pursuit, batch: the engine was closed");
    }

    @Test
    void anInterruptEndsTheBatchInFlight() throws Exception {
        endsEarly((oracle, evaluating) -> evaluating.interrupt(), "pursuit, batch: interrupted");
    }

    /** Ends a batch of a trillion units once its tasks run. */
    private void endsEarly(BiConsumer<SparkOracle, Thread> end, String message) throws Exception {
        BatchRequest endless = GameRecipe.request(1L << 40, false);
        try (SparkEngine engine = engine("local[2]");
                SparkOracle oracle = oracle(engine, 2, INLINE)) {
            JobWatch watch = JobWatch.of(engine.context().sc(), 2);
            FutureTask<Throwable> failure =
                    new FutureTask<>(() -> catchThrowable(() -> oracle.evaluate(endless, "batch")));
            Thread evaluating = new Thread(failure, "evaluating");
            evaluating.start();
            assertThat(watch.started.await(60, TimeUnit.SECONDS)).isTrue();
            end.accept(oracle, evaluating);
            assertThat(failure.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(CancellationException.class)
                    .hasMessage(message);
            assertThat(watch.ended.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(watch.taskEnds).containsOnly("TaskKilled");
        }
    }

    @Test
    void aClosedOracleRefusesBatches() {
        try (SparkEngine engine = engine("local[1]")) {
            SparkOracle oracle = oracle(engine, 2, INLINE);
            oracle.close();
            oracle.close();
            assertThatThrownBy(() -> oracle.evaluate(REQUEST, "batch"))
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("pursuit, batch: the engine was closed");
        }
    }

    @Test
    void aStoppedApplicationIsNamedInOneLine() {
        SparkEngine engine = engine("local[1]");
        try (SparkOracle oracle = oracle(engine, 2, BROADCAST)) {
            engine.close();
            assertThatThrownBy(() -> oracle.evaluate(REQUEST, "batch"))
                    .isInstanceOf(BatchFailedException.class)
                    .hasMessage("pursuit, batch: java.lang.IllegalStateException: "
                            + "Cannot call methods on a stopped SparkContext.");
        }
    }

    @Test
    void partitionsMustBePositive() {
        try (SparkEngine engine = engine("local[1]")) {
            assertThatThrownBy(() -> oracle(engine, 0, INLINE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("partitions must be at least 1, but was 0");
        }
    }
}
