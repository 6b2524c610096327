package io.stackel.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the scripts of {@code deploy/standalone} start: a standalone master with two workers, an HDFS and an S3 server, each
 * a process of its own, at ports of this test and for this test alone.
 */
class StandaloneServers implements BeforeAllCallback, AfterAllCallback {

    /** Where a run may be kept. */
    enum Store {
        FILE,
        HDFS,
        S3
    }

    static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    private static final long STARTING_SECONDS = 240;
    private static final AtomicInteger PLACES = new AtomicInteger();

    private final List<String> scripts;
    private final List<String> settings;
    private final Path folder;
    private final int masterPort = freePort();
    private final Map<String, String> variables = Map.of(
            "MASTER_PORT", Integer.toString(masterPort),
            "MASTER_PAGE", Integer.toString(freePort()),
            "HDFS_PORT", Integer.toString(freePort()),
            "HDFS_PAGE", Integer.toString(freePort()),
            "S3_PORT", Integer.toString(freePort()),
            "WORKER_CORES", "2");

    /**
     * Servers that start before the first test.
     *
     * @param scripts which of them: cluster, hdfs, s3
     */
    StandaloneServers(String... scripts) {
        this(List.of(), scripts);
    }

    /**
     * Servers with settings of Spark for the cluster and its applications.
     *
     * @param settings lines of a properties file
     */
    StandaloneServers(List<String> settings, String... scripts) {
        this.scripts = List.of(scripts);
        this.settings = List.copyOf(settings);
        try {
            folder =
                    Files.createTempDirectory(Files.createDirectories(PROJECT.resolve("spark-jobs/target")), "servers");
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(Files.readAllLines(PROJECT.resolve(settingsFile())).stream()
                .map(line -> line.replace(":19090", ":" + variables.get("S3_PORT")))
                .toList());
        lines.addAll(settings);
        Files.write(properties(), lines);
        for (String script : scripts) {
            List<String> line = script.equals("cluster") && !settings.isEmpty()
                    ? List.of("start", "--properties-file", properties().toString())
                    : List.of("start");
            call(script, line);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        // YARN before its HDFS.
        for (int last = scripts.size() - 1; last >= 0; last--) {
            call(scripts.get(last), List.of("stop"));
        }
    }

    /** A script of these servers. */
    Path script(String name) {
        return PROJECT.resolve("deploy/standalone/" + name);
    }

    /** Spark's settings for these servers at their usual ports, in the project. */
    String settingsFile() {
        return "deploy/standalone/spark.conf";
    }

    final void call(String script, List<String> words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(script(script).toString()));
        line.addAll(words);
        Path log = folder.resolve(script + ".log");
        Process process = environment(new ProcessBuilder(line))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(STARTING_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", line) + " failed: " + Files.readString(log));
        }
    }

    /** The environment of a user, without what the build set for executors of tests. */
    ProcessBuilder environment(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
        builder.environment().putAll(variables);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("STACKEL_SERVERS", folder.toString());
        return builder;
    }

    /** Spark's master. */
    String master() {
        return "spark://127.0.0.1:" + masterPort;
    }

    /** The folder of the servers. */
    final Path folder() {
        return folder;
    }

    /** Settings with which the launcher reaches the servers. */
    Path properties() {
        return folder.resolve("spark.conf");
    }

    /** A directory that no other run has. */
    URI freshPlace(Store store) {
        String name = "runs/" + PLACES.incrementAndGet();
        return switch (store) {
            case FILE -> folder.resolve(name).toUri();
            case HDFS -> URI.create(hdfs() + "/" + name);
            case S3 -> URI.create("s3a://stackel/" + name);
        };
    }

    /** The address of the name node. */
    final String hdfs() {
        return "hdfs://127.0.0.1:" + variables.get("HDFS_PORT");
    }

    /** The settings of a client in this process. */
    Configuration hadoop() {
        Configuration configuration = new Configuration();
        try {
            for (String line : Files.readAllLines(properties())) {
                if (line.startsWith("spark.hadoop.")) {
                    String[] words = line.substring("spark.hadoop.".length()).split("\\s+", 2);
                    configuration.set(words[0], words[1].strip());
                }
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        // Other servers in the same process had the same bucket at another place.
        configuration.setBoolean("fs.s3a.impl.disable.cache", true);
        return configuration;
    }

    /** The executors at work, processes of the workers. */
    List<ProcessHandle> executors() {
        return children("CoarseGrainedExecutorBackend");
    }

    /** The drivers in the cluster. */
    List<ProcessHandle> drivers() {
        return children("DriverWrapper");
    }

    private List<ProcessHandle> children(String word) {
        return IntStream.of(1, 2)
                .mapToObj(worker -> process("cluster/worker" + worker))
                .flatMap(ProcessHandle::children)
                .filter(child -> commandLine(child).contains(word))
                .toList();
    }

    /** Java's own answer leaves out what is longer than a page of memory, as a class path is. */
    static String commandLine(ProcessHandle process) {
        try {
            Process asked = new ProcessBuilder("ps", "-ww", "-o", "args=", "-p", Long.toString(process.pid())).start();
            return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** A server, named by its folder and its file. */
    ProcessHandle process(String name) {
        try {
            String line = Files.readString(folder.resolve(name + ".pid"));
            return ProcessHandle.of(Long.parseLong(line.substring(0, line.indexOf(' '))))
                    .orElseThrow();
        } catch (IOException failed) {
            throw new AssertionError(name + " was not started", failed);
        }
    }

    /** A port of the loopback device at which nothing listens. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
