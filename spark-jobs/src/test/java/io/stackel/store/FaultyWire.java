package io.stackel.store;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * A piece of wire between a client and a server: it knows nothing of what it carries, and breaks. A connection is reset by
 * TCP itself (SO_LINGER 0), and during an outage new ones are refused.
 */
public final class FaultyWire implements Closeable {

    /** What happens to a piece of what the client sends. */
    public enum Fault {
        /** It reaches the server. */
        NONE,
        /** The connection is reset before the server hears of it. */
        RESET_BEFORE,
        /** The server begins to answer, and the connection is reset before the client hears of that. */
        RESET_AFTER,
        /** All connections are reset, and no new one is accepted for a while. */
        OUTAGE
    }

    private static final int PIECE = 1 << 16;

    private final InetSocketAddress server;
    private final IntFunction<Fault> plan;
    private final long outageMillis;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger pieces = new AtomicInteger();
    private final AtomicInteger resets = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile ServerSocket listener;
    private volatile boolean closed;

    /**
     * A wire at a port of its own.
     *
     * @param outageMillis how long an outage lasts
     * @param plan the fault of the k-th piece that reaches the wire, from 1
     */
    public FaultyWire(URI server, long outageMillis, IntFunction<Fault> plan) throws IOException {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
        this.plan = plan;
        this.outageMillis = outageMillis;
        listener = listen(0);
        port = listener.getLocalPort();
        threads.execute(this::accept);
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** How many connections were reset. */
    public int resets() {
        return resets.get();
    }

    /** How many connections were accepted so far. */
    public int accepted() {
        return accepted.get();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = listener.accept();
                accepted.incrementAndGet();
                threads.execute(() -> carry(client));
            } catch (IOException outage) {
                listenAgain();
            }
        }
    }

    private void listenAgain() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(outageMillis);
        while (!closed && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        if (!closed) {
            try {
                listener = listen(port);
            } catch (IOException taken) {
                closed = true;
            }
        }
    }

    private void carry(Socket client) {
        clients.add(client);
        AtomicInteger answersToLose = new AtomicInteger();
        try (Socket there = new Socket(server.getAddress(), server.getPort())) {
            threads.execute(() -> answer(there, client, answersToLose));
            byte[] piece = new byte[PIECE];
            int length = client.getInputStream().read(piece);
            while (length >= 0) {
                Fault fault = plan.apply(pieces.incrementAndGet());
                if (fault == Fault.OUTAGE) {
                    listener.close();
                    clients.forEach(this::reset);
                    return;
                }
                if (fault == Fault.RESET_BEFORE) {
                    reset(client);
                    return;
                }
                if (fault == Fault.RESET_AFTER) {
                    answersToLose.incrementAndGet();
                }
                there.getOutputStream().write(piece, 0, length);
                length = client.getInputStream().read(piece);
            }
        } catch (IOException ended) {
            reset(client);
        } finally {
            clients.remove(client);
        }
    }

    private void answer(Socket there, Socket client, AtomicInteger answersToLose) {
        try {
            byte[] piece = new byte[PIECE];
            int length = there.getInputStream().read(piece);
            while (length >= 0 && answersToLose.get() == 0) {
                client.getOutputStream().write(piece, 0, length);
                length = there.getInputStream().read(piece);
            }
            if (length >= 0) {
                reset(client);
            } else {
                client.close();
            }
        } catch (IOException ended) {
            reset(client);
        }
    }

    private void reset(Socket client) {
        try {
            if (!client.isClosed()) {
                client.setSoLinger(true, 0);
                client.close();
                resets.incrementAndGet();
            }
        } catch (IOException gone) {
            clients.remove(client);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        clients.forEach(this::reset);
        threads.shutdownNow();
    }
}
