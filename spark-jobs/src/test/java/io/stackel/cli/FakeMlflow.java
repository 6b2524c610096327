package io.stackel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A fake of MLflow's tracking server: what it is told, and MLflow's limits of one call. The real one is in {@code
 * deploy/mlflow/test}.
 */
final class FakeMlflow implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    final Map<String, String> experiments = new TreeMap<>();
    final Map<String, Map<String, String>> tags = new LinkedHashMap<>();
    final Map<String, String> parameters = new TreeMap<>();
    final List<JsonNode> metrics = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final List<String> authorizations = new ArrayList<>();
    String status = "";
    int refusal;

    FakeMlflow() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestURI().getPath().replace("/api/2.0/mlflow/", "");
        calls.add(call);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        JsonNode body = MAPPER.readTree(exchange.getRequestBody().readAllBytes());
        int code = 200;
        Object answer;
        if (refusal != 0) {
            code = refusal;
            answer = Map.of("error_code", "PERMISSION_DENIED", "message", "not for you");
        } else if (call.equals("experiments/get-by-name") && experiments.isEmpty()) {
            code = 404;
            answer = Map.of("error_code", "RESOURCE_DOES_NOT_EXIST");
        } else {
            answer = answer(call, body);
        }
        byte[] bytes = MAPPER.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Object answer(String call, JsonNode body) {
        return switch (call) {
            case "experiments/get-by-name" -> Map.of("experiment", Map.of("experiment_id", "7"));
            case "experiments/create" -> {
                experiments.put(body.path("name").asText(), "7");
                yield Map.of("experiment_id", "7");
            }
            case "runs/search" ->
                Map.of("runs", tags.keySet().stream().limit(1).map(this::run).toList());
            case "runs/create" -> {
                tags.put("first", new TreeMap<>());
                body.path("tags").forEach(this::tag);
                yield Map.of("run", run("first"));
            }
            case "runs/log-batch" -> {
                keep(body);
                yield Map.of();
            }
            case "runs/update" -> {
                status = body.path("status").asText();
                yield Map.of();
            }
            default -> throw new IllegalArgumentException("no such call: " + call);
        };
    }

    private Object run(String id) {
        List<Map<String, String>> pairs = tags.get(id).entrySet().stream()
                .map(tag -> Map.of("key", tag.getKey(), "value", tag.getValue()))
                .toList();
        return Map.of("info", Map.of("run_id", id, "start_time", 1000), "data", Map.of("tags", pairs));
    }

    private void tag(JsonNode tag) {
        tags.get("first").put(tag.path("key").asText(), tag.path("value").asText());
    }

    private void keep(JsonNode body) {
        if (body.path("metrics").size() > 1000 || body.path("params").size() > 100) {
            throw new IllegalArgumentException("a call takes at most 1000 metrics and 100 parameters");
        }
        body.path("tags").forEach(this::tag);
        body.path("params")
                .forEach(entry -> parameters.put(
                        entry.path("key").asText(), entry.path("value").asText()));
        body.path("metrics").forEach(point -> {
            if (!metrics.contains(point)) {
                metrics.add(point);
            }
        });
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
