package io.stackel.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Looks whether a path of the local disk can be a directory, whatever language the operating system speaks. */
final class LocalPlace {

    /** Bytes of a name and of a path, as Linux and most of its file systems take them. */
    private static final int LONGEST_NAME = 255;

    private static final int LONGEST_PATH = 4_095;

    private LocalPlace() {}

    /**
     * The path, absolute.
     *
     * @throws StorageException refused if a file or a broken link is in its way, or a name is too long
     */
    static Path require(Path given) {
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
        return StorageException.refused(path + " cannot be a directory: " + why,
                "give a directory, or a place where one can be made");
    }
}
