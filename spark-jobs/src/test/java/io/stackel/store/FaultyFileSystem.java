package io.stackel.store;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.Syncable;

/** Any of Hadoop's file systems, whose calls strike as {@link CallFaults} plans. */
final class FaultyFileSystem extends FilterFileSystem {

    private final CallFaults faults;

    FaultyFileSystem(FileSystem real, CallFaults faults) {
        super(real);
        this.faults = faults;
    }

    @Override
    public FSDataInputStream open(Path file) throws IOException {
        return faults.call("open " + file.getName(), () -> fs.open(file));
    }

    @Override
    public FileStatus[] listStatus(Path folder) throws IOException {
        return faults.call("list " + folder.getName(), () -> fs.listStatus(folder));
    }

    @Override
    public FileStatus getFileStatus(Path file) throws IOException {
        return faults.call("status " + file.getName(), () -> fs.getFileStatus(file));
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return faults.call("rename " + to.getName(), () -> fs.rename(from, to));
    }

    @Override
    public boolean delete(Path file, boolean recursive) throws IOException {
        return faults.call("delete " + file.getName(), () -> fs.delete(file, recursive));
    }

    @Override
    public FSDataOutputStreamBuilder<?, ?> createFile(Path file) {
        return new Creation(fs, file);
    }

    private final class Creation extends FSDataOutputStreamBuilder<FSDataOutputStream, Creation> {

        private final Path file;

        Creation(FileSystem real, Path file) {
            super(real, file);
            this.file = file;
        }

        @Override
        public Creation getThisBuilder() {
            return this;
        }

        @Override
        public FSDataOutputStream build() throws IOException {
            FSDataOutputStreamBuilder<?, ?> real =
                    fs.createFile(file).overwrite(getFlags().contains(CreateFlag.OVERWRITE));
            if (isRecursive()) {
                real.recursive();
            }
            getOptions().forEach(entry -> {
                if (getMandatoryKeys().contains(entry.getKey())) {
                    real.must(entry.getKey(), entry.getValue());
                } else {
                    real.opt(entry.getKey(), entry.getValue());
                }
            });
            FSDataOutputStream stream = faults.create("create " + file.getName(), real::build);
            return new FSDataOutputStream(new Output(stream, file.getName()), null);
        }
    }

    private final class Output extends FilterOutputStream implements Syncable, StreamCapabilities, Abortable {

        private final FSDataOutputStream stream;
        private final String file;

        Output(FSDataOutputStream stream, String file) {
            super(stream);
            this.stream = stream;
            this.file = file;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            faults.write("write " + file, Arrays.copyOfRange(bytes, offset, offset + length), stream::write);
        }

        @Override
        public void hflush() throws IOException {
            hsync();
        }

        @Override
        public void hsync() throws IOException {
            faults.create("sync " + file, () -> {
                stream.hsync();
                return true;
            });
        }

        @Override
        public void close() throws IOException {
            faults.call("close " + file, () -> {
                stream.close();
                return true;
            });
        }

        @Override
        public AbortableResult abort() {
            return stream.abort();
        }

        @Override
        public boolean hasCapability(String capability) {
            return stream.hasCapability(capability);
        }
    }
}
