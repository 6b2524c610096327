package io.stackel.ml;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a pass over the rows of a fit tells of them; all rows are sound.
 *
 * @param fingerprint the same for the same rows in any order
 * @param classes number of classes, at least 2
 */
record RowFacts(String fingerprint, int classes) {

    private static final int MOST_CLASSES = 100_000;

    /**
     * Goes through the rows once.
     *
     * @param rows as of {@link InputColumns#of}
     * @throws IllegalArgumentException with what is wrong, and the id of a row where it is
     */
    static RowFacts of(Dataset<Row> rows) {
        Column label = col("label");
        Column features = col("features");
        Row facts = rows.agg(
                        count(lit(1)),
                        count(col("id")),
                        countDistinct(col("id")),
                        example(col("trusted").isNull()),
                        example(isNot(label.geq(0).and(label.lt(MOST_CLASSES)).and(label.equalTo(floor(label))))),
                        example(features.isNull().or(exists(features, x -> isNot(abs(x).leq(Double.MAX_VALUE))))),
                        min(size(features)),
                        max(size(features)),
                        count(when(col("trusted"), 1)),
                        max(label),
                        expr("bit_xor(xxhash64(id, trusted, label, features))"))
                .first();
        long total = facts.getLong(0);
        require(facts.getLong(1) == total, "idCol: " + (total - facts.getLong(1)) + " rows have no id");
        require(
                facts.getLong(2) == total,
                "idCol: every row must have an id of its own, but " + total + " rows have " + facts.getLong(2));
        requireNone(facts, 3, "validationIndicatorCol: must be true or false");
        requireNone(facts, 4, "labelCol: must be a whole number from 0 to " + (MOST_CLASSES - 1));
        requireNone(facts, 5, "featuresCol: must be there and hold finite numbers");
        long trusted = facts.getLong(8);
        require(
                trusted > 0 && trusted < total,
                "validationIndicatorCol: some rows must be trusted and some not, but of " + total + " rows " + trusted
                        + " are");
        require(
                facts.getInt(6) == facts.getInt(7) && facts.getInt(6) > 0,
                "featuresCol: all rows must have as many features, at least one, but they have " + facts.getInt(6)
                        + " to " + facts.getInt(7));
        return new RowFacts(
                String.format(Locale.ROOT, "rows-%d-%016x", total, facts.getLong(10)),
                Math.max(2, 1 + (int) facts.getDouble(9)));
    }

    private static Column isNot(Column condition) {
        return not(coalesce(condition, lit(false)));
    }

    /** The smallest id of the rows in which something is wrong. */
    private static Column example(Column wrong) {
        return min(when(wrong, col("id")));
    }

    private static void requireNone(Row facts, int column, String what) {
        require(facts.isNullAt(column), what + ", but in the row with id " + facts.get(column) + " it is not");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
