package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.store.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Ten secrets of a credential file, two of which sign requests, are found in nothing that a run leaves or prints. */
class SecretsIT {

    @RegisterExtension
    static final S3Server S3 = new S3Server();

    private static final int SECRETS = 10;

    @TempDir
    Path folder;

    private static String canary(int number) {
        return "canary" + number + "x7Qm3vZt";
    }

    private Map<String, String> secrets() {
        Map<String, String> secrets = new HashMap<>();
        secrets.put("fs.s3a.access.key", canary(0));
        secrets.put("fs.s3a.secret.key", canary(1));
        for (int number = 2; number < SECRETS; number++) {
            secrets.put("user.secret." + number, canary(number));
        }
        return secrets;
    }

    private String credentialFile() throws IOException {
        String path = "localjceks://file" + folder.resolve("s3.jceks");
        Configuration configuration = new Configuration();
        configuration.set(CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH, path);
        CredentialProvider provider =
                CredentialProviderFactory.getProviders(configuration).get(0);
        for (Map.Entry<String, String> secret : secrets().entrySet()) {
            provider.createCredentialEntry(secret.getKey(), secret.getValue().toCharArray());
        }
        provider.flush();
        return path;
    }

    @Test
    void noneIsInLogsEventsOrFiles() throws IOException, InterruptedException {
        Path tiny = Invocation.configuration("tiny.yaml", folder);
        Path events = Files.createDirectories(folder.resolve("events"));
        URI out = S3.freshRoot();
        List<String> options = new ArrayList<>(List.of(
                "-Dstackel.log.level=info",
                "-Dlog4j2.configurationFile=" + StandaloneServers.PROJECT.resolve("conf/log4j2.properties"),
                "-Dspark.hadoop.fs.s3a.endpoint=" + S3.endpoint(),
                "-Dspark.hadoop.fs.s3a.endpoint.region=us-east-1",
                "-Dspark.hadoop.fs.s3a.path.style.access=true",
                "-Dspark.hadoop.fs.s3a.aws.credentials.provider=org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
                "-Dspark.hadoop.hadoop.security.credential.provider.path=" + credentialFile()));
        new EventLog(events).settings().forEach(setting -> options.add("-D" + setting));

        try (CommandProcess run = CommandProcess.start(
                folder, options, "run", tiny, "--out", out, "--engine", "spark", "--threads", "2", "--debug")) {
            assertThat(run.await()).as(run.err()).isZero();
            assertThat(run.err()).as("a log that tells much").contains("SparkContext");
        }

        assertThat(events).as("event logs").isNotEmptyDirectory();
        List<Path> searched = new ArrayList<>();
        for (Path place : List.of(folder, S3.bucket())) {
            try (Stream<Path> files = Files.walk(place)) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().endsWith(".jceks"))
                        .forEach(searched::add);
            }
        }
        assertThat(searched).hasSizeGreaterThan(10);
        for (Path file : searched) {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            for (String secret : secrets().values()) {
                assertThat(content.contains(secret))
                        .as("%s in %s", secret, file)
                        .isFalse();
            }
        }
    }
}
