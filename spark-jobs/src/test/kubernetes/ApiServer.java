package kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;

/**
 * fabric8's mock API server, which keeps what it is given and tells watchers, with two things that it lacks and Spark needs: a
 * new pod is pending, and server-side apply. It knows no roles, no defaults and no schemas.
 */
final class ApiServer extends KubernetesCrudDispatcher {

    private final ObjectMapper json = new ObjectMapper();

    /** Listens on the loopback address. */
    static void start(int port) {
        new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), new ApiServer(), false)
                .start(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public MockResponse handleCreate(RecordedRequest request) {
        try {
            ObjectNode created = (ObjectNode) json.readTree(request.getUtf8Body());
            if (created.path("kind").asText().equals("Pod")) {
                created.putObject("status").put("phase", "Pending");
            }
            byte[] body = json.writeValueAsString(created).getBytes(StandardCharsets.UTF_8);
            return super.handleCreate(as(request.method(), request.getPath(), request, new Buffer(body)));
        } catch (JsonProcessingException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    /** Server-side apply has a field manager: it creates, or else replaces. */
    @Override
    public MockResponse handlePatch(RecordedRequest request) {
        if (!request.getPath().contains("fieldManager=")) {
            return super.handlePatch(request);
        }
        String path = request.getPath().substring(0, request.getPath().indexOf('?'));
        if (handleGet(path).code() == 200) {
            return handleUpdate(as(HttpMethod.PUT, path, request, request.getBody()));
        }
        String folder = path.substring(0, path.lastIndexOf('/'));
        return handleCreate(as(HttpMethod.POST, folder, request, request.getBody()));
    }

    private static RecordedRequest as(HttpMethod method, String path, RecordedRequest request, Buffer body) {
        return new RecordedRequest(request.getHttpVersion(), method, path, request.getHeaders(), body);
    }
}
