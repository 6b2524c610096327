package io.stackel.ingest;

import io.stackel.ingest.ImportException.Kind;
import io.stackel.store.HadoopFiles;
import io.stackel.store.Stores;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file that is imported.
 *
 * @param path as Hadoop writes it, with its scheme
 * @param length in bytes
 */
record SourceFile(String path, long length) implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final List<String> COMPRESSIONS = List.of(".gz", ".bz2", ".zst", ".deflate", ".lz4", ".snappy");

    /**
     * The files of all sources in the order of their paths, each once.
     *
     * <p>Of a directory these are all files below it but those whose name, or the name of a folder between, begins with a
     * full stop or an underscore; a source that is neither file nor directory is a pattern.
     */
    static List<SourceFile> list(List<String> sources, Configuration hadoop) {
        TreeSet<SourceFile> files = new TreeSet<>(Comparator.comparing(SourceFile::path));
        for (String source : sources) {
            try {
                int before = files.size();
                for (FileStatus status : found(source, hadoop)) {
                    add(status, hadoop, files);
                }
                if (files.size() == before && sources.size() == 1) {
                    throw new ImportException(Kind.REFUSED, "there is no file in " + source);
                }
            } catch (IOException failed) {
                throw HadoopFiles.failed("cannot list " + source, failed);
            } catch (IllegalArgumentException unfit) {
                throw new ImportException(Kind.REFUSED, "cannot list " + source + ": " + unfit, unfit);
            }
        }
        return List.copyOf(files);
    }

    private static List<FileStatus> found(String source, Configuration hadoop) throws IOException {
        URI uri = Stores.uri(source);
        Path path = new Path(uri);
        FileSystem files = HadoopFiles.open(uri, hadoop);
        if (files.exists(path)) {
            return List.of(files.getFileStatus(path));
        }
        FileStatus[] matching = files.globStatus(path);
        if (matching == null || matching.length == 0) {
            throw new ImportException(Kind.REFUSED, "there is no file " + path);
        }
        return Arrays.asList(matching);
    }

    private static void add(FileStatus status, Configuration hadoop, TreeSet<SourceFile> into) throws IOException {
        if (status.isFile()) {
            into.add(new SourceFile(status.getPath().toString(), status.getLen()));
            return;
        }
        FileSystem files = status.getPath().getFileSystem(hadoop);
        for (FileStatus child : files.listStatus(status.getPath())) {
            String name = child.getPath().getName();
            if (!name.startsWith(".") && !name.startsWith("_")) {
                add(child, hadoop, into);
            }
        }
    }

    /** The number of each file by its path. */
    static Map<Path, Integer> numbers(List<SourceFile> files) {
        return IntStream.range(0, files.size())
                .boxed()
                .collect(Collectors.toMap(i -> new Path(files.get(i).path), Function.identity()));
    }

    /** The format by the names of all files. */
    static ImportRequest.Format format(List<SourceFile> files) {
        List<Optional<ImportRequest.Format>> formats =
                files.stream().map(SourceFile::format).distinct().toList();
        if (formats.size() != 1 || formats.get(0).isEmpty()) {
            throw new ImportException(
                    Kind.REFUSED,
                    "the names of the files must tell one format, but "
                            + files.get(0).path() + (formats.size() == 1 ? " does not" : " and others differ")
                            + "; give --format");
        }
        return formats.get(0).get();
    }

    private Optional<ImportRequest.Format> format() {
        String name = path.toLowerCase(Locale.ROOT);
        for (String compression : COMPRESSIONS) {
            if (name.endsWith(compression)) {
                name = name.substring(0, name.length() - compression.length());
            }
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "parquet" -> Optional.of(ImportRequest.Format.PARQUET);
            case "jsonl", "ndjson" -> Optional.of(ImportRequest.Format.JSONL);
            case "csv" -> Optional.of(ImportRequest.Format.CSV);
            case "libsvm", "svm", "svmlight" -> Optional.of(ImportRequest.Format.LIBSVM);
            default -> Optional.empty();
        };
    }
}
