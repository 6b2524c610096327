package io.stackel.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Small tables whose row i has the label i mod 7 and the features i / 8 and -i, in every format. */
final class Tables {

    private Tables() {}

    static double label(int row) {
        return row % 7;
    }

    static double first(int row) {
        return row / 8.0;
    }

    static double second(int row) {
        return -row;
    }

    /**
     * Writes a table in pieces of unequal length, the first one the shortest.
     *
     * @param backwards whether the last piece is written first
     * @return the files in the order of the rows
     */
    static List<Path> write(
            JavaSparkContext context, ImportRequest.Format format, Path folder, int rows, int pieces, boolean backwards)
            throws IOException {
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        int whole = pieces * (pieces + 1) / 2;
        for (int i = 0; i < pieces; i++) {
            files.add(folder.resolve("piece-" + i + "." + format));
        }
        for (int j = 0; j < pieces; j++) {
            int piece = backwards ? pieces - 1 - j : j;
            int from = rows * (piece * (piece + 1) / 2) / whole;
            int to = rows * ((piece + 1) * (piece + 2) / 2) / whole;
            if (format == ImportRequest.Format.PARQUET) {
                parquet(context, IntStream.range(from, to).mapToObj(Tables::row).toList(), files.get(piece));
            } else {
                Stream<String> header = Stream.of("x,label,y").filter(any -> format == ImportRequest.Format.CSV);
                Files.write(
                        files.get(piece),
                        Stream.concat(header, IntStream.range(from, to).mapToObj(row -> line(format, row)))
                                .toList());
            }
        }
        return files;
    }

    private static String line(ImportRequest.Format format, int row) {
        return switch (format) {
            case CSV -> first(row) + "," + label(row) + "," + second(row);
            case JSONL -> "{\"x\": " + first(row) + ", \"label\": " + label(row) + ", \"y\": [" + second(row) + "]}";
            default -> String.format(Locale.ROOT, "%s 1:%s 2:%s # row %d", label(row), first(row), second(row), row);
        };
    }

    private static Row row(int row) {
        return RowFactory.create(first(row), (int) label(row), List.of((float) second(row)));
    }

    private static void parquet(JavaSparkContext context, List<Row> rows, Path file) throws IOException {
        StructType schema = new StructType()
                .add("x", DataTypes.DoubleType)
                .add("label", DataTypes.IntegerType)
                .add("y", DataTypes.createArrayType(DataTypes.FloatType));
        parquet(context, rows, schema, file);
    }

    /** One file of many row groups. */
    private static void parquet(JavaSparkContext context, List<Row> rows, StructType schema, Path file)
            throws IOException {
        Path written = file.resolveSibling("." + file.getFileName() + ".parts");
        SparkSession.builder()
                .config(context.getConf())
                .getOrCreate()
                .createDataFrame(rows, schema)
                .coalesce(1)
                .write()
                .option("parquet.block.size", 2000)
                .option("parquet.page.size.row.check.min", 50)
                .option("parquet.block.row.count.limit", 100)
                .parquet(written.toString());
        try (Stream<Path> parts = Files.list(written)) {
            Path part = parts.filter(path -> path.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            Files.move(part, file);
        }
    }

    /** A file with a missing number, a short array and a label that is no number. */
    static List<Path> withHoles(JavaSparkContext context, Path folder) throws IOException {
        Files.createDirectories(folder);
        StructType schema = new StructType()
                .add("x", DataTypes.LongType)
                .add("label", DataTypes.DoubleType)
                .add("pair", DataTypes.createArrayType(DataTypes.DoubleType));
        List<Row> rows = List.of(
                RowFactory.create(1L, 1.0, List.of(1.0, 2.0)),
                RowFactory.create(null, 1.0, List.of(1.0, 2.0)),
                RowFactory.create(3L, 1.0, List.of(1.0)),
                RowFactory.create(4L, Double.NaN, List.of(1.0, 2.0)));
        Path file = folder.resolve("holes.parquet");
        parquet(context, rows, schema, file);
        return List.of(file);
    }
}
