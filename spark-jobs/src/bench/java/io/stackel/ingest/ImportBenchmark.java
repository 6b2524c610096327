package io.stackel.ingest;

import com.sun.management.OperatingSystemMXBean;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import io.stackel.spark.SparkEngine;
import io.stackel.store.Stores;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * An import beside what Spark alone needs to read the same file, sort it by a random number and write it as Parquet.
 *
 * <p>{@code generate FILE ROWS FEATURES} writes a CSV file of ten classes: standard normal features of four digits, shifted
 * by the class. {@code compare FILE FOLDER REPETITIONS [ROWS_PER_BLOCK]} takes turns in {@code local[2]}, prints wall and
 * processor seconds, and leaves the last data set in {@code FOLDER/imported}. On a machine that does other work too,
 * compare the processor seconds.
 */
public final class ImportBenchmark {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final PrintStream OUT = System.out;
    private static final int CLASSES = 10;

    private ImportBenchmark() {}

    /** Generates or compares. */
    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("generate")) {
            generate(Path.of(arguments[1]), Long.parseLong(arguments[2]), Integer.parseInt(arguments[3]));
        } else {
            int rowsPerBlock = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 100;
            compare(Path.of(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]), rowsPerBlock);
        }
    }

    private static void generate(Path file, long rows, int features) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("label");
            for (int j = 0; j < features; j++) {
                out.write(",x" + j);
            }
            RandomStream random = RandomStream.at(0, Purpose.PROBLEM, 0, 0, 0, 0);
            for (long row = 0; row < rows; row++) {
                random.reseed(0, Purpose.PROBLEM, 0, row, 0, 0);
                int label = (int) (row % CLASSES);
                StringBuilder line = new StringBuilder("\n").append(label);
                for (int j = 0; j < features; j++) {
                    double shift = j % CLASSES == label ? 1 : 0;
                    line.append(',').append(Math.rint((shift + random.nextGaussian()) * 1e4) / 1e4);
                }
                out.append(line);
            }
            out.write('\n');
        }
    }

    private static void compare(Path file, Path folder, int repetitions, int rowsPerBlock) throws IOException {
        SparkConf settings = DataImport.settings(new SparkConf());
        try (SparkEngine engine = SparkEngine.open("local[2]", "import benchmark", settings)) {
            Path imported = folder.resolve("imported");
            for (int i = 0; i < repetitions; i++) {
                measure("read, sort, write", () -> plain(engine, file, folder.resolve("plain-" + UUID.randomUUID())));
                if (Files.exists(imported)) {
                    Files.move(imported, folder.resolve("imported-" + UUID.randomUUID()));
                }
                measure("import", () -> imported(engine, file, imported, rowsPerBlock));
            }
        }
    }

    private static void plain(SparkEngine engine, Path file, Path target) {
        SparkSession session = SparkSession.builder()
                .config(engine.context().getConf())
                .getOrCreate();
        StructType schema = new StructType();
        for (String column : session.read().option("header", true).csv(file.toString()).columns()) {
            schema = schema.add(column, DataTypes.DoubleType);
        }
        session.read()
                .option("header", true)
                .schema(schema)
                .csv(file.toString())
                .withColumn("place", functions.rand(0))
                .sort("place")
                .drop("place")
                .write()
                .parquet(target.toString());
    }

    private static void imported(SparkEngine engine, Path file, Path target, int rowsPerBlock) {
        ImportRequest request = new ImportRequest(
                List.of(file.toString()),
                Optional.of(ImportRequest.Format.CSV),
                new ImportRequest.Table("label", List.of(), true, ',', OptionalInt.empty()),
                new ImportRequest.Blocks(0, rowsPerBlock, 0, OptionalLong.empty()));
        Configuration hadoop = engine.context().hadoopConfiguration();
        DataImport.run(engine.context(), request, Stores.open(target.toUri(), () -> hadoop, false), line -> {});
    }

    private static void measure(String what, Runnable work) {
        long wall = System.nanoTime();
        long processor = PROCESS.getProcessCpuTime();
        work.run();
        OUT.println(String.format(
                Locale.ROOT,
                "%-18s %8.1f s, processor %8.1f s",
                what,
                (System.nanoTime() - wall) / 1e9,
                (PROCESS.getProcessCpuTime() - processor) / 1e9));
    }
}
