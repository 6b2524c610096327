package io.stackel.ingest;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What the driver must know of the rows of a task.
 *
 * @param partition number of the task
 * @param runs stretches of rows of one file in ascending order, as they came
 * @param width features of the widest row
 * @param broken number of broken rows
 * @param worst the first few broken ones
 */
@DefaultSerializer(JavaSerializer.class)
record PartitionSummary(int partition, List<Run> runs, int width, long broken, List<BrokenRow> worst)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How many broken rows a message names. */
    static final int TOLD = 10;

    /** A stretch of rows of one file. */
    record Run(int file, long firstKey, long lastKey, long rows) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** A row with what is wrong with it. */
    record BrokenRow(int file, long key, String what) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Goes through the rows of a task. */
    static PartitionSummary of(int partition, Iterator<SourceRow> rows) {
        List<Run> runs = new ArrayList<>();
        List<BrokenRow> worst = new ArrayList<>();
        int width = 0;
        long broken = 0;
        while (rows.hasNext()) {
            SourceRow row = rows.next();
            if (row.isBroken()) {
                broken++;
                if (worst.size() < TOLD) {
                    worst.add(new BrokenRow(row.file(), row.key(), row.broken()));
                }
            }
            width = Math.max(width, row.width());
            int last = runs.size() - 1;
            if (last < 0 || startsRun(runs.get(last), row)) {
                runs.add(new Run(row.file(), row.key(), row.key(), 1));
            } else {
                Run run = runs.get(last);
                runs.set(last, new Run(run.file(), run.firstKey(), row.key(), run.rows() + 1));
            }
        }
        return new PartitionSummary(partition, List.copyOf(runs), width, broken, List.copyOf(worst));
    }

    private static boolean startsRun(Run run, SourceRow row) {
        return row.file() != run.file() || row.key() <= run.lastKey();
    }
}
