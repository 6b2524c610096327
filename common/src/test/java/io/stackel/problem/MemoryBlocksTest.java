package io.stackel.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MemoryBlocksTest {

    private static final double[] FEATURES = {0, 1, 10, 11, 20, 21, 30, 31, 40, 41};
    private static final double[] LABELS = {0.5, 1.5, 2.5, 3.5, 4.5};

    @Test
    void blocksHoldEveryRowOnceAndInOrder() {
        MemoryBlocks set = MemoryBlocks.of(2, FEATURES, LABELS, 2);
        assertThat(set.blocks()).isEqualTo(3);
        assertThat(set.rows()).isEqualTo(5);
        assertThat(set.block(1).firstRow()).isEqualTo(2);
        assertThat(set.block(1).rowMajor()).containsExactly(20, 21, 30, 31);
        assertThat(set.block(1).labels().values()).containsExactly(2.5, 3.5);
        assertThat(set.block(2).rows()).isEqualTo(1);
        assertThat(set.block(2).features().apply(0, 1)).isEqualTo(41);
    }

    @Test
    void identityIsThatOfTheRowsWhateverTheBlocks() {
        String hash = MemoryBlocks.of(2, FEATURES, LABELS, 2).sha256();
        assertThat(hash).hasSize(64);
        assertThat(MemoryBlocks.of(2, FEATURES, LABELS, 5).sha256()).isEqualTo(hash);
        double[] changed = LABELS.clone();
        changed[4] = 4.75;
        assertThat(MemoryBlocks.of(2, FEATURES, changed, 2).sha256()).isNotEqualTo(hash);
        assertThat(MemoryBlocks.of(1, Arrays.copyOf(FEATURES, 5), LABELS, 2).sha256())
                .isNotEqualTo(hash);
    }

    @Test
    void wrongSizesAreRefused() {
        assertThatThrownBy(() -> MemoryBlocks.of(3, FEATURES, LABELS, 2))
                .hasMessage("features must have 15 entries, 5 rows of 3, but has 10");
        assertThatThrownBy(() -> MemoryBlocks.of(2, FEATURES, LABELS, 0))
                .hasMessage("rows and rowsPerBlock must be at least 1, but were 5 and 0");
        assertThatThrownBy(() -> BlockSource.none().open("file:/nowhere"))
                .hasMessage("data set file:/nowhere cannot be opened: there is no source of data sets");
    }
}
