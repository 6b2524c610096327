package io.stackel.store;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A storage whose requests can be made to fail, whose answers can be made to get lost, and whose process can die. */
final class FaultyStorage implements Storage {

    /** When a planned fault strikes. */
    enum When {
        /** The request never arrives. */
        BEFORE,
        /** The request is carried out, but its answer is lost. */
        AFTER
    }

    /** The process is gone: nothing that handles failures of input and output may go on after it. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private interface Request<T> {
        T run() throws IOException;
    }

    private static final class Fault {
        private final String prefix;
        private final When when;
        private int left;

        Fault(String prefix, When when, int times) {
            this.prefix = prefix;
            this.when = when;
            this.left = times;
        }
    }

    private final Storage real;
    private final List<String> requests = new ArrayList<>();
    private final Map<String, Runnable> interruptions = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private int struck;
    private int crashAt = Integer.MAX_VALUE;
    private When crashWhen = When.BEFORE;

    FaultyStorage(Storage real) {
        this.real = real;
    }

    /** Lets the next requests fail that begin so: a verb, a space and a path. */
    void fail(String prefix, When when, int times) {
        faults.add(new Fault(prefix, when, times));
    }

    /** Does something just before the next request that begins so. */
    void before(String prefix, Runnable action) {
        interruptions.put(prefix, action);
    }

    void heal() {
        faults.clear();
        struck = 0;
    }

    /** How many requests have failed since the last healing. */
    int struck() {
        return struck;
    }

    /** Ends the process before or after a request, counted from 0 from now on. */
    void crash(int number, When when) {
        requests.clear();
        crashAt = number;
        crashWhen = when;
    }

    /** Every request so far, as a verb, a space and a path. */
    List<String> requests() {
        return requests;
    }

    private <T> T run(String name, Request<T> request) throws IOException {
        for (String prefix : List.copyOf(interruptions.keySet())) {
            if (name.startsWith(prefix)) {
                interruptions.remove(prefix).run();
            }
        }
        int number = requests.size();
        requests.add(name);
        if (number > crashAt || (number == crashAt && crashWhen == When.BEFORE)) {
            throw new Crash();
        }
        for (Fault fault : faults) {
            if (fault.left > 0 && name.startsWith(fault.prefix)) {
                fault.left--;
                struck++;
                if (fault.when == When.AFTER) {
                    request.run();
                }
                throw new IOException("planted fault at " + name);
            }
        }
        T answer = request.run();
        if (number == crashAt) {
            throw new Crash();
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
    public void replace(String path, byte[] bytes) throws IOException {
        run("replace " + path, () -> {
            real.replace(path, bytes);
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
