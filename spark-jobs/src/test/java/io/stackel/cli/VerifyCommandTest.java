package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

    @TempDir
    Path folder;

    @Test
    void flippedBitOfACommittedFileIsFoundAndNamed() throws IOException {
        Path out = folder.resolve("run");
        Invocation.of("run", Invocation.configuration("tiny.yaml", folder), "--engine", "local", "--out", out);
        assertThat(Invocation.of("verify", out).out()).startsWith("intact: 4 commits of file:");

        Path victim = Objects.requireNonNull(out.resolve("metrics").toFile().listFiles())[0].toPath();
        byte[] bytes = Files.readAllBytes(victim);
        bytes[bytes.length / 2] ^= 1;
        Files.write(victim, bytes);

        Invocation verify = Invocation.of("verify", out, "--json");
        assertThat(verify.code()).isEqualTo(3);
        assertThat(verify.json().path("intact").booleanValue()).isFalse();
        assertThat(verify.json().path("problems").get(0).textValue())
                .contains(victim.getFileName().toString())
                .contains("SHA-256");
        assertThat(verify.err()).contains("is damaged in 1 place;");
    }
}
