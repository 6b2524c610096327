package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stackel.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Places at which no run can be: whoever starts the command again gets the same answer, so it must not be "try again". */
class PlaceTest {

    private static final String LONG_NAME = "n".repeat(256);
    private static final String LONG_PATH = "/path".repeat(1_000);

    @TempDir
    Path folder;

    private Path tiny;

    /** Text in which {@code @} stands for the folder of the test. */
    static List<String> places() {
        return List.of(
                "",
                " ",
                "\t",
                "@/file",
                "@/file/",
                "@/file/x",
                "@/file/x/y/z",
                "@/missing/../file/x",
                "@/dangling",
                "@/dangling/x",
                "@/link",
                "@/link/x",
                "@/loop",
                "@/loop/x",
                "@/" + LONG_NAME,
                "@/new/" + LONG_NAME + "/x",
                "@/" + "\u20ac".repeat(90),
                "@" + LONG_PATH,
                "@/a\0b",
                "\0",
                "/dev/null",
                "/dev/null/x",
                "/dev/full",
                "/dev/full/x",
                "/dev/zero/x",
                "/proc/x",
                "/proc/x/y",
                "/proc/self/x",
                "/proc/version",
                "/proc/version/x",
                "/sys/x",
                "/sys/kernel/x/y",
                "/etc/passwd",
                "/etc/passwd/x",
                "file:x",
                "file://host/x",
                "file:///tmp/x?y=1",
                "file:///tmp/x#y",
                "file:///dev/null/x",
                "file:/dev/null/x",
                "FILE:///dev/null/x",
                "file://@/file/x",
                "file:///a%00b",
                "file:///%zz",
                "hdfs:///x",
                "hdfs:/x",
                "hdfs:x",
                "hdfs://",
                "hdfs://:8020/x",
                "hdfs://host:port/x",
                "hdfs://host:99999/x",
                "hdfs://under_score/x",
                "hdfs://a b/x",
                "HDFS:///x",
                "s3a:///x",
                "s3a:/x",
                "s3a:x",
                "s3a://",
                "s3a://bucket/" + "k".repeat(1_020),
                "s3a://bucket:9000/x",
                "s3://bucket/x",
                "s3n://bucket/x",
                "gs://bucket/x",
                "http://host/x",
                "https://",
                "ftp://host/x",
                "webhdfs://host/x",
                "viewfs://cluster/x",
                "nowhere://host/x",
                "nowhere:x");
    }

    @BeforeEach
    void prepare() throws IOException {
        tiny = Invocation.configuration("tiny.yaml", folder);
        Path file = Files.writeString(folder.resolve("file"), "text");
        Files.createSymbolicLink(folder.resolve("link"), file);
        Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nothing"));
        Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
    }

    private String place(String text) {
        return text.replace("@", folder.toString());
    }

    /** The files and folders that a mistaken command could have made. */
    private List<Path> everything() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(found::add);
        }
        for (Path place : List.of(Path.of("").toAbsolutePath(), Path.of("/"), Path.of("/tmp"))) {
            try (Stream<Path> files = Files.list(place)) {
                files.filter(file ->
                                file.getFileName().toString().matches("x|a|new|path|runs|commits|owners|run\\.json"))
                        .forEach(found::add);
            }
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    /** A place as messages write it: as it was given, or in its normal form; a long one is a mere repetition. */
    private static String named(String place) {
        String shown = place.strip()
                .replace("\0", "\\u0000")
                .replace("/missing/..", "")
                .replaceFirst("(?i)^file:/*", "")
                .replaceFirst("(?<=[^/])/$", "");
        return shown.substring(0, Math.min(shown.length(), 40)).toLowerCase(Locale.ROOT);
    }

    private static void assertRefused(Invocation refused, String place) {
        assertThat(refused.code()).as(refused.err()).isEqualTo(ExitCode.USAGE.code());
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err().lines().filter(line -> line.startsWith("stackel: ")))
                .as("one sentence: %s", refused.err())
                .hasSize(1);
        assertThat(refused.err().toLowerCase(Locale.ROOT).replace("%e2%82%ac", "\u20ac"))
                .contains(named(place))
                .containsPattern("; (give|use|fix) ")
                .doesNotContain("exception");
    }

    @ParameterizedTest
    @MethodSource("places")
    void noRunCanBeThere(String text) throws IOException {
        String place = place(text);
        List<Path> before = everything();

        Invocation run = Invocation.of("run", tiny, "--engine", "local", "--out", place);

        assertRefused(run, place);
        assertThat(everything()).as("nothing is made").isEqualTo(before);
    }

    /** Whatever Hadoop can open may be read, and what answers there is not of this machine. */
    static List<String> readable() {
        return places().stream()
                .filter(place -> !place.matches("(s3|s3n|gs|https?|ftp|webhdfs|viewfs):.*"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("readable")
    void noRunIsThere(String text) throws IOException {
        String place = place(text);
        List<Path> before = everything();

        for (String command : List.of("status", "verify", "export", "report")) {
            Invocation answer = Invocation.of(command, place);

            assertThat(answer.code()).as("%s: %s", command, answer.err()).isEqualTo(ExitCode.USAGE.code());
            assertThat(answer.err()).startsWith("stackel: ").doesNotContain("Exception");
        }
        assertThat(everything()).as("nothing is made").isEqualTo(before);
    }

    @Test
    void aDirectoryRightBelowTheRootCanHoldARun() throws IOException {
        assumeTrue(Files.isWritable(Path.of("/")), "only the superuser may make one, as in a container");
        Path out = Path.of("/stackel-" + UUID.randomUUID());
        try {
            Invocation run =
                    Invocation.of("run", tiny, "--engine", "local", "--set", "stop.iterations=1", "--out", out);

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(out.resolve("run.json")).exists();
        } finally {
            try (Stream<Path> files = Files.walk(out)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }
}
