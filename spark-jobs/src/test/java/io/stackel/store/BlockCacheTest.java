package io.stackel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.problem.DataBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockCacheTest {

    /** Bytes of a block of these tests. */
    private static final long SIZE = 8 * 2 + 300;

    private final AtomicInteger reads = new AtomicInteger();

    @AfterEach
    void removeSetting() {
        System.clearProperty(BlockCache.MEMORY);
    }

    private static DataBlock block(int index) {
        return DataBlock.of(index, 1, new double[] {index}, new double[] {index});
    }

    private DataBlock get(BlockCache cache, int index) {
        return cache.get(new BlockCache.Key("set", "a", index), () -> {
            reads.incrementAndGet();
            return block(index);
        });
    }

    private int readsOf(Runnable work) {
        int before = reads.get();
        work.run();
        return reads.get() - before;
    }

    @Test
    void theLeastRecentlyUsedBlockLeaves() {
        BlockCache cache = new BlockCache(() -> 2 * SIZE);
        get(cache, 0);
        get(cache, 1);
        get(cache, 0);
        get(cache, 2);

        assertThat(cache.held()).isEqualTo(2 * SIZE);
        assertThat(readsOf(() -> get(cache, 0))).isZero();
        assertThat(readsOf(() -> get(cache, 2))).isZero();
        assertThat(readsOf(() -> get(cache, 1))).isOne();
    }

    @Test
    void whatDoesNotFitIsGivenAndNotKept() {
        BlockCache cache = new BlockCache(() -> SIZE - 1);

        assertThat(get(cache, 3).rowMajor()).containsExactly(3);
        assertThat(cache.held()).isZero();
        assertThat(readsOf(() -> get(cache, 3))).isOne();
    }

    @Test
    void dataSetsDoNotMeet() {
        BlockCache cache = new BlockCache(() -> 10 * SIZE);
        get(cache, 0);

        DataBlock elsewhere = cache.get(new BlockCache.Key("other", "a", 0), () -> block(7));
        DataBlock replaced = cache.get(new BlockCache.Key("set", "b", 0), () -> block(8));

        assertThat(elsewhere.rowMajor()).containsExactly(7);
        assertThat(replaced.rowMajor()).containsExactly(8);
    }

    @Test
    void oneThreadReadsAndTheOthersWait() throws Exception {
        int threads = 8;
        BlockCache cache = new BlockCache(() -> 10 * SIZE);
        CountDownLatch asked = new CountDownLatch(threads);
        Supplier<DataBlock> slow = () -> {
            reads.incrementAndGet();
            awaitAll(asked);
            return block(0);
        };
        Callable<DataBlock> ask = () -> {
            asked.countDown();
            return cache.get(new BlockCache.Key("set", "a", 0), slow);
        };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<DataBlock>> answers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            answers.add(pool.submit(ask));
        }
        DataBlock first = answers.get(0).get();
        for (Future<DataBlock> answer : answers) {
            assertThat(answer.get()).isSameAs(first);
        }
        pool.shutdown();

        assertThat(reads).hasValue(1);
        assertThat(cache.held()).isEqualTo(SIZE);
    }

    private static void awaitAll(CountDownLatch asked) {
        try {
            asked.await();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    @Test
    void aFailedReadIsTriedAgain() {
        BlockCache cache = new BlockCache(() -> 10 * SIZE);
        assertThatThrownBy(() -> cache.get(new BlockCache.Key("set", "a", 0), () -> {
                    throw new IllegalStateException("the store does not answer");
                }))
                .hasMessage("the store does not answer");

        assertThat(get(cache, 0).rowMajor()).containsExactly(0);
        assertThat(cache.held()).isEqualTo(SIZE);
    }

    @Test
    void manyThreadsOnASmallCacheGetTheirBlocksAndTheAccountIsRight() throws Exception {
        BlockCache cache = new BlockCache(() -> 5 * SIZE);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int step = 1 + 2 * thread;
            answers.add(pool.submit(() -> {
                boolean right = true;
                for (int i = 0; i < 20_000; i++) {
                    int index = i * step % 16;
                    right &= get(cache, index).rowMajor()[0] == index;
                }
                return right;
            }));
        }
        for (Future<Boolean> answer : answers) {
            assertThat(answer.get()).isTrue();
        }
        pool.shutdown();

        assertThat(cache.held()).isPositive().isLessThanOrEqualTo(5 * SIZE);
        int kept = 0;
        for (int index = 0; index < 16; index++) {
            int block = index;
            kept += 1 - readsOf(() -> get(cache, block));
        }
        assertThat(cache.held()).isEqualTo(5 * SIZE);
        assertThat(kept).isLessThanOrEqualTo(5);
    }

    @Test
    void theBoundIsAShareOfTheHeapOrTheSetting() {
        assertThat(BlockCache.ofProcess().bound())
                .isEqualTo(Runtime.getRuntime().maxMemory() / 4);
        System.setProperty(BlockCache.MEMORY, "3g");
        assertThat(BlockCache.ofProcess().bound()).isEqualTo(3L << 30);
        System.setProperty(BlockCache.MEMORY, "12345");
        assertThat(BlockCache.ofProcess().bound()).isEqualTo(12345);
        System.setProperty(BlockCache.MEMORY, "much");
        assertThatThrownBy(() -> BlockCache.ofProcess().bound())
                .hasMessage("the system property stackel.data.memory must be a number of bytes, such as 500m or 8g,"
                        + " but was much");
    }
}
