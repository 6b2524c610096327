package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the scripts of {@code deploy/standalone} refuse. */
class StandaloneScriptsIT {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"cluster, MASTER_PORT", "cluster, MASTER_PAGE", "hdfs, HDFS_PORT", "hdfs, HDFS_PAGE", "s3, S3_PORT"})
    void aPortThatIsTakenIsRefused(String script, String variable) throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProcessBuilder builder = new ProcessBuilder(
                    StandaloneServers.PROJECT
                            .resolve("deploy/standalone/" + script)
                            .toString(),
                    "start");
            for (String each : new String[] {"MASTER_PORT", "MASTER_PAGE", "HDFS_PORT", "HDFS_PAGE", "S3_PORT"}) {
                builder.environment().put(each, "1");
            }
            builder.environment().put(variable, Integer.toString(taken.getLocalPort()));
            builder.environment().put("STACKEL_SERVERS", folder.toString());
            Process process = builder.redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(said).isEqualTo(1);
            assertThat(said)
                    .contains("port " + taken.getLocalPort() + " is taken already")
                    .contains(variable + "=PORT");
            assertThat(folder).isEmptyDirectory();
        }
    }
}
