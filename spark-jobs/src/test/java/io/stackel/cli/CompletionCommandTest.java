package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionCommandTest {

    /**
     * Types lines into an interactive shell, each followed by TAB, and prints what the shell then has as its line. Control-T
     * shows the line between angle brackets. Arguments: the file that the shell reads first, the shell, its options, --, lines.
     */
    private static final String TYPIST = """
            import os, pty, re, sys
            first, cut = sys.argv[1], sys.argv.index('--')
            pid, fd = pty.fork()
            if pid == 0:
                os.environ.update(TERM='dumb', INPUTRC='/dev/null')
                os.execvp(sys.argv[2], sys.argv[2:cut])
            def until(pattern):
                seen = b''
                while not re.search(pattern, seen): seen += os.read(fd, 4096)
                return re.search(pattern, seen)
            os.write(fd, b'source ' + first.encode() + b'\\n')
            until(rb'<ready>')
            for line in sys.argv[cut + 1:]:
                os.write(fd, line.encode() + b'\\t\\x14')
                print(until(rb'<([^>]*)>')[1].decode().rstrip())
                os.write(fd, b'\\x15')
            os.close(fd)
            """;

    /** How the shell is started without a user's own settings, and what binds Control-T. */
    private static final Map<String, List<String>> SHELLS = Map.of(
            "bash", List.of("--norc", "--noprofile", "-i"),
            "zsh", List.of("-f", "-i"));

    private static final Map<String, String> SHOW = Map.of(
            "bash", "bind -x '\"\\C-t\": printf \"<%s>\\n\" \"$READLINE_LINE\"'\n",
            "zsh", "show() { print -r -- \"<$BUFFER>\"; }; zle -N show; bindkey '^T' show\n");

    @TempDir
    Path folder;

    private Path script(String shell, String more) throws IOException {
        Invocation script = Invocation.of("completion", shell);
        assertThat(script.code()).as(script.err()).isZero();
        return Files.writeString(folder.resolve("completion"), script.out() + more);
    }

    private static String said(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** What bash offers for the last of the words. */
    @ParameterizedTest
    @CsvSource({
        "'stackel sw', sweep",
        "'stackel sweep st', status",
        "'stackel run --eng', --engine",
        "'stackel run a.yaml --resume m', must",
        "'stackel run --takeover r', released",
        "'stackel run --engine = l', local",
        "'stackel --ja', --jars",
        "'stackel --jars mine.jar re', replay report",
        "'stackel catalogue four', four-rooms",
        "'stackel help sw', sweep",
        "'stackel --jars re', ''",
        "'stackel report re', ''"
    })
    void bashCompletesCommandsAndOptionsAndTheirValues(String line, String offered)
            throws IOException, InterruptedException {
        assumeThat(Path.of("/bin/bash")).exists();
        String ask = "source " + script("bash", "") + "; COMP_WORDS=(" + line
                + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _stackel; echo ${COMPREPLY[*]}";

        assertThat(said(new ProcessBuilder("/bin/bash", "-c", ask)).strip()).isEqualTo(offered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void aShellCompletesWhatIsTyped(String shell) throws IOException, InterruptedException {
        assumeThat(Path.of("/bin", shell)).exists();
        assumeThat(Path.of("/usr/bin/python3")).exists();
        Path first = script(shell, SHOW.get(shell) + "printf '<%s>\\n' ready\n");
        Files.createFile(folder.resolve("mine.yaml"));
        Files.createDirectories(folder.resolve("runs/four-rooms-1"));
        Map<String, String> typed = new LinkedHashMap<>();
        typed.put("stackel sw", "stackel sweep");
        typed.put("stackel init --problem four", "stackel init --problem four-rooms");
        typed.put(
                "stackel init m --problem stackelberg --algorithm f2",
                "stackel init m --problem stackelberg --algorithm f2sa");
        typed.put("stackel run mi", "stackel run mine.yaml");
        typed.put("stackel run mine.yaml --out ru", "stackel run mine.yaml --out runs/");
        typed.put("stackel report runs/f", "stackel report runs/four-rooms-1/");
        typed.put("deploy/bin/stackel run --takeover rel", "deploy/bin/stackel run --takeover released");
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-c", TYPIST, first.toString(), shell));
        command.addAll(SHELLS.get(shell));
        command.add("--");
        command.addAll(typed.keySet());

        assertThat(said(new ProcessBuilder(command).directory(folder.toFile())).lines())
                .containsExactlyElementsOf(typed.values());
    }

    @Test
    void zshReadsTheSameScriptOnceItCompletes() {
        assertThat(Invocation.of("completion", "zsh").out())
                .contains("autoload -U +X compinit && compinit", "bashcompinit")
                .endsWith(Invocation.of("completion", "bash").out());
    }
}
