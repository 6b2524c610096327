package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationReaderTest {

    private static final int MANY = 999_000;

    @BeforeAll
    static void load() {
        read("format: 1\n");
    }

    static Stream<Arguments> attacks() {
        String laughs = """
                a: &a [x, x, x, x, x, x, x, x, x, x]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
                d: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
                """;
        StringBuilder indented = new StringBuilder();
        for (int depth = 0; depth < 1_000; depth++) {
            indented.append(" ".repeat(depth)).append("a:\n");
        }
        return Stream.of(
                Arguments.of("a billion laughs", laughs, "anchors and aliases are not allowed, but here is a"),
                Arguments.of("an alias of itself", "a: &a [*a]", "anchors and aliases are not allowed"),
                Arguments.of("a tag", "a: !!java.net.URL [x]", "tags are not allowed"),
                Arguments.of("a tag of a scalar", "a: !!str 5", "tags are not allowed"),
                Arguments.of("a tag without a name", "a: ! 5", "tags are not allowed, but here is !"),
                Arguments.of("two documents", "a: 1\n---\nb: 2\n", "text.yaml:2:1: text must be one document"),
                Arguments.of("depth 10,000 of lists", "a: " + "[".repeat(10_000), "nested at most 20 levels"),
                Arguments.of("depth 10,000 of sections", "{a:\n".repeat(10_000), "nested at most 20 levels"),
                Arguments.of("depth 8,000 of items", "- ".repeat(8_000), "nested at most 20 levels"),
                Arguments.of("depth 1,000 by indentation", indented.toString(), "nested at most 20 levels"),
                Arguments.of("depth 8,000 of keys", "? ".repeat(8_000), "nested at most 20 levels"),
                Arguments.of("10 MB", "a: 1\n".repeat(2_000_000), "at most 1000000 bytes"),
                Arguments.of("many keys", distinctKeys(), "at most 10000 values"),
                Arguments.of("many keys in braces", "{" + distinctKeys().replace("\n", ",\n"), "at most 10000 values"),
                Arguments.of("one long value", "a: " + "9".repeat(5_000), "at most 4096 characters"),
                Arguments.of("one long text", "a: '" + "xxx\n  ".repeat(MANY / 6) + "'", "at most 4096 characters"),
                Arguments.of("one long line", "x".repeat(MANY), "text.yaml:1:1: a line must have at most 16384"),
                Arguments.of("one long key", "x".repeat(5_000), "at most 4096 characters"),
                Arguments.of("one long block", "a: |\n" + " xxx\n".repeat(MANY / 5), "at most 4096 characters"),
                Arguments.of("one long anchor", "a: &" + "x".repeat(9_000) + " 1", "anchors and aliases"),
                Arguments.of("one long tag", "a: !" + "x".repeat(9_000) + " 1", "tags are not allowed"),
                Arguments.of("many anchors", "&a\n".repeat(MANY / 3), "anchors and aliases"),
                Arguments.of("many comments", "a: 1" + " #\n".repeat(MANY / 3) + "{", "text is not YAML"),
                Arguments.of("blank lines", "\n".repeat(MANY) + "{", "text is not YAML"),
                Arguments.of("blanks", "                \n".repeat(MANY / 17) + "{", "text is not YAML"),
                Arguments.of("many directives", "%TAG ! !x\n".repeat(MANY / 10), "text is not YAML"),
                Arguments.of("a bad directive", "%YAML 9.1\n---\na: 1\n", "text is not YAML"),
                Arguments.of("a bad escape", "a: \"\\U7FFFFFFF\"", "text is not YAML"),
                Arguments.of("a tab", "a:\n\t- 1", "text.yaml:2:1: text is not YAML"),
                Arguments.of("an open quote", "a: 'x\nb: 1", "text is not YAML"),
                Arguments.of("a control character", "a: 1\nb: \u0007", "text.yaml:2:4: text must have no control"),
                Arguments.of("a character that is none", "a: \uFFFE", "text.yaml:1:4: text must have no control"),
                Arguments.of("a list", "- 1\n- 2\n", "text must be a section of keys, but was the list [1, 2]"),
                Arguments.of("a word", "hello", "text must be a section of keys, but was the text \"hello\""),
                Arguments.of("a key that is a list", "[1]: 2", "a key must be a word, but was the list [1]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void hostileTextIsRefusedInASecondAndAHundredMegabytes(String name, String text, String message) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long time = threads.getCurrentThreadCpuTime();
        List<Mistake> mistakes = read(bytes);
        long took = threads.getCurrentThreadCpuTime() - time;

        assertThat(threads.getCurrentThreadAllocatedBytes() - allocated).isLessThan(100_000_000);
        assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(1));
        assertThat(mistakes).isNotEmpty();
        assertThat(mistakes.get(0).toString()).contains(message).hasSizeLessThan(400);
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        assertThat(read(new byte[] {'a', ':', ' ', (byte) 0xC0, (byte) 0x80}))
                .singleElement()
                .hasToString("text.yaml:1:1: text must be UTF-8, but is not: Input length = 1");
    }

    @Test
    void byteOrderMarkIsNoPartOfTheText() {
        assertThat(read("\uFEFFa: 1")).isEmpty();
    }

    @Test
    void positionsCountCodePoints() {
        assertThat(read("{'\uD83D\uDE00': 1, a: 2, a: 3}"))
                .singleElement()
                .hasToString("text.yaml:1:16: key a is given twice, first at text.yaml:1:10");
    }

    @Test
    void damagedTextGivesMistakesAndNothingElse() {
        byte[] good = """
                format: 1
                name: "x"
                problem: {name: four-rooms, walls: true}  # a comment
                upper:
                  stepSize: 0.5
                  units: 0x10
                stop: {iterations: 1e3, samples: ~}
                """.getBytes(StandardCharsets.UTF_8);
        String spice = "{}[]:,#&*!|>'\"%@`?- \t\n\\U0x~\u0000\u0085\u00e9";
        byte[] spices = spice.getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(20_250_101);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] text = Arrays.copyOf(good, random.nextInt(1, good.length + 1));
            for (int j = random.nextInt(4); j >= 0; j--) {
                text[random.nextInt(text.length)] = spices[random.nextInt(spices.length)];
            }
            refused += read(text).isEmpty() ? 0 : 1;
        }

        assertThat(refused).isBetween(1_250, 4_999);
    }

    private static String distinctKeys() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 90_000; i++) {
            text.append('a').append(i).append(": 1\n");
        }
        return text.toString();
    }

    private static List<Mistake> read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Mistake> read(byte[] text) {
        List<Mistake> mistakes = new ArrayList<>();
        ConfigurationReader.read("text.yaml", text, mistakes);
        return mistakes;
    }
}
