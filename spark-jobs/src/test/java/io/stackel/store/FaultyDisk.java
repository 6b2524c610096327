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
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The local disk, whose calls strike as {@link CallFaults} plans; only what {@link LocalStorage} calls is there.
 *
 * <p>It keeps no promise that a disk does not make: when the power is cut, the content of a file is lost that was not forced
 * after it was written, and a name is lost whose folder was not forced after it was given.
 */
final class FaultyDisk extends FileSystemProvider {

    private final FileSystemProvider disk;
    private final CallFaults faults;
    private final Set<Object> unforcedFiles = new HashSet<>();
    private final NavigableSet<Path> unforcedNames = new TreeSet<>();

    FaultyDisk(CallFaults faults) {
        this.disk = FileSystems.getDefault().provider();
        this.faults = faults;
    }

    /** A folder of the disk, seen through faults. */
    Path folder(Path real) {
        return new FaultyPath(real, this);
    }

    /** Cuts the power: returns how many files and names were lost. */
    synchronized int cutPower(Path root) throws IOException {
        int lost = unforcedNames.size();
        for (Path name : unforcedNames.descendingSet()) {
            removeAll(name);
        }
        try (Stream<Path> left = Files.walk(root)) {
            for (Path file : left.filter(Files::isRegularFile).toList()) {
                if (unforcedFiles.contains(key(file))) {
                    Files.write(file, new byte[0]);
                    lost++;
                }
            }
        }
        unforcedNames.clear();
        unforcedFiles.clear();
        return lost;
    }

    private static void removeAll(Path name) throws IOException {
        try (Stream<Path> all = Files.exists(name) ? Files.walk(name) : Stream.empty()) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** The file itself, whatever its names. */
    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private synchronized void named(Path name) {
        unforcedNames.add(name);
    }

    private synchronized void written(Path file) throws IOException {
        unforcedFiles.add(key(file));
    }

    /** What was forced is safe: the content of a file, the names in a folder. */
    synchronized void forced(Path path) throws IOException {
        unforcedFiles.remove(key(path));
        unforcedNames.removeIf(name -> name.getParent().equals(path));
    }

    @Override
    public FileChannel newFileChannel(Path file, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path path = FaultyPath.real(file);
        boolean writes = options.contains(StandardOpenOption.WRITE);
        CallFaults.Call<FileChannel> opening = () -> {
            boolean there = Files.exists(path);
            FileChannel channel = disk.newFileChannel(path, options, attributes);
            if (writes) {
                written(path);
                if (!there) {
                    named(path);
                }
            }
            return channel;
        };
        FileChannel channel = writes ? faults.create("create " + path.getFileName(), opening) : opening.make();
        return new FaultyChannel(channel, path, writes, this, faults);
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
            named(path);
            return true;
        });
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        Path path = FaultyPath.real(link);
        faults.create("link " + path.getFileName(), () -> {
            disk.createLink(path, FaultyPath.real(existing));
            named(path);
            return true;
        });
    }

    @Override
    public void delete(Path file) throws IOException {
        Path path = FaultyPath.real(file);
        faults.call("delete " + path.getFileName(), () -> {
            disk.delete(path);
            forget(path);
            return true;
        });
    }

    private synchronized void forget(Path name) {
        unforcedNames.remove(name);
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
