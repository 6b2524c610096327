package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterProbeIT {

    private static final SparkConf SETTINGS = new SparkConf(false);

    private static Optional<String> refusal(String master) {
        return new MasterProbe(SETTINGS, Map.of()).refusal(master);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The same transport listens at a driver as at a standalone master; a stranger to its secret is answered as well. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sparksOwnTransportIsRecognised(boolean hardened) throws IOException {
        SparkConf settings = new SparkConf(false);
        if (hardened) {
            settings.set("spark.authenticate", "true")
                    .set("spark.authenticate.secret", "of this test")
                    .set("spark.network.crypto.enabled", "true");
        }
        try (SparkEngine engine = SparkEngine.open("local[1]", "MasterProbeIT", settings)) {
            String driver = "127.0.0.1:" + engine.context().getConf().get("spark.driver.port");

            assertThat(refusal("spark://" + driver)).isEmpty();
            assertThat(refusal("spark://127.0.0.1:" + unusedPort() + "," + driver))
                    .isEmpty();
        }
    }

    @Test
    void anotherServersPortIsNotTakenForAMaster() throws IOException {
        try (ServerSocket page = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answerOnce(page));
            server.start();

            String address = "127.0.0.1:" + page.getLocalPort();
            String refusal = "what listens at " + address + " does not answer as a Spark master does";
            assertThat(refusal("spark://" + address)).get().asString().startsWith(refusal);
            // Nobody accepts this connection; the system holds it.
            assertThat(refusal("spark://" + address)).get().asString().startsWith(refusal);
            assertThat(refusal("k8s://http://" + address)).isEmpty();
        }
    }

    private static void answerOnce(ServerSocket page) {
        try (Socket socket = page.accept()) {
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void everyAddressWhereNothingListensIsNamed() throws IOException {
        String first = "127.0.0.1:" + unusedPort();
        String second = "127.0.0.1:" + unusedPort();

        assertThat(refusal("spark://" + first + "," + second))
                .get()
                .asString()
                .contains("nothing answers at " + first, "; nothing answers at " + second);
        assertThat(refusal("k8s://https://" + first)).get().asString().contains("nothing answers at " + first);
    }

    @Test
    void anUnknownHostAndAMalformedAddressAreNamed() {
        assertThat(refusal("spark://no-such-host.invalid:7077")).contains("no host has the name no-such-host.invalid");
        assertThat(refusal("spark://a b")).contains("'a b' is no HOST:PORT");
        assertThat(refusal("spark://127.0.0.1")).contains("'127.0.0.1' is no HOST:PORT");
    }

    @Test
    void eachResourceManagerOfYarnIsTried() throws IOException {
        int port = unusedPort();
        SparkConf one = new SparkConf(false).set("spark.hadoop.yarn.resourcemanager.address", "127.0.0.1:" + port);
        SparkConf two = new SparkConf(false)
                .set("spark.hadoop.yarn.resourcemanager.ha.enabled", "true")
                .set("spark.hadoop.yarn.resourcemanager.ha.rm-ids", "rm1,rm2")
                .set("spark.hadoop.yarn.resourcemanager.address.rm1", "127.0.0.1:" + port)
                .set("spark.hadoop.yarn.resourcemanager.hostname.rm2", "no-such-host.invalid");

        assertThat(new MasterProbe(one, Map.of()).refusal("yarn"))
                .get()
                .asString()
                .contains("nothing answers at 127.0.0.1:" + port);
        assertThat(new MasterProbe(two, Map.of()).refusal("yarn"))
                .get()
                .asString()
                .contains("nothing answers at 127.0.0.1:" + port, "; no host has the name no-such-host.invalid");
        try (ServerSocket manager = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(manager.isBound()).isTrue();
            assertThat(new MasterProbe(two, Map.of()).refusal("yarn")).isEmpty();
        }
    }

    /** There the cluster manager started this process, and its address may be another one from inside. */
    @Test
    void noClusterIsAskedFromInsideOrThroughAProxy() throws IOException {
        String server = "k8s://https://127.0.0.1:" + unusedPort();
        SparkConf driver = new SparkConf(false).set("spark.kubernetes.submitInDriver", "true");
        SparkConf cluster = new SparkConf(false).set("spark.submit.deployMode", "cluster");

        assertThat(new MasterProbe(driver, Map.of()).refusal(server)).isEmpty();
        assertThat(new MasterProbe(cluster, Map.of()).refusal("yarn")).isEmpty();
        assertThat(new MasterProbe(SETTINGS, Map.of("HTTPS_PROXY", "proxy:3128")).refusal(server))
                .isEmpty();
        assertThat(refusal("local[2]")).isEmpty();
    }
}
