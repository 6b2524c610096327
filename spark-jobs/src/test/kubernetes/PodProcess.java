package kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The one container of a pod as a process with a root of its own ({@code pod.sh}): its arguments, environment, config maps and
 * empty folders are those of the pod. Its limits of memory and processors are not enforced.
 */
final class PodProcess {

    private static final long CONFIG_MAP_SECONDS = 20;

    private final KubernetesClient client;
    private final Pod pod;
    private final String address;
    private final Path place;

    PodProcess(KubernetesClient client, Pod pod, String address, Path place) {
        this.client = client;
        this.pod = pod;
        this.address = address;
        this.place = place;
    }

    Process start(Path image, Path hosts) throws IOException {
        Container container = pod.getSpec().getContainers().get(0);
        List<String> mounts = new ArrayList<>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            mounts.add(mount.getName() + " " + mount.getMountPath());
            fill(volume(mount.getName()), Files.createDirectories(place.resolve("volumes/" + mount.getName())));
        }
        Files.write(place.resolve("mounts"), mounts);
        List<String> line = new ArrayList<>(List.of("unshare", "--mount", "bash"));
        line.add(System.getProperty("pod.script"));
        line.addAll(List.of(place.toString(), image.toString(), hosts.toString()));
        line.addAll(container.getArgs());
        ProcessBuilder builder = new ProcessBuilder(line);
        environment(builder.environment(), container);
        return builder.redirectOutput(place.resolve("stdout").toFile())
                .redirectError(place.resolve("stderr").toFile())
                .start();
    }

    private Volume volume(String name) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void fill(Volume volume, Path into) throws IOException {
        if (volume.getConfigMap() != null) {
            ConfigMap map = client.configMaps()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(volume.getConfigMap().getName())
                    .waitUntilCondition(found -> found != null, CONFIG_MAP_SECONDS, TimeUnit.SECONDS);
            for (Map.Entry<String, String> file : map.getData().entrySet()) {
                Files.writeString(into.resolve(file.getKey()), file.getValue());
            }
        } else if (volume.getEmptyDir() == null) {
            throw new IOException("a volume must be a config map or an empty folder, but was " + volume);
        }
    }

    private void environment(Map<String, String> environment, Container container) {
        String path = environment.get("PATH");
        environment.clear();
        environment.putAll(
                Map.of("PATH", path, "JAVA_HOME", System.getProperty("java.home"), "SPARK_HOME", "/opt/spark"));
        environment.put("HOSTNAME", pod.getMetadata().getName());
        for (EnvVar variable : container.getEnv()) {
            environment.put(
                    variable.getName(),
                    variable.getValue() != null
                            ? variable.getValue()
                            : field(variable.getValueFrom().getFieldRef().getFieldPath()));
        }
    }

    private String field(String path) {
        return switch (path) {
            case "status.podIP" -> address;
            case "metadata.name" -> pod.getMetadata().getName();
            case "spec.nodeName" -> "localhost";
            default -> throw new IllegalArgumentException("no field " + path + " of a pod is known here");
        };
    }
}
