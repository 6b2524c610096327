package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in a pseudo-terminal that Python opens and resizes while it runs. */
class TerminalWidthIT {

    /** Prints the widest line of progress, and the widest from two seconds after the terminal became narrower. */
    private static final String TERMINAL = """
            import fcntl, os, pty, re, struct, sys, termios, time
            def size(fd, columns): fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
            pid, fd = pty.fork()
            if pid == 0:
                time.sleep(.5)
                os.execvp(sys.argv[1], sys.argv[1:])
            size(fd, 70)
            data, resized, after = b'', 0, 0
            while True:
                try: part = os.read(fd, 65536)
                except OSError: break
                if not part: break
                data += part
                if not resized and data.count(b'\\x1b[K') > 5:
                    size(fd, 45)
                    resized = time.time()
                if resized and not after and time.time() - resized > 2:
                    after = len(data)
            def widest(text): return max((len(line) for line in re.findall(rb'\\r\\x1b\\[K([^\\r\\n\\x1b]+)', text)), default=0)
            print(widest(data), widest(data[after:]) if after else 0)
            """;

    @TempDir
    Path folder;

    @Test
    void progressStaysWithinATerminalThatIsResized() throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/python3")).exists();
        List<String> command = List.of(
                "/usr/bin/python3",
                "-c",
                TERMINAL,
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Dstackel.terminal=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                GoldenLine.EXPERIMENTS.resolve("four-rooms.yaml").toString(),
                "--out",
                folder.resolve("run").toString(),
                "--set",
                "stop.iterations=3000");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).matches("[0-9]+ [0-9]+");
        int gap = said.indexOf(' ');
        assertThat(Integer.parseInt(said.substring(0, gap))).isBetween(46, 69);
        assertThat(Integer.parseInt(said.substring(gap + 1))).isBetween(20, 44);
    }
}
