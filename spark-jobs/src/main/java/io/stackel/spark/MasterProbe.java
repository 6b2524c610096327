package io.stackel.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.SocketFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Asks whether a cluster's master answers, before Spark starts and asks for minutes, a stack trace each time.
 *
 * <p>Each address is tried once, for a few seconds. One that answers is enough: of several masters, one is active. A
 * standalone master must also speak Spark's protocol, because the port of its page accepts connections as well.
 */
public final class MasterProbe {

    /** How long an address may take to accept a connection, in milliseconds. */
    private static final int CONNECTING = 3_000;

    /** How long a master may take to answer, which may be busy, in milliseconds. */
    private static final int ANSWERING = 8_000;

    private static final String STANDALONE = "spark://";
    private static final String KUBERNETES = "k8s://";

    /** Types of message in Spark's transport, one byte: what asks for a file, and what says that there is none. */
    private static final byte STREAM_REQUEST = 6;

    private static final byte STREAM_FAILURE = 8;

    private final SparkConf settings;
    private final Map<String, String> environment;

    /**
     * A probe of one application.
     *
     * @param settings of Spark, with the Hadoop settings of the user
     * @param environment of the process, which may name a proxy
     */
    public MasterProbe(SparkConf settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
    }

    /** Why no address of a master answers, a phrase an address; nothing if one does, or if this process need not reach one. */
    public Optional<String> refusal(String master) {
        if (master.startsWith(STANDALONE)) {
            boolean plain = !settings.getBoolean("spark.ssl.rpc.enabled", false);
            return refusal(
                    List.of(master.substring(STANDALONE.length()).split(",")), SocketFactory.getDefault(), plain);
        }
        boolean inCluster = settings.get("spark.submit.deployMode", "client").equals("cluster")
                || settings.getBoolean("spark.kubernetes.submitInDriver", false);
        if (inCluster) {
            return Optional.empty();
        }
        if (master.equals("yarn")) {
            Configuration hadoop = new YarnConfiguration(SparkHadoopUtil.get().newConfiguration(settings));
            return refusal(resourceManagers(hadoop), NetUtils.getDefaultSocketFactory(hadoop), false);
        }
        return master.startsWith(KUBERNETES) && !behindProxy()
                ? refusal(List.of(apiServer(master.substring(KUBERNETES.length()))), SocketFactory.getDefault(), false)
                : Optional.empty();
    }

    /** The addresses of YARN's resource managers, of which there are several where one may take over from another. */
    private static Collection<String> resourceManagers(Configuration hadoop) {
        String address = YarnConfiguration.RM_ADDRESS;
        Collection<String> ids = hadoop.getBoolean(YarnConfiguration.RM_HA_ENABLED, false)
                ? hadoop.getTrimmedStringCollection(YarnConfiguration.RM_HA_IDS)
                : List.of();
        if (ids.isEmpty()) {
            return List.of(hadoop.getTrimmed(address, YarnConfiguration.DEFAULT_RM_ADDRESS));
        }
        List<String> addresses = new ArrayList<>();
        for (String id : ids) {
            String host = hadoop.getTrimmed(YarnConfiguration.RM_HOSTNAME + "." + id, id);
            addresses.add(hadoop.getTrimmed(address + "." + id, host + ":" + YarnConfiguration.DEFAULT_RM_PORT));
        }
        return addresses;
    }

    private boolean behindProxy() {
        return environment.keySet().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    }

    /** An API server as Spark reads it: by HTTPS unless it says otherwise. */
    private static String apiServer(String url) {
        URI uri = URI.create(url.contains("://") ? url : "https://" + url);
        int usual = "http".equals(uri.getScheme()) ? 80 : 443;
        return uri.getHost() + ":" + (uri.getPort() < 0 ? usual : uri.getPort());
    }

    private static Optional<String> refusal(Collection<String> addresses, SocketFactory sockets, boolean speaksSpark) {
        List<String> refusals = new ArrayList<>();
        for (String address : addresses) {
            Optional<String> refusal = refusal(address.strip(), sockets, speaksSpark);
            if (refusal.isEmpty()) {
                return Optional.empty();
            }
            refusals.add(refusal.get());
        }
        return Optional.of(String.join("; ", refusals));
    }

    private static Optional<String> refusal(String address, SocketFactory sockets, boolean speaksSpark) {
        InetSocketAddress place;
        try {
            URI uri = new URI("//" + address);
            place = new InetSocketAddress(uri.getHost(), uri.getPort());
        } catch (URISyntaxException | IllegalArgumentException malformed) {
            return Optional.of("'" + address + "' is no HOST:PORT");
        }
        if (place.isUnresolved()) {
            return Optional.of("no host has the name " + place.getHostString());
        }
        try (Socket socket = sockets.createSocket()) {
            socket.connect(place, CONNECTING);
            return !speaksSpark || answersAsSpark(socket)
                    ? Optional.empty()
                    : Optional.of(
                            "what listens at " + address + " does not answer as a Spark master does, whose port is"
                                    + " 7077 unless it was given another; its page has a port of its own");
        } catch (SocketTimeoutException late) {
            return Optional.of("nothing answers at " + address + " in " + CONNECTING / 1_000 + " s");
        } catch (IOException failed) {
            return Optional.of("nothing answers at " + address + " (" + failed.getMessage() + ")");
        }
    }

    /**
     * Asks for a file that no master has. Whatever speaks Spark's transport answers that there is none.
     *
     * <p>A message is its length in bytes (8 bytes, these included), its type (1 byte) and its body; a text is its length (4
     * bytes) and UTF-8.
     */
    private static boolean answersAsSpark(Socket socket) {
        byte[] name = "/files/stackel-asks-whether-this-is-spark".getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(Long.BYTES + 1 + Integer.BYTES + name.length);
        message.putLong(message.capacity())
                .put(STREAM_REQUEST)
                .putInt(name.length)
                .put(name);
        try {
            socket.setSoTimeout(ANSWERING);
            socket.getOutputStream().write(message.array());
            byte[] head = socket.getInputStream().readNBytes(Long.BYTES + 1);
            return head.length == Long.BYTES + 1 && head[Long.BYTES] == STREAM_FAILURE;
        } catch (IOException silent) {
            return false;
        }
    }
}
