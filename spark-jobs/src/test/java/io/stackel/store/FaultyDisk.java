package io.stackel.store;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** The local disk, whose calls strike as {@link CallFaults} plans; only what {@link LocalStorage} calls is there. */
final class FaultyDisk extends FileSystemProvider {

    private final FileSystemProvider disk;
    private final CallFaults faults;

    private FaultyDisk(FileSystemProvider disk, CallFaults faults) {
        this.disk = disk;
        this.faults = faults;
    }

    /** A folder of the disk, seen through faults. */
    static Path folder(Path real, CallFaults faults) {
        return new FaultyPath(real, new FaultyDisk(real.getFileSystem().provider(), faults));
    }

    @Override
    public FileChannel newFileChannel(Path file, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path path = FaultyPath.real(file);
        CallFaults.Call<FileChannel> opening = () -> disk.newFileChannel(path, options, attributes);
        boolean writes = options.contains(StandardOpenOption.WRITE);
        FileChannel channel = writes ? faults.create("create " + path.getFileName(), opening) : opening.make();
        return new FaultyChannel(channel, path.getFileName().toString(), writes, faults);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path file, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        Path path = FaultyPath.real(file);
        return faults.call("open " + path.getFileName(), () -> disk.newByteChannel(path, options, attributes));
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        Path path = FaultyPath.real(folder);
        DirectoryStream<Path> names =
                faults.call("list " + path.getFileName(), () -> disk.newDirectoryStream(path, each -> true));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                Iterator<Path> each = names.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return each.hasNext();
                    }

                    @Override
                    public Path next() {
                        return new FaultyPath(each.next(), FaultyDisk.this);
                    }
                };
            }

            @Override
            public void close() throws IOException {
                names.close();
            }
        };
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        Path path = FaultyPath.real(folder);
        faults.create("mkdir " + path.getFileName(), () -> {
            disk.createDirectory(path, attributes);
            return true;
        });
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        Path path = FaultyPath.real(link);
        faults.create("link " + path.getFileName(), () -> {
            disk.createLink(path, FaultyPath.real(existing));
            return true;
        });
    }

    @Override
    public void delete(Path file) throws IOException {
        Path path = FaultyPath.real(file);
        faults.call("delete " + path.getFileName(), () -> {
            disk.delete(path);
            return true;
        });
    }

    @Override
    public void checkAccess(Path file, AccessMode... modes) throws IOException {
        disk.checkAccess(FaultyPath.real(file), modes);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path file, Class<A> type, LinkOption... options)
            throws IOException {
        return disk.readAttributes(FaultyPath.real(file), type, options);
    }

    @Override
    public String getScheme() {
        return disk.getScheme();
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Path path = FaultyPath.real(target);
        faults.call("rename " + path.getFileName(), () -> {
            disk.move(FaultyPath.real(source), path, options);
            return true;
        });
    }

    @Override
    public boolean isSameFile(Path one, Path other) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isHidden(Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileStore getFileStore(Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path file, Class<V> type, LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> readAttributes(Path file, String attributes, LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setAttribute(Path file, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException();
    }
}
