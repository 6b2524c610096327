package io.stackel.store;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The seam to a place that keeps files: six verbs below one root, and the tags of an object store.
 *
 * <p>A path is relative, one or two names of {@code [A-Za-z0-9][A-Za-z0-9._-]*} joined by {@code /}. An
 * {@link IOException} leaves open whether the verb took effect, except where it says otherwise.
 */
public interface Storage {

    /** The place below which all paths lie. */
    URI root();

    /**
     * The first {@code limit} bytes of a file, or all of it where it is shorter.
     *
     * @throws java.nio.file.NoSuchFileException if the store answered that there is no such file
     * @throws IOException if the store did not answer; never taken as a proof of anything
     */
    byte[] read(String path, int limit) throws IOException;

    /** Creates or replaces a file; the bytes are durable on return, and until then a reader may see a part of them. */
    void put(String path, byte[] bytes) throws IOException;

    /**
     * Creates or replaces a file: a reader finds the old bytes, the new ones or, where the store cannot replace in one
     * step, for a moment no file; never a part, also where there is no space. The bytes are durable on return.
     */
    void replace(String path, byte[] bytes) throws IOException;

    /**
     * Creates a file, whole and durable, unless there is one of that path; of several callers exactly one creates it.
     *
     * @return whether this call created it; {@code false} means that there is a file, which a retried request of this
     *     very call may have made
     */
    boolean putIfAbsent(String path, byte[] bytes) throws IOException;

    /** The names of the files in a folder, ascending, without those that begin with a full stop; none if no folder. */
    List<String> list(String folder) throws IOException;

    /**
     * The entity tag of every file below the root by its path, at whatever depth: an object store gives an object another
     * one whenever it is written. One listing, and nothing is read.
     *
     * @return nothing where the store has no such tags
     */
    default Optional<SortedMap<String, String>> tags() throws IOException {
        return Optional.empty();
    }

    /** Removes a file, if there is one. */
    void delete(String path) throws IOException;
}
