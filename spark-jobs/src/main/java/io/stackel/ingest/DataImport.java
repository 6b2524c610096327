package io.stackel.ingest;

import io.stackel.ingest.ImportException.Kind;
import io.stackel.problem.LabelSummary;
import io.stackel.random.Permutation;
import io.stackel.spark.SparkEngine;
import io.stackel.store.DataSetDirectory;
import io.stackel.store.DataSetFile;
import io.stackel.store.ShippedConfiguration;
import io.stackel.store.Storage;
import io.stackel.store.StorageException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * One import: reads the source files once, validates every row, orders, permutes and writes blocks.
 *
 * <p>Two jobs. The first reads, keeps what it read in the memories and on the disks of the executors, and reports which
 * places of which files each task has seen, from which the driver computes every row's number in the order of the files.
 * The second sends each row to the task that writes its block.
 */
public final class DataImport {

    private final JavaSparkContext context;
    private final ImportRequest request;
    private final Storage target;
    private final Consumer<String> progress;

    private DataImport(JavaSparkContext context, ImportRequest request, Storage target, Consumer<String> progress) {
        this.context = context;
        this.request = request;
        this.target = target;
        this.progress = progress;
    }

    /** Settings of a Spark application that is to import. */
    public static SparkConf settings(SparkConf given) {
        // Schemas of files travel too, whatever types they have.
        SparkConf settings = given.clone().set("spark.kryo.registrationRequired", "false");
        return SparkEngine.withRegistrator(settings, ImportRegistrator.class);
    }

    /**
     * Imports.
     *
     * @param context with {@link #settings}
     * @param target where no data set is
     * @param progress takes a line for each stage
     * @return what was written
     * @throws ImportException with what is wrong and where
     * @throws StorageException if the target does not take it
     */
    public static DataSetFile run(
            JavaSparkContext context, ImportRequest request, Storage target, Consumer<String> progress) {
        try {
            return new DataImport(context, request, target, progress).run();
        } catch (Exception failure) {
            throw translated(failure);
        }
    }

    private DataSetFile run() {
        List<SourceFile> files = SourceFile.list(request.sources(), context.hadoopConfiguration());
        ImportRequest.Format format = request.format().orElseGet(() -> SourceFile.format(files));
        long bytes = files.stream().mapToLong(SourceFile::length).sum();
        progress.accept("reading " + files.size() + (files.size() == 1 ? " file, " : " files, ") + megabytes(bytes)
                + " of " + format);
        SourceTable table = switch (format) {
            case PARQUET -> ParquetTable.open(context, files, request.table());
            case LIBSVM -> TextTable.libSvm(context, files, request.table());
            case CSV -> TextTable.csv(context, files, request.table());
            case JSONL -> TextTable.jsonLines(context, files, request.table());
        };
        JavaRDD<SourceRow> rows = table.rows().persist(StorageLevel.MEMORY_AND_DISK_SER());
        try {
            List<PartitionSummary> tasks = rows.mapPartitionsWithIndex(
                            (partition, each) -> List.of(PartitionSummary.of(partition, each))
                                    .iterator(),
                            true)
                    .collect();
            requireSound(files, table, tasks);
            return write(files, table, tasks, rows);
        } finally {
            rows.unpersist();
        }
    }

    private static void requireSound(List<SourceFile> files, SourceTable table, List<PartitionSummary> tasks) {
        long broken = tasks.stream().mapToLong(PartitionSummary::broken).sum();
        if (broken > 0) {
            String told = tasks.stream()
                    .flatMap(task -> task.worst().stream())
                    .sorted(Comparator.comparingInt(PartitionSummary.BrokenRow::file)
                            .thenComparingLong(PartitionSummary.BrokenRow::key))
                    .limit(PartitionSummary.TOLD)
                    .map(row -> files.get(row.file()).path() + ", "
                            + table.place().of(row.file(), row.key()) + ", " + row.what())
                    .collect(Collectors.joining("\n  "));
            String rest = broken > PartitionSummary.TOLD ? "\n  and " + (broken - PartitionSummary.TOLD) + " more" : "";
            throw new ImportException(
                    Kind.BROKEN,
                    (broken == 1 ? "a row is broken:" : broken + " rows are broken:") + "\n  " + told + rest);
        }
        if (tasks.stream().allMatch(task -> task.runs().isEmpty())) {
            throw new ImportException(
                    Kind.BROKEN,
                    "there must be at least one row, but there is none in "
                            + files.get(0).path() + (files.size() == 1 ? "" : " and the other files"));
        }
    }

    private DataSetFile write(
            List<SourceFile> files, SourceTable table, List<PartitionSummary> tasks, JavaRDD<SourceRow> rows) {
        RowOrder order = RowOrder.of(tasks);
        List<String> columns = table.columns()
                .apply(tasks.stream().mapToInt(PartitionSummary::width).max().orElse(0));
        progress.accept("read " + order.rows() + " rows, " + columns.size() + " features");
        long first = request.blocks().first();
        long end = request.blocks().end().orElse(order.rows());
        if (first >= end || end > order.rows() || columns.isEmpty()) {
            throw new ImportException(
                    Kind.REFUSED,
                    "--rows must lie within the " + order.rows() + " rows, which must have features, but was " + first
                            + ":" + end);
        }
        int rowsPerBlock = request.blocks().rowsPerBlock();
        long blocks = DataSetFile.blocks(end - first, rowsPerBlock);
        if (blocks > DataSetFile.MOST_BLOCKS || (long) rowsPerBlock * columns.size() > 1 << 27) {
            throw new ImportException(
                    Kind.REFUSED,
                    "--rows-per-block must give at most " + DataSetFile.MOST_BLOCKS + " blocks of at most 1 GB, but "
                            + rowsPerBlock + " gives " + blocks + " of "
                            + megabytes(8L * rowsPerBlock * columns.size()));
        }
        progress.accept("writing " + blocks + (blocks == 1 ? " block" : " blocks") + " to " + target.root());
        BlockWriter writer = new BlockWriter(
                target.root(),
                ShippedConfiguration.of(context.hadoopConfiguration()),
                columns.size(),
                rowsPerBlock,
                end - first);
        List<BlockWriter.Written> written = written(rows, order, first, end, writer);
        LabelSummary.Counter labels = new LabelSummary.Counter();
        written.forEach(task -> labels.add(task.labels()));
        DataSetFile file = new DataSetFile(
                end - first,
                rowsPerBlock,
                table.label(),
                columns,
                written.stream().flatMap(task -> task.blocks().stream()).toList(),
                Optional.of(labels.summary()),
                origin(files, order.rows(), first));
        if (!new DataSetDirectory(target).complete(file)) {
            throw new ImportException(
                    Kind.REFUSED, "another import made a data set at " + target.root() + " meanwhile");
        }
        return file;
    }

    /** What the tasks have written, in the order of the blocks. */
    private List<BlockWriter.Written> written(
            JavaRDD<SourceRow> rows, RowOrder order, long first, long end, BlockWriter writer) {
        long seed = request.blocks().seed();
        BlockPartitioner partitioner = new BlockPartitioner(
                DataSetFile.blocks(end - first, writer.rowsPerBlock()),
                writer.rowsPerBlock(),
                Math.max(rows.getNumPartitions(), context.defaultParallelism()));
        JavaRDD<Tuple2<Long, SourceRow>> placed = rows.mapPartitionsWithIndex(
                (partition, each) ->
                        new PlacedRows(each, order, partition, new Permutation(seed, order.rows()), first, end),
                true);
        return JavaPairRDD.fromJavaRDD(placed)
                .repartitionAndSortWithinPartitions(partitioner)
                .mapPartitions(writer)
                .collect()
                .stream()
                .sorted(Comparator.comparingInt(BlockWriter.Written::first))
                .toList();
    }

    private Map<String, Object> origin(List<SourceFile> files, long rows, long first) {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("sources", request.sources());
        origin.put("files", files.size());
        origin.put("rows", rows);
        origin.put("seed", request.blocks().seed());
        origin.put("firstRow", first);
        return origin;
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /** Among what Spark throws are checked exceptions that it does not declare. */
    private static RuntimeException translated(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ImportException || cause instanceof StorageException) {
                return (RuntimeException) cause;
            }
            boolean unreadable = cause.getClass().getName().startsWith("org.apache.parquet.")
                    || (cause instanceof SparkThrowable spark
                            && spark.getCondition() != null
                            && spark.getCondition().contains("READ_FILE"));
            if (unreadable) {
                return new ImportException(Kind.BROKEN, firstLine(cause), failure);
            }
        }
        return new ImportException(
                Kind.TRY_AGAIN, "the import failed: " + firstLine(failure) + "; run the same command again", failure);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElseGet(failure::toString);
    }
}
