package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriSecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3a://KEY:CANARY@bucket/runs/a",
                "s3a://CANARY@bucket/runs/a",
                "s3a://KEY:CANA/RY+x=@bucket/runs/a",
                "s3a://KEY:1234/CANARY@bucket/runs/a",
                "s3a://KEY:CANARY/bucket",
                "s3a:KEY:CANARY@bucket",
                "s3a:/KEY:CANARY@bucket/runs/a",
                "S3N://KEY:CANA%2FRY@bucket",
                "KEY:CANARY@bucket/runs/a",
                "hdfs://user:CANARY@host:8020/runs/a",
                "hdfs://user:CAN/ARY@host:8020/runs/a",
                "hdfs://CANARY@host/runs/a",
                "file://user:CANARY@host/runs/a",
                "abfss://container:CANARY@account.dfs.core.windows.net/a",
                "https://user:CANARY@host/runs/a?x=1",
                "k8s://https://user:CANARY@host:6443",
                "spark://user:CANARY@host:7077",
                "https://host/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=CANARY&X-Amz-Date=1",
                "https://host/a?X-Amz-Security-Token=CANARY",
                "https://host/a?X-Amz-Credential=CANARY%2F20260101",
                "https://host/a?AWSAccessKeyId=CANARY&Expires=1",
                "https://host/a?Signature=CANARY",
                "https://host/a?sv=1&sig=CANARY&se=2",
                "https://host/a?X-Goog-Signature=CANARY",
                "https://host/a?access_token=CANARY",
                "https://host/a#access_token=CANARY",
                "https://host/a?api_key=CANARY",
                "https://host/a?key=CANARY",
                "https://host/a?password=CANARY"
            })
    void credentialsAreRefusedAndHidden(String address) {
        assertThat(UriSecrets.refusal("a place", address))
                .hasValueSatisfying(refusal -> assertThat(refusal)
                        .startsWith("a place must hold no credentials, but ")
                        .doesNotContain("CANARY"));
        String sentence =
                "java.io.IOException: cannot open " + address + ": no answer (" + address + ")\n\tat " + address;
        assertThat(UriSecrets.redacted(sentence))
                .doesNotContain("CANARY")
                .doesNotContain("RY+x")
                .startsWith("java.io.IOException: cannot open ")
                .contains("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runs/a",
                "/runs/user@example.org/a",
                "file:///runs/a@b:c",
                "hdfs://host:8020/user@example.org/a",
                "hdfs://host/a:b@c",
                "s3a://bucket/user@example.org/a",
                "s3a://bucket/day=1/a",
                "abfss://container@account.dfs.core.windows.net/runs/a",
                "wasbs://container@account/runs/a",
                "https://host/a?versionId=1&partNumber=2",
                "spark://host:7077",
                "spark://one:7077,two:7077",
                "k8s://https://host:6443",
                "local-cluster[2,1,1024]",
                "http://127.0.0.1:5000/mlflow"
            })
    void otherAddressesStay(String address) {
        assertThat(UriSecrets.refusal("a place", address)).isEmpty();
        assertThat(UriSecrets.redacted("cannot open " + address)).isEqualTo("cannot open " + address);
    }

    @Test
    void settingsAreHiddenInText() {
        assertThat(UriSecrets.redacted("fs.s3a.secret.key=CANARY, AWS_SECRET_ACCESS_KEY = CANARY; x.password=CANARY"))
                .isEqualTo("fs.s3a.secret.key=***, AWS_SECRET_ACCESS_KEY = ***; x.password=***");
    }

    /** Who follows every beginning of a match to the end of the text needs minutes. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a:", "a://", "https:", "?key", "&x", "s3a", "password", "secret", "1.", "@", "/a:b", "a:b@"
            })
    void longTextIsReadInAMoment(String piece) {
        String text = piece.repeat(100_000 / piece.length()) + "/ ";

        assertThat(CompletableFuture.supplyAsync(() -> UriSecrets.redacted(text)))
                .succeedsWithin(Duration.ofSeconds(20), InstanceOfAssertFactories.STRING)
                .endsWith("/ ");
    }
}
