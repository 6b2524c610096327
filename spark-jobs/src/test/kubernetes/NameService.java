package kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The names of services, as the file {@code /etc/hosts} of all pods: a service has the address of the pod that it selects. */
final class NameService {

    private final KubernetesClient client;
    private final Path file;

    NameService(KubernetesClient client, Path file) {
        this.client = client;
        this.file = file;
    }

    /** Writes the file in place: pods have it mounted. */
    synchronized void write() throws IOException {
        // The last is what a process finds its own machine by.
        StringBuilder lines = new StringBuilder(
                "127.0.0.1 localhost " + InetAddress.getLocalHost().getHostName() + "\n");
        for (Service service : client.services().inAnyNamespace().list().getItems()) {
            String name = service.getMetadata().getName() + "."
                    + service.getMetadata().getNamespace() + ".svc";
            for (Pod pod : client.pods()
                    .inAnyNamespace()
                    .withLabels(service.getSpec().getSelector())
                    .list()
                    .getItems()) {
                if (pod.getStatus() != null && pod.getStatus().getPodIP() != null) {
                    lines.append(pod.getStatus().getPodIP())
                            .append(' ')
                            .append(name)
                            .append('\n');
                }
            }
        }
        Files.writeString(file, lines);
    }
}
