package io.stackel.ingest;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;

/**
 * Turns rows of Parquet, path and row number in front, into rows of numbers.
 *
 * @param files number of each file by its URI
 * @param label name of the label, which is the third column
 * @param features the columns after it
 */
record ParquetRows(Map<String, Integer> files, String label, List<FeatureColumn> features)
        implements Function<Row, SourceRow> {

    private static final long serialVersionUID = 1L;

    private static final int FIRST = 3;

    @Override
    public SourceRow call(Row row) {
        int file = files.get(new Path(URI.create(row.getString(0))).toUri().toString());
        long key = row.getLong(1);
        double[] values =
                new double[features.stream().mapToInt(FeatureColumn::entries).sum()];
        int filled = 0;
        for (int i = 0; i < features.size(); i++) {
            FeatureColumn feature = features.get(i);
            List<?> cells = cells(row, FIRST + i, feature);
            if (cells.size() != feature.entries()) {
                return SourceRow.broken(
                        file,
                        key,
                        "column " + feature.name() + ": must have " + feature.entries()
                                + " entries, as the first row has, but has " + cells.size());
            }
            for (Object cell : cells) {
                Optional<Double> value = number(cell);
                if (value.isEmpty()) {
                    return SourceRow.broken(file, key, refusal(feature.name(), cell));
                }
                values[filled++] = value.get();
            }
        }
        Optional<Double> own = number(row.get(FIRST - 1));
        return own.isEmpty()
                ? SourceRow.broken(file, key, refusal(label, row.get(FIRST - 1)))
                : SourceRow.dense(file, key, own.get(), values);
    }

    private static List<?> cells(Row row, int column, FeatureColumn feature) {
        if (!feature.array()) {
            return Collections.singletonList(row.get(column));
        }
        return row.isNullAt(column) ? List.of() : row.getList(column);
    }

    /** The number of a cell; nothing for null, for what is not finite and for whole numbers that no double holds. */
    private static Optional<Double> number(Object cell) {
        if (cell instanceof Boolean truth) {
            return Optional.of(truth ? 1.0 : 0.0);
        }
        if (!(cell instanceof Number number)) {
            return Optional.empty();
        }
        double value = number instanceof BigDecimal decimal ? decimal.doubleValue() : number.doubleValue();
        boolean exact = !(number instanceof Long whole) || ((long) value == whole && value < 0x1p63);
        return exact && Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }

    private static String refusal(String column, Object cell) {
        return "column " + column + ": must be a finite number" + (cell instanceof Long ? " that a double holds" : "")
                + ", but " + (cell == null ? "is missing" : "was " + cell);
    }
}
