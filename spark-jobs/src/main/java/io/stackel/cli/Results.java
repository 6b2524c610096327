package io.stackel.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes the results of a command, in UTF-8. A {@link PrintStream} keeps to itself what a full disk answers; this one
 * remembers it for the exit code.
 */
final class Results extends PlainStream {

    private final Target target;

    Results(OutputStream stream) {
        this(new Target(stream));
    }

    private Results(Target target) {
        super(new PrintStream(new BufferedOutputStream(target), false, StandardCharsets.UTF_8), false);
        this.target = target;
    }

    /** The stdout of the process, whatever {@link System#out} has become. */
    static Results ofProcess() {
        return new Results(new FileOutputStream(FileDescriptor.out));
    }

    /** Why not everything was taken; nothing if it was, or if the reader wanted no more, as {@code head}. */
    Optional<IOException> failure() {
        flush();
        return target.failure.filter(failure -> !isClosedPipe(failure));
    }

    private static boolean isClosedPipe(IOException failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
    }

    /** Remembers the first failure. */
    private static final class Target extends FilterOutputStream {

        private Optional<IOException> failure = Optional.empty();

        Target(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException failed) {
                if (failure.isEmpty()) {
                    failure = Optional.of(failed);
                }
                throw failed;
            }
        }
    }
}
