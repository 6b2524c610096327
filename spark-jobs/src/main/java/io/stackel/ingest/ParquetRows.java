package io.stackel.ingest;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;

/**
 * Turns rows of Parquet, path and row number in front, into rows of numbers.
 *
 * @param files number of each file by its path
 * @param label name of the label, which is the third column
 * @param features the columns after it
 */
record ParquetRows(Map<Path, Integer> files, String label, List<FeatureColumn> features)
        implements Function<Row, SourceRow> {

    private static final long serialVersionUID = 1L;

    private static final int FIRST = 3;

    @Override
    public SourceRow call(Row row) {
        int file = files.get(new Path(URI.create(row.getString(0))));
        long key = row.getLong(1);
        try {
            double[] values = new double
                    [features.stream().mapToInt(FeatureColumn::entries).sum()];
            int filled = 0;
            for (int i = 0; i < features.size(); i++) {
                FeatureColumn feature = features.get(i);
                List<?> cells = cells(row, FIRST + i, feature);
                if (cells.size() != feature.entries()) {
                    throw new BrokenRowException("column " + feature.name() + ": must have " + feature.entries()
                            + " entries, as the first row has, but has " + cells.size());
                }
                for (Object cell : cells) {
                    values[filled++] = number(feature.name(), cell);
                }
            }
            return SourceRow.dense(file, key, number(label, row.get(FIRST - 1)), values);
        } catch (BrokenRowException broken) {
            return SourceRow.broken(file, key, broken.getMessage());
        }
    }

    private static List<?> cells(Row row, int column, FeatureColumn feature) {
        if (!feature.array()) {
            return Collections.singletonList(row.get(column));
        }
        return row.isNullAt(column) ? List.of() : row.getList(column);
    }

    /** The number of a cell: neither null, nor what is not finite, nor a whole number that no double holds. */
    private static double number(String column, Object cell) throws BrokenRowException {
        double value = cell instanceof Boolean truth
                ? (truth ? 1 : 0)
                : cell instanceof Number number ? number.doubleValue() : Double.NaN;
        boolean exact = !(cell instanceof Long whole) || ((long) value == whole && value < 0x1p63);
        if (!exact || !Double.isFinite(value)) {
            throw new BrokenRowException("column " + column + ": must be a finite number"
                    + (cell instanceof Long ? " that a double holds" : "") + ", but "
                    + (cell == null ? "is missing" : "was " + cell));
        }
        return value;
    }
}
