package kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Kubernetes of one machine: an {@link ApiServer}, and a kubelet whose pods are processes ({@link PodProcess}). It writes a
 * pod's specification to {@code FOLDER/pods/NAME/pod.json} and, when it has ended, its exit code to {@code exit}.
 *
 * <p>Arguments: a port, a folder of its own, a folder with the root of the image. It says {@code ready} when it is.
 */
final class Kubelet implements Watcher<Pod> {

    private final KubernetesClient client;
    private final Path folder;
    private final Path image;
    private final NameService names;
    private final Map<String, Process> processes = new ConcurrentHashMap<>();
    private final AtomicInteger addresses = new AtomicInteger();

    private Kubelet(KubernetesClient client, Path folder, Path image) {
        this.client = client;
        this.folder = folder;
        this.image = image;
        this.names = new NameService(client, folder.resolve("hosts"));
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        ApiServer.start(port);
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + port)
                .withNamespace("default")
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            Kubelet kubelet = new Kubelet(client, Path.of(arguments[1]), Path.of(arguments[2]));
            kubelet.names.write();
            client.pods().inAnyNamespace().watch(kubelet);
            System.out.println("ready");
            Thread.currentThread().join();
        }
    }

    @Override
    public void eventReceived(Action action, Pod pod) {
        String name = pod.getMetadata().getName();
        if (action == Action.ADDED) {
            // A pod may come before the config map that it mounts: each is started by a thread of its own.
            new Thread(() -> start(pod), name).start();
        } else if (action == Action.DELETED) {
            Process process = processes.remove(name);
            if (process != null) {
                process.destroy();
            }
        }
    }

    @Override
    public void onClose(WatcherException cause) {
        throw new IllegalStateException("the API server closed the watch", cause);
    }

    private void start(Pod pod) {
        String name = pod.getMetadata().getName();
        String address = "127.0.1." + addresses.incrementAndGet();
        Path place = folder.resolve("pods").resolve(name);
        try {
            Files.createDirectories(place);
            Files.writeString(place.resolve("pod.json"), Serialization.asJson(pod));
            PodProcess process = new PodProcess(client, pod, address, place);
            Process started = process.start(image, folder.resolve("hosts"));
            processes.put(name, started);
            say(
                    pod,
                    "Running",
                    address,
                    status(pod)
                            .editOrNewState()
                            .withNewRunning(now())
                            .endState()
                            .build());
            names.write();
            Files.writeString(place.resolve("pid"), Long.toString(started.pid()));
            int code = started.waitFor();
            Files.writeString(place.resolve("exit"), Integer.toString(code));
            if (processes.remove(name) != null) {
                ContainerStatus ended = status(pod)
                        .editOrNewState()
                        .withNewTerminated()
                        .withExitCode(code)
                        .withReason(code == 0 ? "Completed" : "Error")
                        .withFinishedAt(now())
                        .endTerminated()
                        .endState()
                        .build();
                say(pod, code == 0 ? "Succeeded" : "Failed", address, ended);
            }
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException("pod " + name, failed);
        }
    }

    private static ContainerStatusBuilder status(Pod pod) {
        return new ContainerStatusBuilder()
                .withName(pod.getSpec().getContainers().get(0).getName())
                .withRestartCount(0);
    }

    private static String now() {
        return Instant.now().toString();
    }

    private void say(Pod pod, String phase, String address, ContainerStatus container) {
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .editStatus(old -> {
                    old.setStatus(new PodStatusBuilder()
                            .withPhase(phase)
                            .withPodIP(address)
                            .withHostIP("127.0.0.1")
                            .withStartTime(now())
                            .withContainerStatuses(container)
                            .addNewCondition()
                            .withType("Ready")
                            .withStatus(phase.equals("Running") ? "True" : "False")
                            .endCondition()
                            .build());
                    return old;
                });
    }
}
