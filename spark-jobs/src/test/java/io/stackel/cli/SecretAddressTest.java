package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.run.CommandFailure;
import io.stackel.run.ExitCode;
import io.stackel.run.FailureReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.apache.spark.SparkContext$;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten secrets in addresses, wherever a command takes one: refused before anything is opened, and found nowhere. */
class SecretAddressTest {

    private static final String SECRET = "canary7Qm3vZt";

    /** Addresses that give something away. */
    private static final List<String> ADDRESSES = List.of(
            "s3a://AKIA:" + SECRET + "0@bucket/x.yaml",
            "s3a://" + SECRET + "1@bucket/x.yaml",
            "s3a://AKIA:a/" + SECRET + "2+b@bucket/x.yaml",
            "s3a://AKIA:a%2F" + SECRET + "3 b@bucket/x.yaml",
            "hdfs://user:" + SECRET + "4@host:8020/x.yaml",
            "file://user:" + SECRET + "5@host/x.yaml",
            "https://host/x.yaml?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=" + SECRET + "6",
            "https://host/x.yaml?AWSAccessKeyId=" + SECRET + "7&Expires=1",
            "https://host/x.yaml?sv=2022&sig=" + SECRET + "8",
            "https://user:" + SECRET + "9@host/x.yaml");

    @TempDir
    Path folder;

    private Path tiny;

    @BeforeEach
    void prepare() {
        tiny = Invocation.configuration("tiny.yaml", folder);
    }

    /** Commands in which {@code @} stands for an address, and {@code TINY} for a configuration. */
    static List<String> commands() {
        return List.of(
                "run @",
                "run TINY --engine local --out @",
                "run TINY --out @ --debug",
                "run TINY --engine local --out @ --single-writer",
                "run TINY --engine local --set problem={file: @}",
                "run TINY --dry-run --set problem={file: @}",
                "status @",
                "status @ --json",
                "verify @",
                "export @",
                "export @ --metrics rows.parquet",
                "export TINY --mlflow @",
                "report @",
                "report @ --to page.html",
                "exact @",
                "exact TINY --set problem={file: @}",
                "check @",
                "check TINY --set problem={file: @}",
                "replay @ --step 1",
                "doctor --out @",
                "compare @ --algorithms first-order,exact --budget 10",
                "compare TINY --algorithms first-order,pbrl --budget 10 --out @",
                "data import @ --to data",
                "data import TINY @ --format csv --to data",
                "data import TINY --format csv --to @",
                "data preferences @ --problem WORLD",
                "data preferences TINY --problem @",
                "sweep plan @",
                "sweep plan SWEEP --out @",
                "sweep run @",
                "sweep run SWEEP --out @",
                "sweep status @",
                "sweep retry @ --failed",
                "sweep report @");
    }

    private Object[] words(String command, String address) {
        List<Object> words = new ArrayList<>();
        // What stands in braces is one word, with its space.
        for (String word : command.replace("file: ", "file:_").split(" ", -1)) {
            words.add(word.replace("_", " ")
                    .replace("{file: @}", "{file: \"" + address + "\"}")
                    .replace("TINY", tiny.toString())
                    .replace("WORLD", folder.resolve("world.json").toString())
                    .replace("SWEEP", folder.resolve("sweep.yaml").toString())
                    .replaceFirst("^@$", Matcher.quoteReplacement(address)));
        }
        return words.toArray();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void noCommandTakesOne(String command) throws IOException {
        Invocation.write(
                folder.resolve("sweep.yaml"), "format: 1\nname: s\nconfiguration: " + tiny + "\nseeds: 0..1\n");
        Invocation.write(
                folder.resolve("world.json"),
                "{\"kind\": \"preferences\", \"problem\": {\"states\": 2, \"actions\": 2}}");
        List<Path> before = files();
        for (String address : ADDRESSES) {
            if (command.contains("--mlflow") && address.contains(" ")) {
                continue; // no URI, which noMistakeRepeatsOne sees to
            }
            Invocation refused = Invocation.of(words(command, address));

            assertThat(refused.code()).as("%s: %s", address, refused.err()).isEqualTo(ExitCode.USAGE.code());
            assertThat(refused.err())
                    .contains("must hold no credentials")
                    .contains("credential")
                    .contains("***")
                    .doesNotContain(SECRET);
            assertThat(refused.out()).doesNotContain(SECRET);
        }
        assertThat(files()).as("nothing is made").isEqualTo(before);
        assertThat(SparkContext$.MODULE$.getActive().isEmpty())
                .as("Spark was not asked")
                .isTrue();
    }

    @Test
    void noConfigurationTakesOne() {
        for (String address : ADDRESSES) {
            Map<String, String> texts = Map.of(
                    "problem file",
                            Invocation.text("tiny.yaml")
                                    .replaceFirst(
                                            "problem: .*",
                                            "problem: {file: \"" + Matcher.quoteReplacement(address) + "\"}"),
                    "training data",
                            Invocation.text("tiny-fit.yaml")
                                    .replaceFirst(
                                            "problem: .*",
                                            "problem: {name: hyper-parameters, training: \""
                                                    + Matcher.quoteReplacement(address)
                                                    + "\", validation: \"b\"}"));
            texts.forEach((what, text) -> {
                Path yaml = Invocation.write(folder.resolve("given.yaml"), text);
                Path out = folder.resolve("run");

                Invocation refused = Invocation.of("run", yaml, "--engine", "local", "--out", out);

                assertThat(refused.code()).as("%s: %s", what, refused.err()).isEqualTo(ExitCode.USAGE.code());
                assertThat(refused.err())
                        .as(what)
                        .contains("must hold no credentials")
                        .doesNotContain(SECRET);
                assertThat(out).doesNotExist();
            });
            Path sweep = Invocation.write(
                    folder.resolve("sweep.yaml"),
                    "format: 1\nname: s\nconfiguration: \"" + address + "\"\nseeds: 0..1\n");
            Invocation planned = Invocation.of("sweep", "plan", sweep, "--out", folder.resolve("plan"));
            assertThat(planned.code()).as(planned.err()).isEqualTo(ExitCode.USAGE.code());
            assertThat(planned.err()).contains("***").doesNotContain(SECRET);
            assertThat(folder.resolve("plan")).doesNotExist();
        }
    }

    @Test
    void noMasterTakesOne() {
        for (String address : List.of(
                "spark://user:" + SECRET + "@host:7077",
                "k8s://https://user:" + SECRET + "@host:6443",
                "k8s://https://host:6443?token=" + SECRET)) {
            for (List<Object> command : List.<List<Object>>of(
                    List.of("run", tiny, "--master", address),
                    List.of("data", "import", tiny, "--format", "csv", "--to", "data", "--master", address))) {
                Invocation refused = Invocation.of(command.toArray());

                assertThat(refused.code()).as(refused.err()).isEqualTo(ExitCode.USAGE.code());
                assertThat(refused.err())
                        .contains("--master must hold no credentials")
                        .doesNotContain(SECRET);
            }
        }
    }

    /** What is misspelt never comes to the door; it is told what was given, without the secret. */
    @Test
    void noMistakeRepeatsOne() {
        for (String address : ADDRESSES.subList(4, ADDRESSES.size())) {
            for (List<Object> command : List.<List<Object>>of(
                    List.of(address),
                    List.of("run", tiny, address),
                    List.of("run", tiny, "--ouut=" + address),
                    List.of("run", tiny, "--engine", address),
                    List.of("run", tiny, "--threads", address),
                    List.of("run", tiny, "--set", address),
                    List.of("run", tiny, "--set", "name=" + address),
                    List.of("run", tiny, "--set", "upper.optimizer=" + address),
                    List.of("run", tiny, "--set", "probl.fil=" + address),
                    List.of("run", tiny, "--master", address + "#"),
                    List.of("export", tiny, "--mlflow", address + " ^"),
                    List.of("export", tiny, "--mlflow", ADDRESSES.get(3)),
                    List.of("sweep", "run", tiny, "--trial", address))) {
                Invocation refused = Invocation.of(command.toArray());

                assertThat(refused.code()).as(refused.err()).isEqualTo(ExitCode.USAGE.code());
                assertThat(refused.out() + refused.err()).doesNotContain(SECRET);
            }
        }
    }

    @Test
    void aFailureThatHoldsOneLeavesNoneInTheStatusFile() {
        RuntimeException failure = new IllegalStateException(
                "a batch failed", new IOException("cannot open " + ADDRESSES.get(0) + " or " + ADDRESSES.get(6)));
        CommandFailure told = new CommandFailure(ExitCode.DATA, String.valueOf(failure.getCause()), failure);

        assertThat(FailureReport.message(told)).contains("***").doesNotContain(SECRET);
    }

    private List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path place : List.of(folder, Path.of("").toAbsolutePath())) {
            try (Stream<Path> files = Files.walk(place, 1)) {
                files.filter(file -> !file.endsWith("target")).sorted().forEach(found::add);
            }
        }
        return found;
    }
}
