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

class RangeRecordTest {

    private static RangeSums roundTrip(RangeSums task) {
        return RangeRecord.decode(RangeRecord.encode(new TimedSums(task, 0, 0))).sums();
    }

    private static RangeSums range(double[] sum, long[] counters, long[] keys, long[] tallies) {
        List<SumTree.Node> nodes = List.of(
                new SumTree.Node(3, 5, sum),
                new SumTree.Node(0, 48, Arrays.stream(sum).map(each -> -each).toArray()));
        return new RangeSums(nodes, counters, new TransitionCounts.Sorted(keys, tallies));
    }

    @Test
    void sumsSurviveTheWire() {
        for (int length : new int[] {0, 1, 8191, 8192, 8193, 300_000}) {
            double[] sum =
                    IntStream.range(0, length).mapToDouble(i -> 1.0 / (i + 1)).toArray();
            long[] longs = LongStream.range(0, length)
                    .map(i -> i * 0x9E3779B97F4A7C15L)
                    .toArray();
            long[] doubled = LongStream.of(longs).map(each -> 2 * each).toArray();
            RangeSums task = range(sum, longs, doubled, longs);
            RangeSums read = roundTrip(task);
            assertThat(read.nodes()).as("length %d", length).hasSize(2);
            for (int i = 0; i < 2; i++) {
                assertThat(read.nodes().get(i).level())
                        .isEqualTo(task.nodes().get(i).level());
                assertThat(read.nodes().get(i).index())
                        .isEqualTo(task.nodes().get(i).index());
                assertThat(read.nodes().get(i).sum())
                        .isEqualTo(task.nodes().get(i).sum());
            }
            assertThat(read.counters()).isEqualTo(longs);
            assertThat(read.counts().keys()).isEqualTo(doubled);
            assertThat(read.counts().tallies()).isEqualTo(longs);
        }
    }

    @Test
    void timesSurviveTheWire() {
        RangeSums task = range(new double[3], new long[2], new long[1], new long[1]);

        TimedSums read = RangeRecord.decode(RangeRecord.encode(new TimedSums(task, 1_500, 2_000_000_000)));

        assertThat(read.openNanos()).isEqualTo(1_500);
        assertThat(read.workSeconds()).isEqualTo(2);
    }

    @Test
    void everyBitOfANumberSurvives() {
        double[] sum = {0.0, -0.0, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY, Math.nextUp(1.0)};
        RangeSums task = range(sum, new long[0], new long[0], new long[0]);
        double[] read = roundTrip(task).nodes().get(0).sum();
        assertThat(Arrays.stream(read).mapToLong(Double::doubleToRawLongBits))
                .containsExactlyElementsOf(Arrays.stream(sum)
                        .mapToLong(Double::doubleToRawLongBits)
                        .boxed()
                        .toList());
    }

    @Test
    void wordsAreLittleEndian() {
        RangeSums task = range(new double[] {1.0}, new long[] {0x0102030405060708L}, new long[0], new long[0]);
        byte[] bytes = RangeRecord.encode(new TimedSums(task, 0, 0));
        assertThat(bytes).containsSequence(8, 7, 6, 5, 4, 3, 2, 1).containsSequence(0, 0, 0, 0, 0, 0, 0xF0, 0x3F);
    }

    @Test
    void aKryoWithOurRegistratorTakesTheProblemAndRefusesAnotherClass() {
        SerializerInstance kryo =
                new KryoSerializer(SparkEngine.settings("local", "test", new SparkConf(false))).newInstance();
        ClassTag<Object> tag = ClassTag$.MODULE$.apply(Object.class);

        Object problem = kryo.deserialize(kryo.serialize(new ProblemHolder(new byte[] {7}), tag), tag);

        assertThat(problem).isInstanceOf(ProblemHolder.class);
        assertThatThrownBy(() -> kryo.serialize(new ChunkRange(0, 0, 1), tag))
                .hasMessageContaining("Class is not registered: io.stackel.spark.ChunkRange");
    }
}
