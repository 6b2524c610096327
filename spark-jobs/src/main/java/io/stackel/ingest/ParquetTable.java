package io.stackel.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;

import io.stackel.ingest.ImportException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Files of Parquet: the place of a row is its number in the file, {@code _metadata.row_index}. */
final class ParquetTable {

    private ParquetTable() {}

    static SourceTable open(JavaSparkContext context, List<SourceFile> files, ImportRequest.Table request) {
        SparkSession session = SparkSession.builder().getOrCreate();
        Dataset<Row> table =
                session.read().parquet(files.stream().map(SourceFile::path).toArray(String[]::new));
        StructType schema = table.schema();
        List<String> names = List.of(schema.fieldNames());
        Columns chosen = Columns.choose(files.get(0).path(), names, request);
        List<String> features = chosen.features().stream().map(names::get).toList();
        for (String name :
                Stream.concat(Stream.of(request.label()), features.stream()).toList()) {
            DataType type = schema.apply(name).dataType();
            boolean array = type instanceof ArrayType list && isNumber(list.elementType());
            if (!isNumber(type) && (!array || name.equals(request.label()))) {
                throw new ImportException(
                        Kind.BROKEN,
                        files.get(0).path() + ", column " + name + ": must hold numbers"
                                + (name.equals(request.label()) ? "" : " or arrays of numbers") + ", but is "
                                + type.simpleString() + "; choose others with --label and --features");
            }
        }
        return table(files, table, request.label(), features(table, features));
    }

    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType;
    }

    private static Column column(String name) {
        return col("`" + name.replace("`", "``") + "`");
    }

    /** The feature columns; arrays have as many entries as in the first row. */
    private static List<FeatureColumn> features(Dataset<Row> table, List<String> names) {
        List<String> arrays = names.stream()
                .filter(name -> table.schema().apply(name).dataType() instanceof ArrayType)
                .toList();
        List<Row> first = arrays.isEmpty()
                ? List.of()
                : table.select(arrays.stream().map(name -> size(column(name))).toArray(Column[]::new))
                        .takeAsList(1);
        List<FeatureColumn> features = new ArrayList<>();
        for (String name : names) {
            int number = arrays.indexOf(name);
            boolean unknown = first.isEmpty() || (number >= 0 && first.get(0).isNullAt(number));
            int entries =
                    number < 0 ? 1 : unknown ? 0 : Math.max(0, first.get(0).getInt(number));
            features.add(new FeatureColumn(name, number >= 0, entries));
        }
        return features;
    }

    private static SourceTable table(
            List<SourceFile> files, Dataset<Row> table, String label, List<FeatureColumn> features) {
        List<Column> selected =
                new ArrayList<>(List.of(col("_metadata.file_path"), col("_metadata.row_index"), column(label)));
        features.forEach(feature -> selected.add(column(feature.name())));
        ParquetRows rows = new ParquetRows(SourceFile.numbers(files), label, features);
        List<String> names =
                features.stream().flatMap(feature -> feature.names().stream()).toList();
        return new SourceTable(
                label,
                width -> names,
                table.select(selected.toArray(Column[]::new)).toJavaRDD().map(rows),
                (file, key) -> "row " + key + " (counted from 0)");
    }
}
