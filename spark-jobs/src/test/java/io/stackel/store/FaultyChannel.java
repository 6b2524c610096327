package io.stackel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** An open file of {@link FaultyDisk}. */
final class FaultyChannel extends FileChannel {

    private final FileChannel channel;
    private final Path path;
    private final String file;
    private final boolean takesSpace;
    private final FaultyDisk disk;
    private final CallFaults faults;

    /**
     * Stands before an open file.
     *
     * @param takesSpace whether it was opened to be written; a folder, which is opened to be forced to disk, was not
     */
    FaultyChannel(FileChannel channel, Path path, boolean takesSpace, FaultyDisk disk, CallFaults faults) {
        this.channel = channel;
        this.path = path;
        this.file = path.getFileName().toString();
        this.takesSpace = takesSpace;
        this.disk = disk;
        this.faults = faults;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        faults.write("write " + file, bytes, part -> {
            ByteBuffer buffer = ByteBuffer.wrap(part);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        });
        return bytes.length;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        CallFaults.Call<Boolean> forcing = () -> {
            channel.force(metadata);
            disk.forced(path);
            return true;
        };
        if (takesSpace) {
            faults.create("force " + file, forcing);
        } else {
            faults.call("force " + file, forcing);
        }
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        return channel.read(into, offset, length);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return channel.read(into, position);
    }

    @Override
    public int write(ByteBuffer from, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
