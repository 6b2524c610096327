package io.stackel.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.stackel.report.MetricTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Rows of metrics as a program takes them. */
final class MetricRows {

    private MetricRows() {}

    /** A map for each row, sorted by key. */
    static List<Map<String, Object>> maps(MetricTable table) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (JsonNode row : table.rows()) {
            Map<String, Object> values = new TreeMap<>();
            row.properties().forEach(field -> values.put(field.getKey(), value(field.getValue())));
            rows.add(values);
        }
        return rows;
    }

    /** A row for each row; a column is of whole numbers if all its values are. */
    static Dataset<Row> dataset(MetricTable table, SparkSession session) {
        List<Map<String, Object>> maps = maps(table);
        List<StructField> columns = new ArrayList<>();
        for (String key : table.keys()) {
            boolean whole = maps.stream().allMatch(row -> !row.containsKey(key) || row.get(key) instanceof Long);
            columns.add(DataTypes.createStructField(key, whole ? DataTypes.LongType : DataTypes.DoubleType, true));
        }
        List<Row> rows = maps.stream()
                .map(row -> RowFactory.create(columns.stream()
                        .map(column -> fitting(row.get(column.name()), column))
                        .toArray()))
                .toList();
        return session.createDataFrame(rows, DataTypes.createStructType(columns));
    }

    private static Object fitting(Object value, StructField column) {
        return value instanceof Long whole && column.dataType() == DataTypes.DoubleType
                ? (Object) whole.doubleValue()
                : value;
    }

    /** Numbers that are not finite are words in JSON. */
    private static Object value(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.longValue();
        }
        return value.isTextual() ? Double.parseDouble(value.textValue()) : value.doubleValue();
    }
}
