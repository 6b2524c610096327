package io.stackel.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Files on any of Hadoop's file systems; the scheme decides how a file is created exclusively. */
final class HadoopStorage implements Storage {

    /** Turns a scheme's own exceptions into those that the rest of the package knows. */
    interface Failures {
        IOException named(String path, IOException failure);
    }

    private interface Request<T> {
        T run(Path file) throws IOException;
    }

    private final FileSystem files;
    private final Path root;
    private final ExclusiveCreate exclusively;
    private final Failures failures;

    HadoopStorage(FileSystem files, Path root, ExclusiveCreate exclusively, Failures failures) {
        this.files = files;
        this.root = files.makeQualified(root);
        this.exclusively = exclusively;
        this.failures = failures;
    }

    @Override
    public URI root() {
        return root.toUri();
    }

    @Override
    public byte[] read(String path, int limit) throws IOException {
        return run(path, file -> {
            try (InputStream in = files.open(file)) {
                return in.readNBytes(limit);
            } catch (FileNotFoundException absent) {
                throw (IOException) new NoSuchFileException(path).initCause(absent);
            }
        });
    }

    @Override
    public void put(String path, byte[] bytes) throws IOException {
        run(path, file -> {
            ExclusiveCreate.replace(files, file, bytes);
            return true;
        });
    }

    @Override
    public void replace(String path, byte[] bytes) throws IOException {
        run(path, file -> {
            // A stream that can be aborted shows nothing before it is closed.
            if (files.hasPathCapability(file, CommonPathCapabilities.ABORTABLE_STREAM)) {
                ExclusiveCreate.replace(files, file, bytes);
            } else {
                ExclusiveCreate.replaceByRename(files, file, bytes);
            }
            return true;
        });
    }

    @Override
    public boolean putIfAbsent(String path, byte[] bytes) throws IOException {
        return run(path, file -> exclusively.create(files, file, bytes));
    }

    @Override
    public List<String> list(String folder) throws IOException {
        return run(folder, file -> {
            List<String> names = new ArrayList<>();
            try {
                for (FileStatus status : files.listStatus(file)) {
                    String name = status.getPath().getName();
                    if (!name.startsWith(".") && status.isFile()) {
                        names.add(name);
                    }
                }
            } catch (FileNotFoundException none) {
                return List.of();
            }
            names.sort(null);
            return names;
        });
    }

    @Override
    public Optional<SortedMap<String, String>> tags() throws IOException {
        SortedMap<String, String> tags = new TreeMap<>();
        try {
            for (RemoteIterator<LocatedFileStatus> all = files.listFiles(root, true); all.hasNext(); ) {
                FileStatus file = all.next();
                if (!(file instanceof EtagSource source) || source.getEtag() == null) {
                    return Optional.empty();
                }
                tags.put(root.toUri().relativize(file.getPath().toUri()).getPath(), source.getEtag());
            }
        } catch (FileNotFoundException none) {
            return Optional.of(tags);
        } catch (IOException failed) {
            throw failures.named("", HadoopFiles.named("", failed));
        }
        return Optional.of(tags);
    }

    @Override
    public void delete(String path) throws IOException {
        run(path, file -> files.delete(file, false));
    }

    private <T> T run(String path, Request<T> request) throws IOException {
        Path file = new Path(root, Layout.requirePath(path));
        try {
            return request.run(file);
        } catch (IOException failed) {
            throw failures.named(path, HadoopFiles.named(path, failed));
        }
    }
}
