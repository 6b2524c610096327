package io.stackel.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The columns of the terminal, asked for again once a second, because a window may be resized; 80 if they are not known. */
final class TerminalWidth implements IntSupplier {

    private static final int USUAL = 80;
    private static final long NANOS = 1_000_000_000;
    private static final File TERMINAL = new File("/dev/tty");
    private static final Pattern SIZE = Pattern.compile("[0-9]+ (?<columns>[1-9][0-9]{0,4})\\s*");

    private final LongSupplier nanoTime;
    private OptionalInt known = OptionalInt.empty();
    private boolean silent;
    private long asked;

    TerminalWidth(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public int getAsInt() {
        long now = nanoTime.getAsLong();
        if (!silent && (known.isEmpty() || now - asked >= NANOS)) {
            known = ask();
            silent = known.isEmpty();
            asked = now;
        }
        return known.orElse(USUAL);
    }

    /** Java has no call for it; stty is everywhere that /dev/tty is. */
    private static OptionalInt ask() {
        if (!TERMINAL.canRead()) {
            return OptionalInt.empty();
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(TERMINAL)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher size = SIZE.matcher(said);
            return size.matches() ? OptionalInt.of(Integer.parseInt(size.group("columns"))) : OptionalInt.empty();
        } catch (IOException none) {
            return OptionalInt.empty();
        }
    }
}
