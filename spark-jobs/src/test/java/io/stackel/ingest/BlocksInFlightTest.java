package io.stackel.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.store.DataSetFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BlocksInFlightTest {

    private static DataSetFile.Block block(int number) {
        return new DataSetFile.Block(number, "sha");
    }

    @Test
    void blocksKeepTheirOrderAndAreWrittenAtOnce() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(BlocksInFlight.MOST);
        List<DataSetFile.Block> expected = new ArrayList<>();
        try (BlocksInFlight blocks = new BlocksInFlight()) {
            for (int i = 0; i < 3 * BlocksInFlight.MOST; i++) {
                int number = i;
                expected.add(block(i));
                blocks.add(() -> {
                    all.countDown();
                    assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
                    return block(number);
                });
                assertThat(blocks.count()).isEqualTo(i + 1);
            }

            assertThat(blocks.finish()).isEqualTo(expected);
        }
    }

    @Test
    void aBlockThatWasNotWrittenIsTold() throws InterruptedException {
        try (BlocksInFlight blocks = new BlocksInFlight()) {
            blocks.add(() -> block(0));
            blocks.add(() -> {
                throw new IllegalArgumentException("the disk is full");
            });
            blocks.add(() -> block(2));

            assertThatThrownBy(blocks::finish).hasMessage("the disk is full");
        }
    }
}
