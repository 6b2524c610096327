package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of {@code deploy/yarn/README.md}, as they stand there: on YARN a run has the hashes of the local engine. */
class YarnIT {

    /** The README's own commands start what they need. */
    @RegisterExtension
    static final YarnServers SERVERS = new YarnServers();

    private static final Pattern COMMANDS = Pattern.compile("(?m)^    (.*)\n");
    private static final Pattern STOPS = Pattern.compile("(?m)^\\S+ stop( .*)?\n");
    private static final Pattern PLACE = Pattern.compile("--out \\$hdfs(\\S+)");

    private static String readme() {
        try {
            String text = Files.readString(StandaloneServers.PROJECT.resolve("deploy/yarn/README.md"));
            String commands = COMMANDS.matcher(text)
                    .results()
                    .map(line -> line.group(1) + "\n")
                    .collect(Collectors.joining());
            return commands.replace("hdfs://127.0.0.1:19000", SERVERS.hdfs());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static String call(String commands) throws IOException, InterruptedException {
        Process bash = SERVERS.environment(new ProcessBuilder("bash", "-euc", commands))
                .directory(StandaloneServers.PROJECT.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(commands + out).isZero();
        return out;
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        call(STOPS.matcher(readme()).results().map(MatchResult::group).collect(Collectors.joining()));
    }

    @Test
    void theCommandsOfTheReadmeEndWithTheHashesOfTheLocalEngine() throws IOException, InterruptedException {
        String commands = STOPS.matcher(readme()).replaceAll("");

        String out = call(commands);

        assertThat(out).contains("\"exitCode\": 0");
        List<String> places =
                PLACE.matcher(commands).results().map(place -> place.group(1)).toList();
        assertThat(places).hasSize(3);
        Set<String> hashes = places.stream()
                .map(place -> SubmittedRun.hashes(SERVERS, URI.create(SERVERS.hdfs() + place)))
                .collect(Collectors.toSet());
        assertThat(hashes).hasSize(1);
    }
}
