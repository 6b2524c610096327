package io.stackel.ingest;

import io.stackel.random.Permutation;
import java.util.Iterator;
import java.util.NoSuchElementException;
import scala.Tuple2;

/** The rows of a task with their places in the permuted order, counted from the first row that is taken. */
final class PlacedRows implements Iterator<Tuple2<Long, SourceRow>> {

    private final Iterator<SourceRow> rows;
    private final long[] firstRanks;
    private final long[] runLengths;
    private final Permutation permutation;
    private final long first;
    private final long end;
    private int run;
    private long within;
    private Tuple2<Long, SourceRow> next;

    /**
     * Gives the rows of one task their places in the permuted order.
     *
     * @param first first place that is taken
     * @param end first place that is not
     */
    PlacedRows(Iterator<SourceRow> rows, RowOrder order, int partition, Permutation permutation, long first, long end) {
        this.rows = rows;
        firstRanks = order.firstRanks()[partition];
        runLengths = order.runLengths()[partition];
        this.permutation = permutation;
        this.first = first;
        this.end = end;
    }

    @Override
    public boolean hasNext() {
        while (next == null && rows.hasNext()) {
            SourceRow row = rows.next();
            if (within == runLengths[run]) {
                run++;
                within = 0;
            }
            long place = permutation.image(firstRanks[run] + within);
            within++;
            if (place >= first && place < end) {
                next = new Tuple2<>(place - first, row);
            }
        }
        return next != null;
    }

    @Override
    public Tuple2<Long, SourceRow> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there are no more rows");
        }
        Tuple2<Long, SourceRow> result = next;
        next = null;
        return result;
    }
}
