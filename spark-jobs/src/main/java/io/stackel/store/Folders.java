package io.stackel.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/** Looks through folders for runs and sweeps, on every place where these are kept. */
public final class Folders {

    private static final String PLAN = "plan.json";

    private Folders() {}

    /**
     * What a folder holds.
     *
     * @param folder that was looked into
     * @param folders in it, ascending, without those that begin with a full stop
     * @param files names of the files in it
     * @param changed when the newest of the files was written, in milliseconds since 1970, for people alone
     */
    public record Content(URI folder, List<URI> folders, List<String> files, Optional<Long> changed) {

        /** Whether this is the directory of a run. */
        public boolean isRun() {
            return files.contains(Layout.RUN);
        }

        /** Whether this is the directory of a sweep. */
        public boolean isSweep() {
            return files.contains(PLAN);
        }
    }

    /** A file or folder in a folder. */
    private record Entry(String name, boolean folder, long changed) {}

    /**
     * Looks into a folder; of one that does not exist there is no content.
     *
     * @param hadoop not asked for where the disk is local
     * @throws StorageException if it cannot be read
     */
    public static Optional<Content> read(URI folder, Supplier<Configuration> hadoop) {
        try {
            List<Entry> entries = Stores.scheme(folder).equals("file") ? local(folder) : remote(folder, hadoop.get());
            return Optional.of(content(folder, entries));
        } catch (NoSuchFileException | FileNotFoundException none) {
            return Optional.empty();
        } catch (IOException failed) {
            throw HadoopFiles.failed("cannot list " + folder, failed);
        }
    }

    /** When a run was last written: its newest commit or, before the first, its newest file. */
    public static Optional<Long> lastCommit(Content run, Supplier<Configuration> hadoop) {
        return read(child(run.folder(), Layout.COMMITS), hadoop)
                .flatMap(Content::changed)
                .or(run::changed);
    }

    private static Content content(URI folder, List<Entry> entries) {
        List<URI> folders = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (Entry entry : entries) {
            if (!entry.folder()) {
                files.add(entry.name());
            } else if (!entry.name().startsWith(".")) {
                folders.add(child(folder, entry.name()));
            }
        }
        Optional<Long> changed = entries.stream()
                .filter(entry -> !entry.folder())
                .map(Entry::changed)
                .max(Comparator.naturalOrder());
        return new Content(folder, folders.stream().sorted().toList(), files, changed);
    }

    private static URI child(URI folder, String name) {
        if (Stores.scheme(folder).equals("file")) {
            return Stores.uri(Path.of(folder).resolve(name).toString());
        }
        return new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(folder), name).toUri();
    }

    private static List<Entry> local(URI folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder))) {
            for (Path file : files) {
                entry(file).ifPresent(entries::add);
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        return entries;
    }

    /** Nothing, if the file has gone since it was listed, or is a link that leads nowhere. */
    private static Optional<Entry> entry(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Entry(
                    file.getFileName().toString(),
                    attributes.isDirectory(),
                    attributes.lastModifiedTime().toMillis()));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    private static List<Entry> remote(URI folder, Configuration hadoop) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (FileStatus status : HadoopFiles.open(folder, hadoop).listStatus(new org.apache.hadoop.fs.Path(folder))) {
            entries.add(new Entry(status.getPath().getName(), status.isDirectory(), status.getModificationTime()));
        }
        return entries;
    }
}
