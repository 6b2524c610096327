package io.stackel.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

/** Stands between S3A and a good S3 server, and spoils requests and answers. */
public final class FaultyGateway implements Closeable {

    /** What happens to a request. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** A condition is taken and ignored, as some servers do. */
        CONDITION_DROPPED,
        /** The connection is closed before the server hears of the request. */
        CLOSED,
        /** The server is not asked; the answer is 503. */
        UNAVAILABLE,
        /** The answer takes its time. */
        LATE,
        /** The server does as asked, but its answer is lost. */
        ANSWER_LOST,
        /** The server does as asked, but the connection breaks in the middle of the body. */
        ANSWER_CUT
    }

    /** Headers that belong to one connection and are set anew for the other. */
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "content-length", "date", "expect", "host", "transfer-encoding", "upgrade");

    private static final int SERVICE_UNAVAILABLE = 503;
    private static final long LATE_MILLIS = 100;

    private final URI server;
    private final BiFunction<String, String, Fault> plan;
    private final HttpServer gateway;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);

    /**
     * A gateway at a port of its own.
     *
     * @param plan the fault of a request with this method and this path; asked by one thread at a time
     */
    public FaultyGateway(URI server, BiFunction<String, String, Fault> plan) throws IOException {
        this.server = server;
        this.plan = plan;
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.setExecutor(threads);
        gateway.createContext("/", this::forward);
        gateway.start();
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + gateway.getAddress().getPort());
    }

    /** How often a fault was reached. */
    public synchronized int struck(Fault fault) {
        return struck.getOrDefault(fault, 0);
    }

    private synchronized Fault next(HttpExchange exchange) {
        Fault fault =
                plan.apply(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
        boolean reached =
                fault != Fault.CONDITION_DROPPED || exchange.getRequestHeaders().containsKey("If-None-Match");
        if (reached) {
            struck.merge(fault, 1, Integer::sum);
        }
        return fault;
    }

    private void forward(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Fault fault = next(exchange);
        if (fault == Fault.CLOSED) {
            throw new IOException("the connection is closed without an answer");
        }
        if (fault == Fault.UNAVAILABLE) {
            exchange.sendResponseHeaders(SERVICE_UNAVAILABLE, -1);
            exchange.close();
            return;
        }
        HttpResponse<byte[]> response = send(request(exchange, body, fault));
        if (fault == Fault.ANSWER_LOST) {
            throw new IOException("the answer is lost");
        }
        if (fault == Fault.LATE) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS));
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        response.headers().map().forEach((name, values) -> {
            boolean lengthOfHead = head && name.equalsIgnoreCase("content-length");
            if (lengthOfHead || !HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        int length = response.body().length;
        exchange.sendResponseHeaders(response.statusCode(), length == 0 ? -1 : length);
        if (fault == Fault.ANSWER_CUT) {
            exchange.getResponseBody().write(response.body(), 0, length / 2);
            exchange.getResponseBody().flush();
            throw new IOException("the answer is cut");
        }
        exchange.getResponseBody().write(response.body());
        exchange.close();
    }

    private HttpRequest request(HttpExchange exchange, byte[] body, Fault fault) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        server.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            boolean dropped = fault == Fault.CONDITION_DROPPED && name.equalsIgnoreCase("If-None-Match");
            if (!dropped && !HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException().initCause(interrupted);
        }
    }

    @Override
    public void close() {
        gateway.stop(0);
        threads.shutdownNow();
    }
}
