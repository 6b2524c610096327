package io.stackel.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.random.Permutation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowOrderTest {

    private static List<SourceRow> rows(long... fileAndKey) {
        List<SourceRow> rows = new ArrayList<>();
        for (int i = 0; i < fileAndKey.length; i += 2) {
            rows.add(SourceRow.dense((int) fileAndKey[i], fileAndKey[i + 1], 0, new double[3]));
        }
        return rows;
    }

    private static PartitionSummary summary(int partition, List<SourceRow> rows) {
        return PartitionSummary.of(partition, rows.iterator());
    }

    @Test
    void rowsAreNumberedByFileAndPlaceAcrossTasks() {
        // A task may hold stretches of several files, and of one file a later stretch before an earlier one.
        List<SourceRow> first = rows(1, 50, 1, 60, 0, 7, 1, 10);
        List<SourceRow> second = rows(0, 0, 0, 3, 1, 20);

        RowOrder order = RowOrder.of(List.of(summary(1, second), summary(0, first)));

        assertThat(order.rows()).isEqualTo(7);
        assertThat(order.firstRanks()).isEqualTo(new long[][] {{5, 2, 3}, {0, 4}});
        assertThat(order.runLengths()).isEqualTo(new long[][] {{2, 1, 1}, {2, 1}});
    }

    @Test
    void everyRowIsPlacedOnceByItsNumber() {
        List<SourceRow> rows = rows(1, 50, 1, 60, 0, 7, 1, 10);
        RowOrder order = RowOrder.of(List.of(summary(0, rows)));
        Permutation permutation = new Permutation(3, 4);
        long[] ranks = {2, 3, 0, 1};

        List<Long> places = new ArrayList<>();
        new PlacedRows(rows.iterator(), order, 0, permutation, 0, 4).forEachRemaining(row -> places.add(row._1()));
        List<Long> some = new ArrayList<>();
        new PlacedRows(rows.iterator(), order, 0, permutation, 1, 3).forEachRemaining(row -> some.add(row._1()));

        assertThat(places)
                .containsExactlyElementsOf(
                        LongStream.of(ranks).map(permutation::image).boxed().toList());
        assertThat(some).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void splitsThatOverlapAreAMistake() {
        assertThatThrownBy(() -> RowOrder.of(List.of(summary(0, rows(0, 0, 0, 5)), summary(1, rows(0, 5)))))
                .hasMessageContaining("must not overlap");
    }

    @Test
    void brokenRowsAreCountedAndTheFirstOnesKept() {
        List<SourceRow> rows = new ArrayList<>(rows(0, 0));
        for (int i = 1; i < 30; i++) {
            rows.add(SourceRow.broken(0, i, "row " + i));
        }

        PartitionSummary summary = summary(0, rows);

        assertThat(summary.broken()).isEqualTo(29);
        assertThat(summary.worst()).hasSize(10);
        assertThat(summary.width()).isEqualTo(3);
    }

    @Test
    void tasksWriteWholeBlocks() {
        BlockPartitioner partitioner = new BlockPartitioner(7, 10, 3);

        assertThat(partitioner.numPartitions()).isEqualTo(3);
        assertThat(LongStream.of(0, 29, 30, 59, 60, 69).map(partitioner::getPartition))
                .containsExactly(0L, 0L, 1L, 1L, 2L, 2L);
        assertThat(new BlockPartitioner(5, 10, 3).numPartitions()).isEqualTo(3);
        assertThat(new BlockPartitioner(2, 10, 100).numPartitions()).isEqualTo(2);
        assertThat(new BlockPartitioner(7, 10, 3)).isEqualTo(partitioner).hasSameHashCodeAs(partitioner);
    }
}
