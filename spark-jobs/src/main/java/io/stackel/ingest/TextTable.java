package io.stackel.ingest;

import io.stackel.ingest.ImportException.Kind;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** Files of text: the place of a row is the byte offset of its line, which no split changes. */
final class TextTable {

    private TextTable() {}

    static SourceTable libSvm(JavaSparkContext context, List<SourceFile> files, ImportRequest.Table table) {
        List<String> columns = IntStream.rangeClosed(1, table.width().orElse(0))
                .mapToObj(Integer::toString)
                .toList();
        return table(context, files, new LibSvmFormat(table.width().orElse(Integer.MAX_VALUE)), "label", columns);
    }

    static SourceTable csv(JavaSparkContext context, List<SourceFile> files, ImportRequest.Table table) {
        List<String> first = CsvFormat.split(firstLine(files.get(0), context.hadoopConfiguration()), table.delimiter());
        List<String> names = table.header()
                ? first
                : IntStream.range(0, first.size()).mapToObj(Integer::toString).toList();
        Columns chosen = Columns.choose(files.get(0).path(), names, table);
        CsvFormat format = new CsvFormat(names, chosen.label(), chosen.features(), table.header(), table.delimiter());
        return table(
                context,
                files,
                format,
                table.label(),
                chosen.features().stream().map(names::get).toList());
    }

    static SourceTable jsonLines(JavaSparkContext context, List<SourceFile> files, ImportRequest.Table table) {
        String path = files.get(0).path();
        List<FeatureColumn> all = JsonLinesFormat.columns(firstLine(files.get(0), context.hadoopConfiguration()));
        if (all.isEmpty()) {
            throw new ImportException(Kind.BROKEN, path + ", line 1: must be a JSON object with numbers");
        }
        Columns chosen =
                Columns.choose(path, all.stream().map(FeatureColumn::name).toList(), table);
        List<FeatureColumn> features = chosen.features().stream().map(all::get).toList();
        return table(
                context,
                files,
                new JsonLinesFormat(table.label(), features),
                table.label(),
                features.stream().flatMap(column -> column.names().stream()).toList());
    }

    /** The columns are numbered from 1 if none are given. */
    private static SourceTable table(
            JavaSparkContext context, List<SourceFile> files, LineFormat format, String label, List<String> columns) {
        Map<Path, Integer> numbers = SourceFile.numbers(files);
        JavaRDD<SourceRow> rows = text(context, files)
                .mapPartitionsWithInputSplit(
                        (split, texts) -> {
                            Path path = ((FileSplit) split).getPath();
                            return rows(format, numbers.get(path), new ReadLines<>(path.toString(), texts));
                        },
                        true);
        return new SourceTable(
                label,
                width -> columns.isEmpty()
                        ? IntStream.rangeClosed(1, width)
                                .mapToObj(Integer::toString)
                                .toList()
                        : columns,
                rows,
                (file, key) -> line(files.get(file), key, context.hadoopConfiguration()));
    }

    private static JavaNewHadoopRDD<LongWritable, Text> text(JavaSparkContext context, List<SourceFile> files) {
        try {
            Job job = Job.getInstance(context.hadoopConfiguration());
            FileInputFormat.setInputPaths(
                    job, files.stream().map(file -> new Path(file.path())).toArray(Path[]::new));
            return (JavaNewHadoopRDD<LongWritable, Text>)
                    context.newAPIHadoopRDD(job.getConfiguration(), WholeLines.class, LongWritable.class, Text.class);
        } catch (IOException failed) {
            throw new ImportException(Kind.TRY_AGAIN, "cannot read the files: " + failed, failed);
        }
    }

    private static Iterator<SourceRow> rows(LineFormat format, int file, Iterator<Tuple2<LongWritable, Text>> texts) {
        Iterable<Tuple2<LongWritable, Text>> once = () -> texts;
        Stream<SourceRow> rows = StreamSupport.stream(once.spliterator(), false).flatMap(text -> {
            String line = text._2().toString();
            return line.isBlank() ? Stream.empty() : format.row(file, text._1().get(), line).stream();
        });
        return rows.iterator();
    }

    private static String line(SourceFile file, long key, Configuration hadoop) {
        try (InputStream in = new BufferedInputStream(open(file, hadoop))) {
            long line = 1;
            for (long i = 0; i < key; i++) {
                line += in.read() == '\n' ? 1 : 0;
            }
            return "line " + line;
        } catch (IOException gone) {
            return "byte " + key;
        }
    }

    private static InputStream open(SourceFile file, Configuration hadoop) throws IOException {
        Path path = new Path(file.path());
        CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
        InputStream bytes = path.getFileSystem(hadoop).open(path);
        return codec == null ? bytes : codec.createInputStream(bytes);
    }

    private static String firstLine(SourceFile file, Configuration hadoop) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(open(file, hadoop), StandardCharsets.UTF_8))) {
            return Optional.ofNullable(lines.readLine())
                    .map(line -> line.startsWith("\uFEFF") ? line.substring(1) : line)
                    .filter(line -> !line.isBlank())
                    .orElseThrow(() -> new ImportException(
                            Kind.BROKEN, file.path() + ", line 1: must name or hold the columns, but is blank"));
        } catch (IOException failed) {
            throw ReadLines.failure(file.path(), failed);
        }
    }
}
