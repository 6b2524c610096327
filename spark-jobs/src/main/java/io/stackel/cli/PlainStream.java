package io.stackel.cli;

import io.stackel.experiment.PlainText;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * A stream that people look at: text goes to it as {@link PlainText}, from any source, so that no message of a library, no
 * name and no stored file can command the terminal. Bytes go to it as they are.
 */
class PlainStream extends PrintStream {

    private final PrintStream to;

    /** Text goes on to {@code to}, at once where {@code flushed}. */
    PlainStream(PrintStream to, boolean flushed) {
        super((OutputStream) to, flushed, StandardCharsets.UTF_8);
        this.to = to;
    }

    /** The stream, through the filter. */
    static PlainStream of(PrintStream stream) {
        return stream instanceof PlainStream plain ? plain : new PlainStream(stream, true);
    }

    @Override
    public void print(String text) {
        to.print(PlainText.of(String.valueOf(text)));
    }

    @Override
    public void print(Object value) {
        print(String.valueOf(value));
    }

    @Override
    public void print(char value) {
        print(String.valueOf(value));
    }

    @Override
    public void print(char[] text) {
        print(String.valueOf(text));
    }

    /** The stream as a writer; what is written at once is filtered as one text. */
    PrintWriter writer() {
        return new PrintWriter(
                new Writer() {
                    @Override
                    public void write(char[] text, int from, int length) {
                        print(String.valueOf(text, from, length));
                    }

                    @Override
                    public void write(String text, int from, int length) {
                        print(text.substring(from, from + length));
                    }

                    @Override
                    public void flush() {
                        PlainStream.this.flush();
                    }

                    @Override
                    public void close() {
                        flush();
                    }
                },
                true);
    }
}
