package io.stackel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What {@code src/test/kubernetes} starts beside the servers of {@code deploy/standalone}: a mock API server of Kubernetes and a
 * kubelet whose pods are processes, and the Spark 4.2 that has a client for them. Spark's backend of Kubernetes, which asks for
 * the pods, is the real one.
 */
final class KubernetesServers extends StandaloneServers {

    private static final String KUBERNETES = "kubernetes";

    private final int port;
    private String sparkHome = "";

    /**
     * Servers that start before the first test.
     *
     * @param scripts which of them: hdfs, s3, kubernetes
     */
    KubernetesServers(String... scripts) {
        this(freePort(), scripts);
    }

    private KubernetesServers(int port, String... scripts) {
        super(
                List.of(
                        // A pod finds the API server of a real cluster at https://kubernetes.default.svc.
                        "spark.kubernetes.driver.master    http://127.0.0.1:" + port,
                        "spark.authenticate                true",
                        "spark.network.crypto.enabled      true",
                        "spark.executor.cores              1",
                        "spark.driver.extraJavaOptions     -XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                        "spark.executor.extraJavaOptions   -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),
                scripts);
        this.port = port;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        Process unshare = new ProcessBuilder("unshare", "--mount", "true")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Assumptions.assumeTrue(
                unshare.waitFor() == 0, "not run: this user may not make mount namespaces, which pods need (unshare)");
        sparkHome = YarnServers.sparkHome();
        super.beforeAll(context);
    }

    @Override
    Path script(String name) {
        return name.equals(KUBERNETES)
                ? PROJECT.resolve("spark-jobs/src/test/kubernetes/kubernetes")
                : super.script(name);
    }

    @Override
    ProcessBuilder environment(ProcessBuilder builder) {
        super.environment(builder).environment().put("KUBERNETES_PORT", Integer.toString(port));
        builder.environment().put("SPARK_HOME", sparkHome);
        return builder;
    }

    @Override
    String master() {
        return "k8s://http://127.0.0.1:" + port;
    }

    @Override
    List<ProcessHandle> executors() {
        return processes("executor");
    }

    @Override
    List<ProcessHandle> drivers() {
        return processes("driver");
    }

    private List<ProcessHandle> processes(String role) {
        return pods().stream()
                .filter(pod -> pod.role().equals(role))
                .flatMap(pod -> pod.process().stream())
                .toList();
    }

    /** All pods that there have been. */
    List<Pod> pods() {
        try (Stream<Path> folders = Files.list(folder().resolve("kubernetes/pods"))) {
            return folders.filter(pod -> Files.exists(pod.resolve("pid")))
                    .map(Pod::new)
                    .toList();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** What the kubelet keeps of a pod. */
    record Pod(Path folder) {

        String name() {
            return folder.getFileName().toString();
        }

        /** The pod as Spark asked for it. */
        JsonNode asked() {
            try {
                return new ObjectMapper().readTree(text("pod.json"));
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        }

        JsonNode container() {
            return asked().path("spec").path("containers").path(0);
        }

        /** {@code driver} or {@code executor}. */
        String role() {
            return asked().path("metadata").path("labels").path("spark-role").asText();
        }

        /** What the pod has told so far. */
        String err() {
            return text("stderr");
        }

        /** The exit code of the container, once it has ended. */
        Optional<Integer> exitCode() {
            return Files.exists(folder.resolve("exit")) ? Optional.of(Integer.valueOf(text("exit"))) : Optional.empty();
        }

        Optional<ProcessHandle> process() {
            return ProcessHandle.of(Long.parseLong(text("pid"))).filter(ProcessHandle::isAlive);
        }

        private String text(String file) {
            try {
                return Files.readString(folder.resolve(file));
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        }
    }
}
