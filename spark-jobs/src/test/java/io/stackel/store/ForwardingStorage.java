package io.stackel.store;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A storage that asks another one; a subclass behaves otherwise in one thing. */
public class ForwardingStorage implements Storage {

    protected final Storage real;

    protected ForwardingStorage(Storage real) {
        this.real = real;
    }

    @Override
    public URI root() {
        return real.root();
    }

    @Override
    public byte[] read(String path, int limit) throws IOException {
        return real.read(path, limit);
    }

    @Override
    public void put(String path, byte[] bytes) throws IOException {
        real.put(path, bytes);
    }

    @Override
    public void replace(String path, byte[] bytes) throws IOException {
        real.replace(path, bytes);
    }

    @Override
    public boolean putIfAbsent(String path, byte[] bytes) throws IOException {
        return real.putIfAbsent(path, bytes);
    }

    @Override
    public List<String> list(String name) throws IOException {
        return real.list(name);
    }

    @Override
    public void delete(String path) throws IOException {
        real.delete(path);
    }
}
