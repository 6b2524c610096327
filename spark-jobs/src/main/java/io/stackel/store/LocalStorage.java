package io.stackel.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Files on a local disk, every one forced to it together with the folder that names it.
 *
 * <p>The exclusive verb is a hard link to a finished temporary file; a temporary file begins with a full stop and may
 * be left behind by a crash. It does without Hadoop's classes, which take a second to load.
 */
final class LocalStorage implements Storage {

    private static final Set<OpenOption> REPLACE =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);

    /** Bytes of a name and of a path, as Linux and most of its file systems take them. */
    private static final int LONGEST_NAME = 255;

    private static final int LONGEST_PATH = 4_095;

    private final Path root;

    LocalStorage(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public URI root() {
        return root.toUri();
    }

    @Override
    public byte[] read(String path, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file(path))) {
            return in.readNBytes(limit);
        }
    }

    @Override
    public void put(String path, byte[] bytes) throws IOException {
        Path file = file(path);
        createFolder(file.getParent());
        boolean named = Files.exists(file);
        write(file, bytes);
        if (!named) {
            force(file.getParent());
        }
    }

    @Override
    public void replace(String path, byte[] bytes) throws IOException {
        place(path, bytes, (temporary, file) -> {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        });
    }

    @Override
    public boolean putIfAbsent(String path, byte[] bytes) throws IOException {
        return place(path, bytes, (temporary, file) -> {
            try {
                Files.createLink(file, temporary);
                return true;
            } catch (FileAlreadyExistsException lost) {
                return false;
            }
        });
    }

    /** Gives a finished temporary file its name, if it can. */
    private interface Naming {
        boolean name(Path temporary, Path file) throws IOException;
    }

    private boolean place(String path, byte[] bytes, Naming naming) throws IOException {
        Path file = file(path);
        createFolder(file.getParent());
        Path temporary = file.resolveSibling(".tmp-" + UUID.randomUUID());
        boolean named;
        try {
            write(temporary, bytes);
            named = naming.name(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
        if (named) {
            force(file.getParent());
        }
        return named;
    }

    @Override
    public List<String> list(String folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(file(folder))) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".") && !Files.isDirectory(file)) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (java.nio.file.DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        names.sort(null);
        return names;
    }

    @Override
    public void delete(String path) throws IOException {
        Files.deleteIfExists(file(path));
    }

    private Path file(String path) {
        return root.resolve(Layout.requirePath(path));
    }

    /** Makes a folder with its parents, and the names of the new ones durable. */
    private static void createFolder(Path folder) throws IOException {
        Path existing = folder;
        while (!Files.isDirectory(existing)) {
            existing = existing.getParent();
        }
        if (!existing.equals(folder)) {
            try {
                Files.createDirectories(folder);
            } catch (NoSuchFileException impossible) {
                // No parent is missing here: this file system (as /proc) has no directories of anybody else's.
                FileSystemException refused =
                        new FileSystemException(folder.toString(), null, "Operation not permitted");
                refused.initCause(impossible);
                throw refused;
            }
            for (Path made = folder; !made.equals(existing); made = made.getParent()) {
                force(made.getParent());
            }
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, REPLACE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * The path, absolute, if it can be a directory, whatever language the operating system speaks.
     *
     * @throws StorageException refused if a file or a broken link is in its way, or a name is too long
     */
    static Path requirePlace(Path given) {
        Path path = given.toAbsolutePath().normalize();
        if (bytes(path) > LONGEST_PATH) {
            throw refused(path, "its path must have at most " + LONGEST_PATH + " bytes, but has " + bytes(path));
        }
        Path reached = path.getRoot();
        boolean there = true;
        for (Path name : path) {
            reached = reached.resolve(name);
            if (bytes(name) > LONGEST_NAME) {
                throw refused(
                        path, "a name must have at most " + LONGEST_NAME + " bytes, but one of it has " + bytes(name));
            }
            there = there && Files.exists(reached, LinkOption.NOFOLLOW_LINKS);
            if (there && !Files.isDirectory(reached)) {
                boolean broken = Files.isSymbolicLink(reached) && !Files.exists(reached);
                throw refused(path, reached + (broken ? " is a link that leads nowhere" : " is a file"));
            }
        }
        return path;
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static StorageException refused(Path path, String why) {
        return StorageException.refused(
                path + " cannot be a directory: " + why, "give a directory, or a place where one can be made");
    }
}
