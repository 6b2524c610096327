package io.stackel.ingest;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.stackel.problem.LabelSummary;
import io.stackel.store.DataSetDirectory;
import io.stackel.store.DataSetFile;
import io.stackel.store.ShippedConfiguration;
import io.stackel.store.Stores;
import java.io.Serializable;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.Tuple2;

/**
 * Writes the rows of a task, which come in order, as blocks.
 *
 * @param target of the data set
 * @param hadoop settings by which it is opened
 * @param columns features of a row
 * @param rowsPerBlock rows of every block but the last
 * @param rows in all
 */
record BlockWriter(URI target, ShippedConfiguration hadoop, int columns, int rowsPerBlock, long rows)
        implements FlatMapFunction<Iterator<Tuple2<Long, SourceRow>>, BlockWriter.Written> {

    private static final long serialVersionUID = 1L;

    /**
     * What a task has written.
     *
     * @param first number of its first block
     * @param blocks one after the other
     */
    @DefaultSerializer(JavaSerializer.class)
    record Written(int first, List<DataSetFile.Block> blocks, LabelSummary labels) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Iterator<Written> call(Iterator<Tuple2<Long, SourceRow>> placed) throws InterruptedException {
        DataSetDirectory directory = new DataSetDirectory(Stores.openForReading(target, hadoop));
        LabelSummary.Counter labels = new LabelSummary.Counter();
        int first = 0;
        try (BlocksInFlight blocks = new BlocksInFlight()) {
            while (placed.hasNext()) {
                Tuple2<Long, SourceRow> row = placed.next();
                int index = (int) (row._1() / rowsPerBlock);
                first = blocks.count() == 0 ? index : first;
                double[] features = new double[Math.multiplyExact(rowsFrom(row._1()), columns)];
                double[] labelOfRow = new double[rowsFrom(row._1())];
                fill(row, placed, features, labelOfRow);
                labels.add(labelOfRow);
                blocks.add(() -> directory.write(index, columns, features, labelOfRow));
            }
            return List.of(new Written(first, blocks.finish(), labels.summary()))
                    .iterator();
        }
    }

    private int rowsFrom(long start) {
        return (int) Math.min(rowsPerBlock, rows - start);
    }

    /** Takes the rows of a block, of which the first one has been taken. */
    private void fill(
            Tuple2<Long, SourceRow> firstRow,
            Iterator<Tuple2<Long, SourceRow>> placed,
            double[] features,
            double[] labels) {
        Tuple2<Long, SourceRow> row = firstRow;
        long start = row._1();
        for (int i = 0; i < labels.length; i++) {
            if (row._1() != start + i) {
                throw new IllegalStateException("row " + (start + i) + " must come next, but row " + row._1() + " did");
            }
            row._2().writeInto(features, i * columns);
            labels[i] = row._2().label();
            if (i + 1 < labels.length) {
                row = placed.next();
            }
        }
    }
}
