package io.stackel.store;

import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Set;

/** A path of the local disk whose files are reached through {@link FaultyDisk}. */
record FaultyPath(Path path, FaultyDisk disk) implements Path {

    /** The path of the disk itself. */
    static Path real(Path path) {
        return path instanceof FaultyPath faulty ? faulty.path : path;
    }

    private Path through(Path other) {
        return new FaultyPath(other, disk);
    }

    @Override
    public FileSystem getFileSystem() {
        return new Disk(path.getFileSystem(), disk);
    }

    @Override
    public Path resolve(Path other) {
        return through(path.resolve(real(other)));
    }

    @Override
    public Path resolve(String other) {
        return through(path.resolve(other));
    }

    @Override
    public Path getParent() {
        return through(path.getParent());
    }

    @Override
    public Path getFileName() {
        return path.getFileName();
    }

    @Override
    public Path toAbsolutePath() {
        return through(path.toAbsolutePath());
    }

    @Override
    public Path normalize() {
        return through(path.normalize());
    }

    @Override
    public Path relativize(Path other) {
        return path.relativize(real(other));
    }

    @Override
    public Path getName(int index) {
        return path.getName(index);
    }

    @Override
    public int getNameCount() {
        return path.getNameCount();
    }

    @Override
    public Path subpath(int begin, int end) {
        return path.subpath(begin, end);
    }

    @Override
    public Path getRoot() {
        return through(path.getRoot());
    }

    @Override
    public boolean isAbsolute() {
        return path.isAbsolute();
    }

    @Override
    public boolean startsWith(Path other) {
        return path.startsWith(real(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return path.endsWith(real(other));
    }

    @Override
    public URI toUri() {
        return path.toUri();
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
        return path.compareTo(real(other));
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /** The disk's file system, for its provider alone. */
    private static final class Disk extends FileSystem {

        private final FileSystem real;
        private final FaultyDisk provider;

        Disk(FileSystem real, FaultyDisk provider) {
            this.real = real;
            this.provider = provider;
        }

        @Override
        public FileSystemProvider provider() {
            return provider;
        }

        @Override
        public Path getPath(String first, String... more) {
            return new FaultyPath(real.getPath(first, more), provider);
        }

        @Override
        public String getSeparator() {
            return real.getSeparator();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public void close() {}

        @Override
        public Iterable<Path> getRootDirectories() {
            return real.getRootDirectories();
        }

        @Override
        public Iterable<FileStore> getFileStores() {
            return real.getFileStores();
        }

        @Override
        public Set<String> supportedFileAttributeViews() {
            return real.supportedFileAttributeViews();
        }

        @Override
        public PathMatcher getPathMatcher(String pattern) {
            return real.getPathMatcher(pattern);
        }

        @Override
        public UserPrincipalLookupService getUserPrincipalLookupService() {
            return real.getUserPrincipalLookupService();
        }

        @Override
        public WatchService newWatchService() {
            throw new UnsupportedOperationException();
        }
    }
}
