package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BroadcastBlockId;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** The numbers of the broadcasts that the driver holds: Spark's own for each job and ours. */
final class LiveBroadcasts {

    private LiveBroadcasts() {}

    /** The largest number. */
    static long last() {
        return numbers().last();
    }

    /** Broadcasts are destroyed by and by. */
    static void awaitCount(int count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (numbers().size() != count && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(numbers()).hasSize(count);
    }

    private static SortedSet<Long> numbers() {
        SortedSet<Long> numbers = new TreeSet<>();
        CollectionConverters.asJava(SparkEnv.get().blockManager().getMatchingBlockIds(new IsBroadcast()))
                .forEach(block -> numbers.add(((BroadcastBlockId) block).broadcastId()));
        return numbers;
    }

    private static final class IsBroadcast extends AbstractFunction1<BlockId, Object> implements Serializable {

        private static final long serialVersionUID = 1L;

        @Override
        public Object apply(BlockId block) {
            return block.isBroadcast();
        }
    }
}
