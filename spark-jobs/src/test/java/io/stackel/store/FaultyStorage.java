package io.stackel.store;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A storage whose answers can be made to fail or to get lost, and which records every request. */
final class FaultyStorage implements Storage {

    /** When a planned fault strikes. */
    enum When {
        /** The request never arrives. */
        BEFORE,
        /** The request is carried out, but its answer is lost. */
        AFTER
    }

    /** The process is gone: no handler of input or output may take it for an answer. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private interface Request<T> {
        T run() throws IOException;
    }

    private final Storage real;
    private final List<String> requests = new ArrayList<>();
    private String failing = "";
    private When when = When.BEFORE;
    private int left;
    private int struck;
    private int crashAt = Integer.MAX_VALUE;
    private When crashWhen = When.BEFORE;

    FaultyStorage(Storage real) {
        this.real = real;
    }

    /** Lets the next {@code times} requests that begin with {@code request} (a verb and a path) fail. */
    void fail(String request, When moment, int times) {
        failing = request;
        when = moment;
        left = times;
        struck = 0;
    }

    /** How many requests have failed since {@link #fail}. */
    int struck() {
        return struck;
    }

    /** Ends the process before or after the request number {@code number}, counted from 0. */
    void crash(int number, When moment) {
        crashAt = number;
        crashWhen = moment;
        requests.clear();
    }

    /** Every request so far, as a verb and a path. */
    List<String> requests() {
        return requests;
    }

    private synchronized <T> T run(String name, Request<T> request) throws IOException {
        int number = requests.size();
        requests.add(name);
        if (number == crashAt && crashWhen == When.BEFORE) {
            throw new Crash();
        }
        boolean strikes = left > 0 && name.startsWith(failing);
        if (strikes) {
            left--;
            struck++;
        }
        if (strikes && when == When.BEFORE) {
            throw new IOException("planted fault before " + name);
        }
        T answer = request.run();
        if (number == crashAt) {
            throw new Crash();
        }
        if (strikes) {
            throw new IOException("planted fault after " + name);
        }
        return answer;
    }

    @Override
    public URI root() {
        return real.root();
    }

    @Override
    public byte[] read(String path, int limit) throws IOException {
        return run("read " + path, () -> real.read(path, limit));
    }

    @Override
    public void put(String path, byte[] bytes) throws IOException {
        run("put " + path, () -> {
            real.put(path, bytes);
            return true;
        });
    }

    @Override
    public boolean putIfAbsent(String path, byte[] bytes) throws IOException {
        return run("putIfAbsent " + path, () -> real.putIfAbsent(path, bytes));
    }

    @Override
    public List<String> list(String folder) throws IOException {
        return run("list " + folder, () -> real.list(folder));
    }

    @Override
    public void delete(String path) throws IOException {
        run("delete " + path, () -> {
            real.delete(path);
            return true;
        });
    }
}
