package io.stackel.cli;

import io.stackel.run.CommandFailure;
import io.stackel.run.CommandText;
import io.stackel.run.ExitCode;
import io.stackel.store.Storage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Where the page of a report is written, and how often. */
final class ReportPage {

    private static final String FILE = "report.html";

    @Option(names = "--to", paramLabel = "FILE", description = "A file in place of report.html in that directory.")
    private Optional<Path> file;

    @Option(
            names = "--watch",
            description = "Write the page again every few seconds until the end; an open page reloads itself.")
    private boolean watch;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How often with --watch. Default: 10.")
    private int every;

    /**
     * What the page is about, as it stands at one moment.
     *
     * @param goesOn whether a later page may say more
     * @param page the page, which a browser loads again after so many seconds
     */
    record Subject(boolean goesOn, Function<OptionalInt, String> page) {}

    /**
     * Writes the page, with {@code --watch} again and again.
     *
     * @param what goes on, for people: a run or a sweep
     * @param now reads how it stands
     * @param home the directory of the page
     */
    ExitCode write(String what, Supplier<Subject> now, Storage home, CommandEnvironment environment)
            throws InterruptedException {
        if (every < 1) {
            throw CommandFailure.usage("--every must be at least 1, but was " + every);
        }
        String place =
                file.map(path -> path.toAbsolutePath().toString()).orElse(CommandText.shown(home.root()) + "/" + FILE);
        while (true) {
            Subject subject = now.get();
            boolean again =
                    watch && subject.goesOn && !environment.stopRequested().getAsBoolean();
            write(subject.page.apply(again ? OptionalInt.of(every) : OptionalInt.empty()), home);
            if (!again) {
                environment.print(place + System.lineSeparator());
                return ExitCode.SUCCESS;
            }
            environment.tell("wrote " + place + "; the " + what + " goes on");
            TimeUnit.SECONDS.sleep(every);
        }
    }

    private void write(String page, Storage home) {
        if (file.isPresent()) {
            ResultFile.write(file.get(), page.getBytes(StandardCharsets.UTF_8));
        } else {
            ResultFile.write(home, FILE, page, ", or give a file with --to");
        }
    }
}
