package io.stackel.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stackel.experiment.UriSecrets;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A tracking server of MLflow, by its REST interface, version 2.0.
 *
 * <p>Decision: we do not use MLflow's own client for Java.
 *
 * <p>Reason: its jar (2.17.2) has 8.6 MB, our whole job jar 2.5 MB. Protobuf 3.19.4, Guava 30.1.1, httpclient 4.5.6 and
 * six more libraries are packed into it under other names. So they do not clash with Spark, but no bill of materials lists
 * them, and we could not replace one with a known vulnerability. The client would save some 60 lines of this class; the
 * check of the address, the size of a call and the distinction of refusals would remain. An export in Python would need a
 * second reader of run directories.
 *
 * <p>What would change it: a client without packed libraries, or a need for calls beyond this class, such as the registry
 * of models or the upload of artefacts.
 */
public final class MlflowServer {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MISSING = "RESOURCE_DOES_NOT_EXIST";

    /** The server understood a call and will not do it, however often it is asked. */
    public static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI server;
    private final Optional<String> authorization;

    /**
     * Checks the address and reads the credentials; the server is not called yet.
     *
     * @param server {@code http:} or {@code https:}, with the path that it is served under
     * @param environment may hold {@code MLFLOW_TRACKING_TOKEN}, or {@code MLFLOW_TRACKING_USERNAME} and
     *     {@code MLFLOW_TRACKING_PASSWORD}
     * @throws IllegalArgumentException if it is no such address, or would take a secret with it in the open
     */
    public MlflowServer(URI server, Map<String, String> environment) {
        UriSecrets.refusal("the address of an MLflow server", server.toString()).ifPresent(refusal -> {
            throw new IllegalArgumentException(
                    refusal + "; set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN");
        });
        if (server.getHost() == null || !("http".equals(server.getScheme()) || "https".equals(server.getScheme()))) {
            throw new IllegalArgumentException(
                    "the address of an MLflow server must be http://HOST[:PORT] or https://..., but was " + server);
        }
        this.server = server;
        authorization = authorization(environment);
    }

    private static Optional<String> authorization(Map<String, String> environment) {
        String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
        if (!token.isEmpty()) {
            return Optional.of("Bearer " + token);
        }
        String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
        if (user.isEmpty()) {
            return Optional.empty();
        }
        byte[] pair = (user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", ""))
                .getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** The number of the experiment of this name, which is made if there is none. */
    String experiment(String name) throws IOException {
        String query = "experiments/get-by-name?experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        HttpResponse<String> found = send(request(query).GET().build());
        if (found.statusCode() == 404
                && parse(found).path("error_code").asText().equals(MISSING)) {
            return post("experiments/create", Map.of("name", name))
                    .path("experiment_id")
                    .asText();
        }
        return checked(query, found).path("experiment").path("experiment_id").asText();
    }

    /** What the server answers to a call. */
    JsonNode post(String call, Object body) throws IOException {
        HttpRequest request = request(call)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(MAPPER.writeValueAsString(body)))
                .build();
        return checked(call, send(request));
    }

    private HttpRequest.Builder request(String call) {
        String base = server.toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create((base.endsWith("/") ? base : base + "/") + "api/2.0/mlflow/" + call))
                .timeout(PATIENCE);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new IOException("no answer from the MLflow server at " + server + ": " + failed, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + server, interrupted);
        }
    }

    private JsonNode checked(String call, HttpResponse<String> answer) throws IOException {
        JsonNode body = parse(answer);
        if (answer.statusCode() != 200) {
            String message = body.path("message").asText();
            String told = "the MLflow server at " + server + " answered " + call.replaceFirst("\\?.*", "") + " with "
                    + answer.statusCode() + ": "
                    + (message.isEmpty() ? "it gave no reason, so it may not be an MLflow server" : message);
            throw answer.statusCode() >= 500 ? new IOException(told) : new RefusedException(told);
        }
        return body;
    }

    private static JsonNode parse(HttpResponse<String> answer) {
        try {
            JsonNode body = MAPPER.readTree(answer.body());
            return body == null ? JsonNodeFactory.instance.missingNode() : body;
        } catch (JsonProcessingException noJson) {
            return JsonNodeFactory.instance.missingNode();
        }
    }
}
