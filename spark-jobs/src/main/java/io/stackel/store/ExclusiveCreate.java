package io.stackel.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.s3a.AWSBadRequestException;
import org.apache.hadoop.fs.s3a.AWSUnsupportedFeatureException;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;

/** How a file system creates a file whole, durable and at most once. One class a way, so that only one is loaded. */
interface ExclusiveCreate {

    /** What {@link Storage#putIfAbsent} promises. */
    boolean create(FileSystem files, Path file, byte[] bytes) throws IOException;

    /** HDFS: a finished temporary file is renamed, which never replaces and returns whether it did. */
    final class ByRename implements ExclusiveCreate {
        @Override
        public boolean create(FileSystem files, Path file, byte[] bytes) throws IOException {
            boolean created = ExclusiveCreate.byRename(files, file, bytes, false);
            if (!created) {
                // Throws where the rename was refused for another reason than a file of this name.
                files.getFileStatus(file);
            }
            return created;
        }
    }

    /** S3A: one PUT on the condition that there is no object; for the loser, closing the stream fails. */
    final class ByCondition implements ExclusiveCreate {
        @Override
        public boolean create(FileSystem files, Path file, byte[] bytes) throws IOException {
            FSDataOutputStreamBuilder<?, ?> builder =
                    files.createFile(file).recursive().overwrite(true);
            builder.must("fs.option.create.conditional.overwrite", true);
            try {
                ExclusiveCreate.write(builder.build(), bytes);
                return true;
            } catch (RemoteFileChangedException lost) {
                return false;
            } catch (AWSUnsupportedFeatureException | AWSBadRequestException | IllegalArgumentException unknown) {
                throw new UnsupportedOperationException("conditional PUT: " + unknown.getMessage(), unknown);
            }
        }
    }

    /** A look, then a write: right only while there is no other writer. */
    final class ByLooking implements ExclusiveCreate {
        @Override
        public boolean create(FileSystem files, Path file, byte[] bytes) throws IOException {
            try {
                files.getFileStatus(file);
                return false;
            } catch (FileNotFoundException absent) {
                replace(files, file, bytes);
                return true;
            }
        }
    }

    /** Creates or replaces a file with its folders, durably; on S3 in a single request. */
    static void replace(FileSystem files, Path file, byte[] bytes) throws IOException {
        FSDataOutputStreamBuilder<?, ?> builder =
                files.createFile(file).recursive().overwrite(true);
        builder.opt("fs.s3a.create.performance", true);
        write(builder.build(), bytes);
    }

    /** Replaces a file by a finished temporary one, for file systems whose rename never replaces. */
    static void replaceByRename(FileSystem files, Path file, byte[] bytes) throws IOException {
        if (!byRename(files, file, bytes, true)) {
            throw new IOException("another writer has made " + file + " at the same time");
        }
    }

    private static boolean byRename(FileSystem files, Path file, byte[] bytes, boolean replacing) throws IOException {
        Path temporary = new Path(file.getParent(), ".tmp-" + UUID.randomUUID());
        boolean renamed = false;
        try {
            replace(files, temporary, bytes);
            if (replacing) {
                files.delete(file, false);
            }
            renamed = files.rename(temporary, file);
        } finally {
            if (!renamed) {
                files.delete(temporary, false);
            }
        }
        return renamed;
    }

    /** Closing an upload publishes what was written: after a failed write it is given up instead. */
    private static void write(FSDataOutputStream stream, byte[] bytes) throws IOException {
        try (FSDataOutputStream out = stream) {
            try {
                out.write(bytes);
                if (out.hasCapability(StreamCapabilities.HSYNC)) {
                    out.hsync();
                }
            } catch (IOException | RuntimeException failed) {
                if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
                    out.abort();
                }
                throw failed;
            }
        }
    }
}
