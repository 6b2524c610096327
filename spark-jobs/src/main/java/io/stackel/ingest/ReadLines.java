package io.stackel.ingest;

import io.stackel.ingest.ImportException.Kind;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/**
 * What Hadoop reads of a file; a failure names the file, which Hadoop's own does not.
 *
 * @param path of the file
 */
record ReadLines<T>(String path, Iterator<T> lines) implements Iterator<T> {

    private static final List<String> DECOMPRESSORS = List.of("org.apache.hadoop.io.compress.", "java.util.zip.");

    @Override
    public boolean hasNext() {
        try {
            return lines.hasNext();
        } catch (Exception failed) {
            throw named(failed);
        }
    }

    @Override
    public T next() {
        try {
            return lines.next();
        } catch (Exception failed) {
            throw named(failed);
        }
    }

    /** Spark's iterators are Scala's, which throw what they do not declare. */
    private RuntimeException named(Exception failed) {
        if (failed instanceof IOException unread) {
            return failure(path, unread);
        }
        throw (RuntimeException) failed;
    }

    /** What a decompressor refuses is broken; what a file system does not give may come another time. */
    static ImportException failure(String path, IOException failed) {
        StackTraceElement[] stack = failed.getStackTrace();
        boolean broken = stack.length > 0 && DECOMPRESSORS.stream().anyMatch(stack[0].getClassName()::startsWith);
        return broken
                ? new ImportException(
                        Kind.BROKEN,
                        path + " cannot be decompressed: " + failed.getMessage()
                                + "; it is damaged or was cut off: bring" + " the whole file again",
                        failed)
                : new ImportException(Kind.TRY_AGAIN, "cannot read " + path + ": " + failed, failed);
    }
}
