package io.stackel.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.random.Permutation;
import io.stackel.store.DataSetFile;
import io.stackel.store.ShippedConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;

/**
 * The hash of an imported data set, as runs name it: another hash makes every stored data set another one. DataImportIT
 * compares it with that of a real import.
 */
class DataSetHashTest {

    static final int ROWS = 300;
    static final long SEED = 5;
    static final int ROWS_PER_BLOCK = 64;

    /** Of {@link Tables} as CSV. */
    static final String SHA256 = "7569e3cd57cd71ccb88f9cf5dbe191fa3c7cfe367cf6df4ef4792d0a91138761";

    @TempDir
    Path folder;

    /** An import's own pieces, without an engine: rows are placed, sorted and written. */
    @Test
    void theOrderOfTheRowsAndTheirBytesArePinned() throws InterruptedException {
        List<SourceRow> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(SourceRow.dense(0, i, Tables.label(i), new double[] {Tables.first(i), Tables.second(i)}));
        }
        RowOrder order = RowOrder.of(List.of(PartitionSummary.of(0, rows.iterator())));
        List<Tuple2<Long, SourceRow>> placed = new ArrayList<>();
        new PlacedRows(rows.iterator(), order, 0, new Permutation(SEED, ROWS), 0, ROWS).forEachRemaining(placed::add);
        placed.sort(Comparator.comparingLong(Tuple2::_1));
        ShippedConfiguration hadoop = ShippedConfiguration.of(new Configuration());
        BlockWriter.Written written = new BlockWriter(folder.toUri(), hadoop, 2, ROWS_PER_BLOCK, ROWS)
                .call(placed.iterator())
                .next();

        DataSetFile file = new DataSetFile(
                ROWS,
                ROWS_PER_BLOCK,
                "label",
                List.of("x", "y"),
                written.blocks(),
                Optional.of(written.labels()),
                Map.of());

        assertThat(placed.stream().limit(5).map(row -> -(int) features(row._2())[1]))
                .as("the first rows are those whose image is 0, 1, ...")
                .containsExactlyElementsOf(firstRows());
        assertThat(file.sha256()).isEqualTo(SHA256);
    }

    private static double[] features(SourceRow row) {
        double[] features = new double[2];
        row.writeInto(features, 0);
        return features;
    }

    /** By the program of its own that PermutationTest speaks of. */
    private static List<Integer> firstRows() {
        return List.of(278, 2, 183, 293, 137);
    }
}
