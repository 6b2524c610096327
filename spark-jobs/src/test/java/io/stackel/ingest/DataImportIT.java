package io.stackel.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stackel.problem.BlockSet;
import io.stackel.problem.DataBlock;
import io.stackel.problem.LabelSummary;
import io.stackel.random.Permutation;
import io.stackel.spark.SparkEngine;
import io.stackel.store.DataSetFile;
import io.stackel.store.HdfsServer;
import io.stackel.store.S3Server;
import io.stackel.store.StorageException;
import io.stackel.store.StoredDataSets;
import io.stackel.store.Stores;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Imports by a real Spark: what is read, in which order, what is refused; on local disk, HDFS and S3. */
class DataImportIT {

    private static final int ROWS = 1500;
    private static final long SEED = 5;
    private static final ImportRequest.Table TABLE =
            new ImportRequest.Table("label", List.of(), true, ',', OptionalInt.empty());

    private static final String TEXT_SPLIT = "mapreduce.input.fileinputformat.split.maxsize";
    private static final String PARQUET_SPLIT = "spark.sql.files.maxPartitionBytes";

    @RegisterExtension
    static final HdfsServer HDFS = new HdfsServer();

    @RegisterExtension
    static final S3Server S3 = new S3Server();

    private static SparkEngine engine;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        engine = SparkEngine.open("local[2]", "DataImportIT", DataImport.settings(new SparkConf()));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static ImportRequest.Blocks blocks(long first, OptionalLong end) {
        return new ImportRequest.Blocks(SEED, 64, first, end);
    }

    private static DataSetFile run(
            List<?> sources, ImportRequest.Table table, ImportRequest.Blocks blocks, URI target) {
        ImportRequest request =
                new ImportRequest(sources.stream().map(Object::toString).toList(), Optional.empty(), table, blocks);
        Configuration hadoop = engine.context().hadoopConfiguration();
        return DataImport.run(engine.context(), request, Stores.open(target, () -> hadoop, false), line -> {});
    }

    private DataSetFile run(List<?> sources, String target) {
        return run(
                sources,
                TABLE,
                blocks(0, OptionalLong.empty()),
                folder.resolve(target).toUri());
    }

    private static BlockSet open(URI place) {
        return new StoredDataSets(() -> engine.context().hadoopConfiguration()).open(place.toString());
    }

    private static List<String> rows(BlockSet set) {
        List<String> rows = new ArrayList<>();
        for (int b = 0; b < set.blocks(); b++) {
            DataBlock block = set.block(b);
            assertThat(block.firstRow()).isEqualTo(rows.size());
            for (int i = 0; i < block.rows(); i++) {
                int start = i * block.columns();
                rows.add(block.labels().apply(i) + ": " + block.rowMajor()[start] + " " + block.rowMajor()[start + 1]);
            }
        }
        return rows;
    }

    /** By a pass over all blocks. */
    private static LabelSummary labels(BlockSet set) {
        LabelSummary.Counter counter = new LabelSummary.Counter();
        for (int b = 0; b < set.blocks(); b++) {
            counter.add(set.block(b).labels().values());
        }
        return counter.summary();
    }

    /** The rows of three tables one after the other, in the permuted order. */
    private static List<String> expected() {
        Permutation permutation = new Permutation(SEED, ROWS);
        List<String> rows = new ArrayList<>(Collections.nCopies(ROWS, ""));
        for (int i = 0; i < ROWS; i++) {
            rows.set((int) permutation.image(i), Tables.label(i) + ": " + Tables.first(i) + " " + Tables.second(i));
        }
        return rows;
    }

    @ParameterizedTest
    @EnumSource
    void rowsHaveOneOrderWhateverTheSplitsAndTheOrderOfTheFiles(ImportRequest.Format format) throws IOException {
        List<Path> files = Tables.write(engine.context(), format, folder.resolve("one"), ROWS, 3, false);
        List<Path> reversed = Tables.write(engine.context(), format, folder.resolve("one again"), ROWS, 3, true);
        Collections.reverse(reversed);

        DataSetFile whole = run(files, "whole");
        DataSetFile split = Splits.small(engine.context(), TEXT_SPLIT, PARQUET_SPLIT, 2000, () -> {
            assertThat(partitions(format, reversed)).isGreaterThan(partitions(format, files.subList(0, 1)) + 3);
            return run(reversed, "split");
        });
        DataSetFile directory = run(List.of(folder.resolve("one")), "directory");

        assertThat(rows(open(folder.resolve("whole").toUri()))).isEqualTo(expected());
        assertThat(split.sha256()).isEqualTo(whole.sha256());
        assertThat(directory.sha256()).isEqualTo(whole.sha256());
        assertThat(whole.blocks()).hasSize(24);
        assertThat(open(folder.resolve("split").toUri()).sha256()).isEqualTo(whole.sha256());
    }

    private static int partitions(ImportRequest.Format format, List<Path> files) {
        List<SourceFile> found = SourceFile.list(
                files.stream().map(Path::toString).toList(), engine.context().hadoopConfiguration());
        return (format == ImportRequest.Format.PARQUET
                        ? ParquetTable.open(engine.context(), found, TABLE)
                        : TextTable.libSvm(engine.context(), found, TABLE))
                .rows()
                .getNumPartitions();
    }

    @Test
    void rangesOfOneOrderShareNoRowAndAnotherSeedIsAnotherDataSet() throws IOException {
        List<Path> files =
                Tables.write(engine.context(), ImportRequest.Format.CSV, folder.resolve("csv"), 300, 2, false);

        run(files, TABLE, blocks(0, OptionalLong.of(100)), folder.resolve("a").toUri());
        run(files, TABLE, blocks(100, OptionalLong.empty()), folder.resolve("b").toUri());
        DataSetFile all = run(files, "all");
        DataSetFile other = run(
                files,
                TABLE,
                new ImportRequest.Blocks(SEED + 1, 64, 0, OptionalLong.empty()),
                folder.resolve("other").toUri());

        List<String> both = rows(open(folder.resolve("a").toUri()));
        assertThat(both).hasSize(100);
        both.addAll(rows(open(folder.resolve("b").toUri())));
        assertThat(both).isEqualTo(rows(open(folder.resolve("all").toUri())));
        assertThat(all.sha256()).isEqualTo(DataSetHashTest.SHA256);
        assertThat(all.labels()).contains(labels(open(folder.resolve("all").toUri())));
        assertThat(other.sha256()).isNotEqualTo(all.sha256());
        assertThat(rows(open(folder.resolve("other").toUri()))).containsExactlyInAnyOrderElementsOf(both);
    }

    @Test
    void columnsAreChosenAndCompressedFilesAreRead() throws IOException {
        Path file = folder.resolve("table.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("id;\"the label\";x\r\n7;1;2.5\r\n\r\n8;-1;\"3e-1\"\r\n".getBytes(StandardCharsets.UTF_8));
        }
        ImportRequest.Table table = new ImportRequest.Table("the label", List.of("x"), true, ';', OptionalInt.empty());

        DataSetFile set = run(
                List.of(file),
                table,
                blocks(0, OptionalLong.empty()),
                folder.resolve("set").toUri());

        assertThat(set.columns()).containsExactly("x");
        DataBlock block = open(folder.resolve("set").toUri()).block(0);
        assertThat(Map.of(
                        block.labels().apply(0),
                        block.rowMajor()[0],
                        block.labels().apply(1),
                        block.rowMajor()[1]))
                .isEqualTo(Map.of(1.0, 2.5, -1.0, 0.3));
    }

    private ImportException refusal(ImportRequest.Table table, Path... files) {
        ImportException failure = catchThrowableOfType(
                ImportException.class,
                () -> run(
                        List.of((Object[]) files),
                        table,
                        blocks(0, OptionalLong.empty()),
                        folder.resolve("refused").toUri()));
        assertThat(folder.resolve("refused/dataset.json")).doesNotExist();
        return failure;
    }

    @Test
    void brokenRowsOfTextAreNamedByFileColumnAndRow() throws IOException {
        Path sound = Files.writeString(folder.resolve("a.csv"), "x,label\n1,2\n");
        Path broken = Files.writeString(folder.resolve("b.csv"), "x,label\n1,0\n\nabc,0\n1\n1,NaN\n,1\n1e999,1\n");
        Path other = Files.writeString(folder.resolve("c.csv"), "label,x\n1,0\n");

        ImportException failure = refusal(TABLE, other, broken, sound);

        assertThat(failure.kind()).isEqualTo(ImportException.Kind.BROKEN);
        assertThat(failure.getMessage().lines().map(String::strip))
                .containsExactly(
                        "6 rows are broken:",
                        "file:" + broken + ", line 4, column x: must be a finite number, but was \"abc\"",
                        "file:" + broken + ", line 5, must have 2 columns, but has 1",
                        "file:" + broken + ", line 6, column label: must be a finite number, but was \"NaN\"",
                        "file:" + broken + ", line 7, column x: must be a finite number, but is missing",
                        "file:" + broken + ", line 8, column x: must be a finite number, but was \"1e999\"",
                        "file:" + other + ", line 1, header: must be that of the first file, [x, label], but was"
                                + " [label, x]");
    }

    @Test
    void brokenRowsOfParquetAreNamed() throws IOException {
        List<Path> files = Tables.withHoles(engine.context(), folder.resolve("holes"));

        ImportException failure = refusal(TABLE, files.toArray(Path[]::new));

        assertThat(failure.kind()).isEqualTo(ImportException.Kind.BROKEN);
        assertThat(failure.getMessage().lines().map(String::strip))
                .containsExactly(
                        "3 rows are broken:",
                        "file:" + files.get(0) + ", row 1 (counted from 0), column x: must be a finite number, but is"
                                + " missing",
                        "file:" + files.get(0) + ", row 2 (counted from 0), column pair: must have 2 entries, as the"
                                + " first row has, but has 1",
                        "file:" + files.get(0) + ", row 3 (counted from 0), column label: must be a finite number, but"
                                + " was NaN");
    }

    @Test
    void whatCannotBeReadIsRefused() throws IOException {
        Path noParquet = Files.writeString(folder.resolve("no.parquet"), "these bytes are no Parquet");
        Path csv = Files.writeString(folder.resolve("a.csv"), "x,label\n1,2\n");
        Path empty = Files.writeString(folder.resolve("empty.csv"), "x,label\n");

        assertThat(refusal(TABLE, noParquet)).hasMessageContaining("no.parquet");
        assertThat(refusal(TABLE, noParquet).kind()).isEqualTo(ImportException.Kind.BROKEN);
        assertThat(refusal(TABLE, csv, noParquet)).hasMessageContaining("give --format");
        assertThat(refusal(TABLE, folder.resolve("none.csv"))).hasMessageContaining("there is no file");
        assertThat(refusal(TABLE, empty)).hasMessageContaining("there must be at least one row");
        assertThat(refusal(new ImportRequest.Table("y", List.of(), true, ',', OptionalInt.empty()), csv))
                .hasMessageContaining("--label must name columns of [x, label], but one is y");
        assertThat(refusal(new ImportRequest.Table("label", List.of("z"), true, ',', OptionalInt.empty()), csv))
                .hasMessageContaining("--features must name columns of [x, label], but one is z");
        ImportException range = catchThrowableOfType(
                ImportException.class,
                () -> run(
                        List.of(csv),
                        TABLE,
                        blocks(0, OptionalLong.of(2)),
                        folder.resolve("refused").toUri()));
        assertThat(range).hasMessageContaining("--rows must lie within the 1 rows");
    }

    @Test
    void hdfsKeepsSourcesAndDataSets() throws IOException {
        onRemoteDisk(HDFS.freshRoot(), HDFS.configuration());
    }

    @Test
    void s3KeepsSourcesAndDataSets() throws IOException {
        Configuration settings = S3.configuration();
        settings.forEach(entry -> {
            if (entry.getKey().startsWith("fs.s3a.")) {
                engine.context().hadoopConfiguration().set(entry.getKey(), entry.getValue());
            }
        });
        onRemoteDisk(S3.freshRoot(), settings);
    }

    private void onRemoteDisk(URI root, Configuration settings) throws IOException {
        List<Path> files =
                Tables.write(engine.context(), ImportRequest.Format.CSV, folder.resolve("csv"), 100, 2, false);
        FileSystem there = FileSystem.get(root, settings);
        for (Path file : files) {
            there.copyFromLocalFile(
                    new org.apache.hadoop.fs.Path(file.toUri()),
                    new org.apache.hadoop.fs.Path(root + "/csv/" + file.getFileName()));
        }
        DataSetFile here = run(files, "here");
        URI target = URI.create(root + "/set");

        DataSetFile remote = run(List.of(root + "/csv"), TABLE, blocks(0, OptionalLong.empty()), target);

        assertThat(remote.sha256()).isEqualTo(here.sha256());
        assertThat(rows(open(target)))
                .isEqualTo(rows(open(folder.resolve("here").toUri())));
        URI damaged = URI.create(root + "/damaged");
        run(List.of(root + "/csv"), TABLE, blocks(1, OptionalLong.empty()), damaged);
        there.delete(new org.apache.hadoop.fs.Path(damaged + "/blocks/00000001.safetensors"), false);
        assertThat(catchThrowableOfType(StorageException.class, () -> rows(open(damaged))))
                .hasMessageContaining("blocks/00000001.safetensors is missing");
    }
}
