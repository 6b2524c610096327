package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Follower;
import io.stackel.estimate.LossGradient;
import io.stackel.estimate.LossTerm;
import io.stackel.estimate.Minibatch;
import io.stackel.estimate.Wanted;
import io.stackel.problem.DataBlock;
import io.stackel.problem.DataProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data that stays where it is. */
class HomesIT {

    private static final int BLOCKS = 200;
    private static final int MINIBATCH = 100;

    @TempDir
    private Path directory;

    /** Rows whose every block leaves a file for each process that asked for it. */
    private record WatchedRows(Path directory) implements DataProblem {

        @Override
        public int upperSize() {
            return 1;
        }

        @Override
        public int lowerSize() {
            return 1;
        }

        @Override
        public double upperTerm(DenseVector upper) {
            return 0;
        }

        @Override
        public void addUpperTermGradient(DenseVector upper, double[] into) {}

        @Override
        public long trainingRows() {
            return BLOCKS;
        }

        @Override
        public long validationRows() {
            return BLOCKS;
        }

        @Override
        public int trainingBlocks() {
            return BLOCKS;
        }

        @Override
        public int validationBlocks() {
            return BLOCKS;
        }

        @Override
        public DataBlock trainingBlock(int index) {
            try {
                Files.createFile(directory.resolve(ProcessHandle.current().pid() + "-" + index));
            } catch (FileAlreadyExistsException again) {
                return block(index);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return block(index);
        }

        private static DataBlock block(int index) {
            return DataBlock.of(index, 1, new double[] {1}, new double[] {1});
        }

        @Override
        public DataBlock validationBlock(int index) {
            return block(index);
        }

        @Override
        public double addLowerLoss(
                DataBlock block, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
            lowerInto[0] += lower.apply(0);
            return 0;
        }

        @Override
        public double addUpperLoss(
                DataBlock block, DenseVector upper, DenseVector lower, double[] upperInto, double[] lowerInto) {
            return 0;
        }
    }

    private enum Recipe implements ProblemRecipe {
        WATCHED;

        @Override
        public ChunkEvaluator.Source build(byte[] bytes, ClassLoader loader) {
            return new ChunkEvaluator.Source(new WatchedRows(Path.of(new String(bytes, StandardCharsets.UTF_8))));
        }
    }

    private static BatchRequest minibatch(int iteration) {
        int[] blocks = Minibatch.draw(RandomStream.at(1, Purpose.TRAINING, iteration, 0, 0, 0), MINIBATCH, BLOCKS);
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
                List.of(Follower.plain(new double[1])),
                List.of(new LossGradient(
                        Purpose.TRAINING, 0, false, blocks, List.of(new LossTerm(0, 0, 1)), Wanted.LOWER)));
    }

    /** Twenty minibatches of half the blocks ask for each block with a probability of 1 - 2^-20. */
    @Test
    @Timeout(120)
    void eachExecutorReadsItsOwnHalfOfTheBlocks() throws IOException {
        SparkConf given = new SparkConf().set("spark.executor.memory", "512m");
        try (SparkEngine engine = SparkEngine.open("local-cluster[2,1,1024]", "HomesIT", given);
                SparkOracle oracle = new SparkOracle(
                        engine.context(),
                        "homes",
                        Recipe.WATCHED,
                        directory.toString().getBytes(StandardCharsets.UTF_8),
                        OptionalInt.of(2),
                        OptionalLong.empty())) {
            while (Slots.of(engine.context()).now() < 2
                    || engine.context().sc().getExecutorMemoryStatus().size() < 3) {
                Thread.onSpinWait();
            }
            for (int batch = 0; batch < 20; batch++) {
                oracle.evaluate(minibatch(batch), "batch " + batch);
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            Map<String, Long> blocksOfProcess = files.map(
                            file -> file.getFileName().toString())
                    .map(name -> name.substring(0, name.indexOf('-')))
                    .collect(Collectors.groupingBy(pid -> pid, Collectors.counting()));
            assertThat(blocksOfProcess).hasSize(2);
            assertThat(blocksOfProcess.values())
                    .as("a half, and those near the middle that fall to either, of %d", BLOCKS)
                    .allMatch(blocks -> blocks < 0.7 * BLOCKS);
        }
    }
}
