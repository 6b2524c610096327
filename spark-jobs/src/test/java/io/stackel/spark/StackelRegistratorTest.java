package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.estimate.RangeSums;
import io.stackel.estimate.SumTree;
import io.stackel.estimate.TransitionCounts;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class StackelRegistratorTest {

    private final SerializerInstance kryo =
            new KryoSerializer(SparkEngine.settings("local", "test", new SparkConf(false))).newInstance();

    private <T> T roundTrip(T value, Class<T> type) {
        ClassTag<T> tag = ClassTag$.MODULE$.apply(type);
        return kryo.deserialize(kryo.serialize(value, tag), tag);
    }

    private static TaskSums task(int length) {
        double[] sums =
                IntStream.range(0, length).mapToDouble(i -> 1.0 / (i + 1)).toArray();
        long[] longs =
                LongStream.range(0, length).map(i -> i * 0x9E3779B97F4A7C15L).toArray();
        long[] doubled = LongStream.of(longs).map(each -> 2 * each).toArray();
        return new TaskSums(new long[] {3, 0}, new long[] {5, 48}, sums, longs, doubled, longs);
    }

    @Test
    void sumsSurviveTheWire() {
        for (int length : new int[] {0, 1, 8191, 8192, 8193, 300_000}) {
            TaskSums task = task(length);
            TaskSums read = roundTrip(task, TaskSums.class);
            assertThat(read.levels()).as("length %d", length).isEqualTo(task.levels());
            assertThat(read.indices()).isEqualTo(task.indices());
            assertThat(read.sums()).isEqualTo(task.sums());
            assertThat(read.counters()).isEqualTo(task.counters());
            assertThat(read.keys()).isEqualTo(task.keys());
            assertThat(read.tallies()).isEqualTo(task.tallies());
        }
    }

    @Test
    void everyBitOfANumberSurvives() {
        double[] sums = {0.0, -0.0, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY, Math.nextUp(1.0)};
        TaskSums task = new TaskSums(new long[1], new long[1], sums, new long[0], new long[0], new long[0]);
        double[] read = roundTrip(task, TaskSums.class).sums();
        assertThat(Arrays.stream(read).mapToLong(Double::doubleToRawLongBits))
                .containsExactlyElementsOf(Arrays.stream(sums)
                        .mapToLong(Double::doubleToRawLongBits)
                        .boxed()
                        .toList());
    }

    @Test
    void wordsAreLittleEndian() {
        long[] levels = {0x0102030405060708L};
        TaskSums task = new TaskSums(levels, levels, new double[] {1.0}, new long[0], new long[0], new long[0]);
        byte[] bytes =
                kryo.serialize(task, ClassTag$.MODULE$.apply(TaskSums.class)).array();
        assertThat(bytes).containsSequence(8, 7, 6, 5, 4, 3, 2, 1).containsSequence(0, 0, 0, 0, 0, 0, 0xF0, 0x3F);
    }

    @Test
    void aRangeIsReadAsItWas() {
        List<SumTree.Node> nodes =
                List.of(new SumTree.Node(2, 1, new double[] {1, 2}), new SumTree.Node(0, 8, new double[] {3, 4}));
        TransitionCounts.Sorted counts = new TransitionCounts.Sorted(new long[] {7, 9}, new long[] {2, 1});
        RangeSums range = new RangeSums(nodes, new long[] {4, 5, 6}, counts);
        assertThat(roundTrip(TaskSums.of(range), TaskSums.class).toRange())
                .usingRecursiveComparison()
                .isEqualTo(range);
    }

    @Test
    void anotherClassIsRefused() {
        assertThatThrownBy(() -> roundTrip(new ChunkRange(0, 0, 1), ChunkRange.class))
                .hasMessageContaining("Class is not registered: io.stackel.spark.ChunkRange");
    }
}
