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
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes a good S3 server one that takes conditions and ignores them, as some servers do. */
final class ConditionDroppingGateway implements Closeable {

    /** Headers that belong to one connection and are set anew for the other. */
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "content-length", "date", "expect", "host", "transfer-encoding", "upgrade");

    private final URI server;
    private final HttpServer gateway;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger dropped = new AtomicInteger();

    ConditionDroppingGateway(URI server) throws IOException {
        this.server = server;
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.setExecutor(threads);
        gateway.createContext("/", this::forward);
        gateway.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + gateway.getAddress().getPort());
    }

    /** How many conditions were dropped. */
    int dropped() {
        return dropped.get();
    }

    private void forward(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        server.resolve(exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.equalsIgnoreCase("If-None-Match")) {
                dropped.incrementAndGet();
            } else if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<byte[]> response = send(request.build());
        boolean head = exchange.getRequestMethod().equals("HEAD");
        response.headers().map().forEach((name, values) -> {
            boolean lengthOfHead = head && name.equalsIgnoreCase("content-length");
            if (lengthOfHead || !HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        int length = response.body().length;
        exchange.sendResponseHeaders(response.statusCode(), length == 0 ? -1 : length);
        exchange.getResponseBody().write(response.body());
        exchange.close();
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
