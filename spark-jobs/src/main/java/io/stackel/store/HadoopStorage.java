package io.stackel.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/** Files on any of Hadoop's file systems; how a file is created exclusively is told by the scheme. */
final class HadoopStorage implements Storage {

    private final FileSystem files;
    private final Path root;
    private final ExclusiveCreate exclusively;

    HadoopStorage(FileSystem files, Path root, ExclusiveCreate exclusively) {
        this.files = files;
        this.root = files.makeQualified(root);
        this.exclusively = exclusively;
    }

    @Override
    public URI root() {
        return root.toUri();
    }

    @Override
    public byte[] read(String path, int limit) throws IOException {
        try (InputStream in = files.open(file(path))) {
            return in.readNBytes(limit);
        } catch (FileNotFoundException absent) {
            throw (IOException) new NoSuchFileException(path).initCause(absent);
        } catch (AccessControlException denied) {
            throw denied(path, denied);
        }
    }

    @Override
    public void put(String path, byte[] bytes) throws IOException {
        try {
            ExclusiveCreate.replace(files, file(path), bytes);
        } catch (AccessControlException denied) {
            throw denied(path, denied);
        }
    }

    @Override
    public boolean putIfAbsent(String path, byte[] bytes) throws IOException {
        try {
            return exclusively.create(files, file(path), bytes);
        } catch (AccessControlException denied) {
            throw denied(path, denied);
        }
    }

    @Override
    public List<String> list(String folder) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            for (FileStatus status : files.listStatus(file(folder))) {
                String name = status.getPath().getName();
                if (!name.startsWith(".") && status.isFile()) {
                    names.add(name);
                }
            }
        } catch (FileNotFoundException none) {
            return List.of();
        } catch (AccessControlException denied) {
            throw denied(folder, denied);
        }
        names.sort(null);
        return names;
    }

    @Override
    public void delete(String path) throws IOException {
        try {
            files.delete(file(path), false);
        } catch (AccessControlException denied) {
            throw denied(path, denied);
        }
    }

    private Path file(String path) {
        return new Path(root, Layout.requirePath(path));
    }

    private static IOException denied(String path, AccessControlException cause) {
        return (IOException) new AccessDeniedException(path, "", cause.getMessage()).initCause(cause);
    }
}
