package io.stackel.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What {@code deploy/yarn/yarn} starts beside the servers of {@code deploy/standalone}: a resource manager and two node
 * managers, each a process of its own, and the Spark that has a client for them.
 */
final class YarnServers extends StandaloneServers {

    private static final String YARN = "yarn";

    /** The resource manager listens at so many ports, one behind the other. */
    private static final int PORTS = 4;

    private final int port = freePorts();
    private final int page = freePort();
    private String sparkHome = "";

    /**
     * Servers that start before the first test.
     *
     * @param scripts which of them: hdfs, s3, yarn
     */
    YarnServers(String... scripts) {
        super(scripts);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        sparkHome = sparkHome();
        super.beforeAll(context);
    }

    /** Makes the SPARK_HOME of another Spark than the build's; tests are skipped where Maven cannot have its artifacts. */
    static String sparkHome() throws IOException, InterruptedException {
        Process fetch = new ProcessBuilder(
                        PROJECT.resolve("deploy/spark-4.2/fetch").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String home = new String(fetch.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        Assumptions.assumeTrue(
                fetch.waitFor() == 0, "not run: Maven could not fetch Spark 4.2 (deploy/spark-4.2/fetch)");
        return home;
    }

    @Override
    Path script(String name) {
        return name.equals(YARN) ? PROJECT.resolve("deploy/yarn/yarn") : super.script(name);
    }

    @Override
    String settingsFile() {
        return "deploy/yarn/spark.conf";
    }

    @Override
    ProcessBuilder environment(ProcessBuilder builder) {
        super.environment(builder).environment().put("YARN_PORT", Integer.toString(port));
        builder.environment().put("YARN_PAGE", Integer.toString(page));
        builder.environment().put("SPARK_HOME", sparkHome);
        builder.environment()
                .put("HADOOP_CONF_DIR", folder().resolve("yarn/conf").toString());
        return builder;
    }

    @Override
    String master() {
        return YARN;
    }

    @Override
    List<ProcessHandle> executors() {
        return containers("YarnCoarseGrainedExecutorBackend");
    }

    @Override
    List<ProcessHandle> drivers() {
        return containers("org.apache.spark.deploy.yarn.ApplicationMaster");
    }

    /** Java in containers; a container outlives a node manager that was killed. */
    private List<ProcessHandle> containers(String word) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .filter(process -> {
                    String line = commandLine(process);
                    return line.contains(word) && line.contains(folder() + "/yarn/nm");
                })
                .toList();
    }

    /** The node manager that started a container. */
    ProcessHandle nodeOf(ProcessHandle container) {
        String line = commandLine(container);
        return IntStream.of(1, 2)
                .filter(node -> line.contains(folder() + "/yarn/nm" + node + "/"))
                .mapToObj(node -> process("yarn/nodemanager" + node))
                .findFirst()
                .orElseThrow();
    }

    /** Lets YARN forget its applications and start with all its nodes. */
    void restartYarn() throws IOException, InterruptedException {
        call(YARN, List.of("stop"));
        call(YARN, List.of("start"));
    }

    /** Asks YARN to end an application. */
    void kill(String application) throws IOException, InterruptedException {
        call(YARN, List.of("application", "-kill", application));
    }

    /** What the newest application's drivers have told so far, the first of them first. */
    List<DriverLog> driverLogs() {
        try (Stream<Path> logs = Files.find(
                folder().resolve("yarn"),
                5,
                (file, attributes) -> file.toString().endsWith("_000001/stderr"))) {
            List<DriverLog> all = logs.map(DriverLog::new).toList();
            String newest = all.stream()
                    .map(DriverLog::application)
                    .max(String::compareTo)
                    .orElse("");
            return all.stream()
                    .filter(log -> log.application().equals(newest))
                    .sorted((one, other) -> one.container().compareTo(other.container()))
                    .toList();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** The log of a driver in a container, in nm/logs/APPLICATION/CONTAINER. */
    record DriverLog(Path file) {

        String application() {
            return file.getParent().getParent().getFileName().toString();
        }

        String container() {
            return file.getParent().getFileName().toString();
        }

        String text() {
            try {
                return Files.readString(file);
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        }
    }

    private static int freePorts() {
        while (true) {
            int first = freePort();
            if (IntStream.range(first, first + PORTS).allMatch(YarnServers::isFree)) {
                return first;
            }
        }
    }

    private static boolean isFree(int port) {
        try (java.net.ServerSocket socket =
                new java.net.ServerSocket(port, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException | IllegalArgumentException taken) {
            return false;
        }
    }
}
