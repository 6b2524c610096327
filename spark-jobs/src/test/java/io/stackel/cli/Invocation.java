package io.stackel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.run.ProcessEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A command that ran in this process.
 *
 * @param code the exit code
 * @param out what it printed as its result
 * @param err what it told people
 */
record Invocation(int code, String out, String err) {

    /** Runs a command to its end. */
    static Invocation of(Object... arguments) {
        return until(() -> false, arguments);
    }

    /** Runs a command that is asked to stop after so many batches. */
    static Invocation stoppedAfter(long batches, Object... arguments) {
        AtomicLong left = new AtomicLong(batches);
        return until(() -> left.getAndDecrement() <= 0, arguments);
    }

    /** Runs a command that asks between its batches whether to stop. */
    static Invocation until(BooleanSupplier stop, Object... arguments) {
        String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return into(out, stop, words, () -> out.toString(StandardCharsets.UTF_8));
    }

    /** Runs a command whose results go somewhere. */
    static Invocation into(OutputStream out, Object... arguments) {
        String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        return into(out, () -> false, words, () -> "");
    }

    private static Invocation into(OutputStream out, BooleanSupplier stop, String[] words, Supplier<String> printed) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream told = new PrintStream(err, true, StandardCharsets.UTF_8);
        int code = Main.run(
                words,
                new CommandEnvironment(new Results(out), told, false, ProcessEnd.ours(told), System::nanoTime, stop));
        return new Invocation(code, printed.get(), err.toString(StandardCharsets.UTF_8));
    }

    /** A copy of a configuration of these tests, in a folder. */
    static Path configuration(String name, Path folder) {
        return write(folder.resolve(name), text(name));
    }

    /** The text of a configuration of these tests. */
    static String text(String name) {
        try (InputStream stream = Invocation.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A file with a text. */
    static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The result, read as JSON. */
    JsonNode json() {
        try {
            return new ObjectMapper().readTree(out);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError("stdout must be JSON, but was " + out + "\nstderr: " + err, malformed);
        }
    }

    /** Both hashes of the result. */
    String hashes() {
        return json().path("stateSha256").textValue() + " "
                + json().path("metricsSha256").textValue();
    }
}
