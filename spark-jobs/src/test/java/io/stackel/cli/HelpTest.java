package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stackel.run.ProcessEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

class HelpTest {

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::all));
    }

    /** A line of an example that is longer than the page would be broken within a command. */
    @TestFactory
    Stream<DynamicTest> everyPageFitsEightyColumns() {
        CommandEnvironment none =
                CommandEnvironment.of(new Results(System.err), System.err, false, ProcessEnd.ours(System.err));
        return all(new CommandLine(new StackelCommand(none))).map(command -> {
            String name = command.getCommandSpec().qualifiedName();
            return dynamicTest(name, () -> {
                List<String> words = Arrays.asList(
                        name.replaceFirst("^stackel ?", "help ").strip().split(" ", -1));
                Invocation help = Invocation.of(words.toArray());

                assertThat(help.code()).as(help.err()).isZero();
                assertThat(help.out()).startsWith("Usage: " + name);
                assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
                assertThat(help.out())
                        .as("a line break within a name")
                        .doesNotContainPattern("\\d\\.\\R {10,}\\d|[a-z]\\.\\R {10,}[a-z]");
                assertThat(command.getCommandSpec().usageMessage().footer())
                        .allMatch(line -> line.replace("%n", "").length() <= 80);
            });
        });
    }

    /** Where a sentence goes on in a next literal, one of both has the space between the words. */
    @Test
    void wordsOfASentenceStandApart() throws IOException {
        Pattern joined = Pattern.compile("[A-Za-z.,;]\"\\s*\\+ \"[A-Za-z]+");
        Path sources = Path.of(System.getProperty("basedir", ""), "src/main/java/io/stackel/cli");
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                Matcher found = joined.matcher(Files.readString(file));
                assertThat(found.results().map(MatchResult::group))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void exitCodesStandOnceInTheMainHelp() {
        assertThat(Invocation.of("help").out()).contains("Exit codes").contains("\n  75  ");
        assertThat(Invocation.of("help", "run").out()).doesNotContain("Exit codes");
        assertThat(Invocation.of("run", "--help").out())
                .isEqualTo(Invocation.of("help", "run").out());
    }

    @Test
    void helpOfAnUnknownCommandGuesses() {
        Invocation help = Invocation.of("help", "sweep", "rum");

        assertThat(help.code()).isEqualTo(2);
        assertThat(help.err()).contains("there is no command 'stackel sweep rum'; did you mean 'stackel sweep run'?");
    }
}
