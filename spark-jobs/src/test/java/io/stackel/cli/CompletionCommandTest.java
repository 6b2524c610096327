package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionCommandTest {

    @TempDir
    Path folder;

    /** What bash offers for the last of the words. */
    @ParameterizedTest
    @CsvSource({"'stackel sw', sweep", "'stackel sweep st', status", "'stackel run --eng', --engine"})
    void bashCompletesCommandsAndOptions(String line, String offered) throws IOException, InterruptedException {
        assumeThat(Path.of("/bin/bash")).exists();
        Invocation script = Invocation.of("completion", "bash");
        assertThat(script.code()).isZero();
        Path file = Files.writeString(folder.resolve("completion.sh"), script.out());
        String ask = "source " + file + "; COMP_WORDS=(" + line + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                + " _complete_stackel; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("/bin/bash", "-c", ask)
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor()).as(said).isZero();
        assertThat(said.lines().map(String::strip)).contains(offered);
    }

    @Test
    void zshReadsTheSameScriptOnceItCompletes() {
        assertThat(Invocation.of("completion", "zsh").out())
                .startsWith("autoload -U +X compinit && compinit")
                .contains("bashcompinit")
                .endsWith(Invocation.of("completion", "bash").out());
    }
}
