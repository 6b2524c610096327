package io.stackel.cli;

import io.stackel.experiment.JsonText;
import io.stackel.ingest.DataImport;
import io.stackel.ingest.ImportRequest;
import io.stackel.run.CommandFailure;
import io.stackel.run.CommandText;
import io.stackel.run.ExitCode;
import io.stackel.run.HadoopSettings;
import io.stackel.spark.SparkEngine;
import io.stackel.store.DataSetDirectory;
import io.stackel.store.DataSetFile;
import io.stackel.store.Storage;
import io.stackel.store.Stores;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stackel data import}. */
@Command(
        name = "import",
        description = {
            "Reads tables of numbers once with Spark, checks every row, puts the rows in a seeded random order and writes"
                    + " them as a data set of blocks, the units of minibatches.",
            "The same files give the same data set, whatever the order in which they are named or were written, and"
                    + " however Spark splits them. Broken rows are reported by file, row and column; then nothing is written."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stackel data import houses.csv --label price --to data/houses",
            "  stackel data import s3a://bucket/day=*/ --format parquet --label y \\",
            "      --to hdfs://nn/data/clicks",
            "  stackel data import all.libsvm --width 784 --rows 0:5000 --to data/train",
            "  stackel data import all.libsvm --width 784 --rows 5000:10000 \\",
            "      --to data/validation"
        })
final class DataImportCommand extends Subcommand {

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,18}):([0-9]{1,18})?");

    @Parameters(
            arity = "1..*",
            paramLabel = "SRC",
            description = {
                "Files, directories or patterns: paths or URIs. Of a directory all files below it, but names that begin"
                        + " with a full stop or an underscore."
            })
    private List<String> sources;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "URI",
            description = "Where the data set is written: a path, hdfs: or s3a: URI without a data set.")
    private String to;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "parquet, libsvm, csv or jsonl (a JSON object on each line). Default: by the names of the files.")
    private Optional<ImportRequest.Format> format;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            defaultValue = "label",
            description = "The column of the label; in LibSVM it is the first word of a line. Default: label.")
    private String label;

    @Option(
            names = "--features",
            paramLabel = "COLUMN,...",
            hideParamSyntax = true,
            split = ",",
            description = "The columns of the features, with commas between them. Default: all but the label.")
    private List<String> features = List.of();

    @Option(names = "--no-header", description = "CSV files have no line of names: the columns are numbered from 0.")
    private boolean noHeader;

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER",
            defaultValue = ",",
            description = "Between the columns of a CSV file, one character or 'tab'. Default: a comma.")
    private String delimiter;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "Features of a LibSVM row. Default: the largest index found.")
    private Optional<Integer> width;

    @Option(
            names = "--rows-per-block",
            paramLabel = "N",
            defaultValue = "100",
            description = "Rows of a block; the last one may be shorter. Default: 100.")
    private int rowsPerBlock;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of the order of the rows. Default: 0.")
    private long seed;

    @Option(
            names = "--rows",
            paramLabel = "FROM:TO",
            defaultValue = "0:",
            description = {
                "Which rows of that order are taken: TO is the first that is not, and the end without it.",
                "Imports of the same files with the same seed share no row if their ranges do not overlap. Default: all."
            })
    private String rows;

    @Mixin
    private SparkOptions engine;

    @Option(
            names = "--json",
            description = "Print one JSON object: uri, sha256, rows, blocks, rowsPerBlock, label, columns.")
    private boolean json;

    @Override
    ExitCode run() {
        ImportRequest request = request();
        URI uri = Stores.uri(to);
        tell("opening " + uri);
        Storage target = Stores.open(uri, new HadoopSettings(), false);
        if (new DataSetDirectory(target).read().isPresent()) {
            throw CommandFailure.usage("there is a data set at " + uri + " already; give another place with --to");
        }
        try (SparkEngine spark = engine.engine().startSpark("data import", DataImport.settings(new SparkConf()))) {
            tell(uri, DataImport.run(spark.context(), request, target, this::tell));
        }
        return ExitCode.SUCCESS;
    }

    private ImportRequest request() {
        sources.forEach(Stores::uri);
        Matcher range = RANGE.matcher(rows);
        if (!range.matches()) {
            throw CommandFailure.usage("--rows must be FROM:TO, but was " + rows);
        }
        if (delimiter.length() != 1 && !delimiter.equals("tab")) {
            throw CommandFailure.usage("--delimiter must be one character or tab, but was " + delimiter);
        }
        try {
            return new ImportRequest(
                    sources,
                    format,
                    new ImportRequest.Table(
                            label,
                            features,
                            !noHeader,
                            delimiter.equals("tab") ? '\t' : delimiter.charAt(0),
                            width.map(OptionalInt::of).orElse(OptionalInt.empty())),
                    new ImportRequest.Blocks(
                            seed,
                            rowsPerBlock,
                            Long.parseLong(range.group(1)),
                            range.group(2) == null
                                    ? OptionalLong.empty()
                                    : OptionalLong.of(Long.parseLong(range.group(2)))));
        } catch (IllegalArgumentException mistake) {
            throw CommandFailure.usage(mistake.getMessage(), mistake);
        }
    }

    private void tell(URI uri, DataSetFile file) {
        if (json) {
            Map<String, Object> entries = new LinkedHashMap<>();
            entries.put("uri", uri.toString());
            entries.put("sha256", file.sha256());
            entries.put("rows", file.rows());
            entries.put("blocks", file.blocks().size());
            entries.put("rowsPerBlock", file.rowsPerBlock());
            entries.put("label", file.label());
            entries.put("columns", file.columns());
            print(JsonText.indented(entries));
        } else {
            println(CommandText.shown(uri) + ": " + file.rows() + " rows of "
                    + file.columns().size() + " features, blocks of " + file.rowsPerBlock() + ", SHA-256 "
                    + file.sha256());
        }
    }
}
