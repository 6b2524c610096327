package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the section Kubernetes in {@code deploy/README.md}, with other places: what pods Spark's own backend asks for,
 * and that the run which they make has the hashes of the local engine. The API server is a mock, and pods are processes.
 */
class KubernetesIT {

    @RegisterExtension
    static final KubernetesServers SERVERS = new KubernetesServers("hdfs", "kubernetes");

    private static final Pattern COMMANDS = Pattern.compile("(?ms)^## Kubernetes\n.*?\n\n(    stackel .*?)\n\n");
    private static final String EXECUTORS = "2";

    @TempDir
    static Path folder;

    private static URI out;
    private static String expected;
    private static String printed;

    @BeforeAll
    static void giveTheCommandsOfTheReadme() throws IOException, InterruptedException {
        Path tiny = Invocation.configuration("tiny.yaml", folder);
        expected = Invocation.of("run", tiny, "--engine", "local", "--out", folder.resolve("run"), "--json")
                .hashes();
        URI bucket = URI.create(SERVERS.hdfs() + "/bucket");
        out = URI.create(bucket + "/runs/four-rooms");
        try (FileSystem hdfs = FileSystem.newInstance(bucket, SERVERS.hadoop())) {
            hdfs.copyFromLocalFile(
                    new org.apache.hadoop.fs.Path(tiny.toUri()),
                    new org.apache.hadoop.fs.Path(bucket + "/experiments/four-rooms.yaml"));
        }
        var commands = COMMANDS.matcher(Files.readString(StandaloneServers.PROJECT.resolve("deploy/README.md")));
        assertThat(commands.find()).isTrue();
        printed = call(commands.group(1)
                .replace("s3a://bucket", bucket.toString())
                // Batches as small as these would stay on the driver.
                .replace("four-rooms.yaml --master", "four-rooms.yaml --partitions 2 --master")
                .replace("k8s://https://HOST:6443", SERVERS.master())
                .replaceAll("(?m)^    stackel ", "deploy/bin/stackel --properties-file " + SERVERS.properties() + " "));
    }

    private static String call(String commands) throws IOException, InterruptedException {
        Process bash = SERVERS.environment(new ProcessBuilder("bash", "-euc", commands))
                .directory(StandaloneServers.PROJECT.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(commands + said).isZero();
        return said;
    }

    @Test
    void theRunHasTheHashesOfTheLocalEngine() {
        assertThat(SubmittedRun.hashes(SERVERS, out)).isEqualTo(expected);
    }

    @Test
    void theLastCommandTellsTheExitCode() {
        assertThat(printed).contains("\"exitCode\": 0");
    }

    @Test
    void theDriverPodIsOfTheImageWithItsJobJar() {
        KubernetesServers.Pod driver = only("driver");

        assertThat(driver.name()).matches("stackel-four-rooms-[0-9a-f]{16}-driver");
        assertThat(texts(driver.container().path("args")))
                .startsWith("driver")
                .containsSubsequence("--class", "io.stackel.cli.Main", "local:///opt/stackel/lib/stackel.jar", "run")
                .endsWith("--out", out.toString());
        requireImageAccountAndMemory(driver);
    }

    @Test
    void theExecutorPodsBelongToTheDriver() {
        List<KubernetesServers.Pod> executors = pods("executor");

        assertThat(executors).hasSize(Integer.parseInt(EXECUTORS)).allSatisfy(executor -> {
            assertThat(executor.name()).matches("stackel-four-rooms-[0-9a-f]{16}-exec-[12]");
            assertThat(executor.asked().at("/metadata/ownerReferences/0/name").asText())
                    .isEqualTo(only("driver").name());
            requireImageAccountAndMemory(executor);
        });
    }

    /** 512 MB of heap, and what Spark adds for all else, at least 384 MB. */
    private static void requireImageAccountAndMemory(KubernetesServers.Pod pod) {
        assertThat(pod.container().path("image").asText()).isEqualTo("REGISTRY/stackel:0.1.0");
        assertThat(pod.asked().at("/spec/serviceAccountName").asText()).isEqualTo("spark");
        assertThat(pod.asked().at("/spec/restartPolicy").asText()).isEqualTo("Never");
        assertThat(pod.container().at("/resources/limits/memory").asText()).isEqualTo("896Mi");
        assertThat(pod.container().at("/resources/requests/cpu").asText()).isEqualTo("1");
    }

    private static KubernetesServers.Pod only(String role) {
        List<KubernetesServers.Pod> pods = pods(role);
        assertThat(pods).hasSize(1);
        return pods.get(0);
    }

    private static List<KubernetesServers.Pod> pods(String role) {
        return SERVERS.pods().stream().filter(pod -> pod.role().equals(role)).toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toList());
    }

    /** What {@code deploy/kubernetes/Dockerfile} makes: the job jar where the launcher looks for it, and S3A beside Spark. */
    @Test
    void theImageHasTheJobJarAndS3A() throws IOException {
        Path opt = SERVERS.folder().resolve("kubernetes/image/opt");

        assertThat(opt.resolve("stackel/lib/stackel.jar"))
                .hasSameBinaryContentAs(StandaloneServers.PROJECT.resolve("spark-jobs/target/stackel.jar"));
        try (var jars = Files.list(opt.resolve("spark/jars"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString().replaceFirst("-[0-9.]+jar$", "")))
                    .contains("hadoop-aws", "s3", "s3-transfer-manager", "sts", "apache-client");
        }
    }
}
