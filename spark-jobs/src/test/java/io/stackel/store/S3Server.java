package io.stackel.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A real S3 server for tests, S3Proxy over a local folder as a process of its own: started at the first use, stopped
 * after the last test.
 *
 * <p>It asks for no signature, so that a test may stand between client and server.
 *
 * <p>Use: {@code @RegisterExtension static final S3Server S3 = new S3Server();}
 */
public final class S3Server implements BeforeAllCallback {

    /** Not that of deploy/standalone/s3: Hadoop keeps file systems by bucket for as long as the process lives. */
    private static final String BUCKET = "stackel-tests";

    private static final int STARTING_MILLIS = 60_000;
    private static final int LOOKING_MILLIS = 50;
    private static final AtomicInteger ROOTS = new AtomicInteger();

    /** The build resolves the server's class path apart from the tests', for its libraries are newer than Spark's. */
    private static final Path CLASS_PATH = Runs.target().resolve("s3proxy-classpath.txt");

    private Optional<Running> running = Optional.empty();

    private record Running(Process process, URI endpoint, Path bucket) implements Closeable {

        static Running start() {
            try {
                Path folder = Files.createTempDirectory(Runs.target(), "s3");
                Files.createDirectories(folder.resolve("buckets/" + BUCKET));
                int port = freePort();
                URI endpoint = URI.create("http://127.0.0.1:" + port);
                Path properties = Files.write(
                        folder.resolve("s3proxy.conf"),
                        List.of(
                                "s3proxy.endpoint=" + endpoint,
                                "s3proxy.authorization=none",
                                "jclouds.provider=filesystem-nio2",
                                "jclouds.filesystem.basedir=" + folder.resolve("buckets")));
                Process process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                Files.readString(CLASS_PATH).strip(),
                                "org.gaul.s3proxy.Main",
                                "--properties",
                                properties.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
                awaitPort(process, port);
                return new Running(process, endpoint, folder.resolve("buckets/" + BUCKET));
            } catch (IOException failed) {
                throw new UncheckedIOException(
                        "the S3 server must start; mvn process-test-classes prepares it", failed);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }

        private static void awaitPort(Process process, int port) throws IOException {
            for (int waited = 0; waited < STARTING_MILLIS; waited += LOOKING_MILLIS) {
                try {
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return;
                } catch (IOException notYet) {
                    if (endsWithin(process, LOOKING_MILLIS)) {
                        break;
                    }
                }
            }
            process.destroyForcibly();
            throw new IOException("the S3 server did not listen on port " + port);
        }

        private static boolean endsWithin(Process process, int millis) throws IOException {
            try {
                return process.waitFor(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException(interrupted);
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Optional.of(context.getRoot()
                .getStore(Namespace.create(S3Server.class))
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class));
    }

    /** Where the server listens. */
    public URI endpoint() {
        return running.orElseThrow().endpoint();
    }

    /** The folder of which the server makes its bucket. */
    public Path bucket() {
        return running.orElseThrow().bucket();
    }

    /** What a client needs. */
    public Configuration configuration() {
        return configuration(endpoint());
    }

    /** What a client needs that reaches the server by another endpoint; it shares no connection with others. */
    public Configuration configuration(URI endpoint) {
        Configuration configuration = new Configuration();
        configuration.set("fs.s3a.endpoint", endpoint.toString());
        configuration.set("fs.s3a.endpoint.region", "us-east-1");
        configuration.set("fs.s3a.path.style.access", "true");
        configuration.set("fs.s3a.connection.ssl.enabled", "false");
        configuration.set("fs.s3a.attempts.maximum", "2");
        configuration.set("fs.s3a.retry.limit", "2");
        // Waiting between tries shows nothing.
        configuration.set("fs.s3a.retry.interval", "20ms");
        configuration.set("fs.s3a.retry.throttle.interval", "20ms");
        configuration.set(
                "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider");
        configuration.setBoolean("fs.s3a.impl.disable.cache", !endpoint.equals(endpoint()));
        return configuration;
    }

    /** A folder in the server's bucket that no other test uses. */
    public URI freshRoot() {
        return URI.create("s3a://" + BUCKET + "/runs/" + ROOTS.incrementAndGet());
    }
}
