package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deploy/bin/stackel} sees to before it starts Java. */
class LauncherIT {

    @TempDir
    Path folder;

    /** By a shell, whose names are bytes: the Java of the tests may be in the C locale too. */
    @Test
    void filesOutsideOfAsciiAreNamedInAnyLocale() throws IOException, InterruptedException {
        Invocation.configuration("tiny.yaml", folder);
        String out = "$'l\\xc3\\xa4ufe'";
        ProcessBuilder builder = new ProcessBuilder(
                "bash",
                "-c",
                StandaloneServers.PROJECT.resolve("deploy/bin/stackel") + " run tiny.yaml --engine local --out " + out
                        + " && test -f " + out + "/run.json");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LC_ALL", "C");
        Process process =
                builder.directory(folder.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
    }
}
