package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainStreamTest {

    private static final String HOSTILE = "\u001b]0;title\u0007\u001b[2J\u009b31m\r\u202e s3a://KEY:CANARY@bucket/a";

    @TempDir
    Path folder;

    private static String through(Consumer<PlainStream> use) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PlainStream stream = PlainStream.of(new PrintStream(bytes, false, StandardCharsets.UTF_8));
        use.accept(stream);
        stream.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyWayOfPrintingIsFiltered() {
        List<Consumer<PlainStream>> ways = List.of(
                stream -> stream.print(HOSTILE),
                stream -> stream.println(HOSTILE),
                stream -> stream.print((Object) HOSTILE),
                stream -> stream.println((Object) HOSTILE),
                stream -> stream.print(HOSTILE.toCharArray()),
                stream -> stream.println(HOSTILE.toCharArray()),
                stream -> stream.append(HOSTILE),
                stream -> stream.append(HOSTILE, 0, HOSTILE.length()),
                stream -> stream.printf("%s", HOSTILE),
                stream -> stream.format(Locale.ROOT, "%s", HOSTILE),
                stream -> stream.writer().println(HOSTILE),
                stream -> stream.writer().printf("%s", HOSTILE),
                stream -> new IllegalStateException(HOSTILE, new IOException(HOSTILE)).printStackTrace(stream));
        for (Consumer<PlainStream> way : ways) {
            assertThat(through(way))
                    .as("way %d", ways.indexOf(way))
                    .contains("\\u001b]0;title\\u0007\\u001b[2J\\u009b31m\\u000d\\u202e s3a://***@bucket/a")
                    .doesNotContain("CANARY")
                    .matches(text -> text.chars().noneMatch(c -> c != '\n' && c != '\t' && Character.isISOControl(c)));
        }
        assertThat(through(stream -> "a\u001b".chars().forEach(c -> stream.print((char) c))))
                .isEqualTo("a\\u001b");
    }

    @Test
    void textAndBytesComeInTheirOrderAndBytesAsTheyAre() {
        byte[] bytes = {27, 0, -1, '\n'};

        String text = through(stream -> {
            stream.print("first \u00e4");
            stream.writeBytes(new byte[] {27, '['});
            stream.println(2);
            stream.println();
        });
        ByteArrayOutputStream binary = new ByteArrayOutputStream();
        PlainStream.of(new PrintStream(binary, true, StandardCharsets.UTF_8)).writeBytes(bytes);

        assertThat(text).isEqualTo("first \u00e4\u001b[2\n\n");
        assertThat(binary.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void filteringTwiceIsFilteringOnce() {
        PlainStream stream = PlainStream.of(System.err);

        assertThat(PlainStream.of(stream)).isSameAs(stream);
        assertThat(through(one -> one.print(through(other -> other.print(HOSTILE)))))
                .isEqualTo(through(one -> one.print(HOSTILE)));
    }

    @Test
    void aStreamThatFailedSaysSo() {
        PrintStream full = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("no space");
                    }
                },
                true,
                StandardCharsets.UTF_8);
        PlainStream stream = PlainStream.of(full);
        stream.print("x");

        assertThat(stream.checkError()).isTrue();
    }

    @Test
    void namesStatusFilesAndProblemFilesCommandNoTerminal() throws IOException {
        Path tiny = Invocation.configuration("tiny.yaml", folder);
        Path run = folder.resolve("run");
        assertThat(Invocation.of("run", tiny, "--engine", "local", "--set", "stop.iterations=1", "--out", run)
                        .code())
                .isZero();
        try (Stream<Path> words = Files.list(run.resolve("status"))) {
            for (Path word : words.toList()) {
                String told = Files.readString(word);
                Files.writeString(
                        word,
                        told.replaceFirst("\"step\":[0-9]+", "\"step\":0")
                                .replaceFirst("\"state\":\"[a-z]*\"", "\"state\":\"failed\\\\u001b[31m\u009b1m\"")
                                .replaceFirst("\"reason\":\"\"", "\"reason\":\"\\\\u001b[2J\u009b\u202e\\\\r\u007f\""));
            }
        }
        try (Stream<Path> commits = Files.list(run.resolve("commits"))) {
            // Without its end the run stands as the driver's word says.
            for (Path commit : commits.sorted().skip(1).toList()) {
                Files.delete(commit);
            }
        }
        Path problem = Invocation.write(
                folder.resolve("hostile\u001b[2J.json"), "{\"kind\": \"\\u001b[2J\\u202e\", \"problem\": {}}");
        Path yaml = Invocation.write(
                folder.resolve("hostile.yaml"),
                "format: 1\nname: \"\\e[2J\\u202e\"\nprobl\u202eem: {name: \"\\e[2J\"}\n");

        List<Invocation> all = List.of(
                Invocation.of("status", run),
                Invocation.of("status", run, "--json"),
                Invocation.of("report", run),
                Invocation.of("verify", run),
                Invocation.of("exact", problem),
                Invocation.of("check", problem, "--debug"),
                Invocation.of("run", yaml),
                Invocation.of("run", "none\u001b[2J\u202e.yaml"),
                Invocation.of("run", tiny, "--set", "upper.\u001b[2J=1"),
                Invocation.of("run", tiny, "--\u001b[2J"),
                Invocation.of("\u001b[2J"),
                Invocation.of("sweep", "status", folder.resolve("\u009b2J")));

        for (Invocation one : all) {
            String told = one.out() + one.err();
            assertThat(told).isNotBlank();
            assertThat(told.chars().filter(c -> c != '\n' && c != '\t').mapToObj(c -> (char) c))
                    .as(told)
                    .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        }
        assertThat(all.get(0).out()).contains("\\u001b");
    }
}
