package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.State;
import io.stackel.run.Stopwatch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong seconds = new AtomicLong();
    private int columns = 200;

    private ProgressLine line(boolean terminal, OptionalLong samples) {
        PrintStream err = PlainStream.of(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        RunLoop.Plan plan = new RunLoop.Plan(100, samples, OptionalDouble.empty(), 10, 10);
        return new ProgressLine(err, terminal, () -> columns, plan, new Stopwatch(() -> seconds.get() * 1_000_000_000));
    }

    private static State state(long iteration) {
        return new State(4 * iteration, iteration, 0, 1000 * iteration, 500 * iteration, new TreeMap<>());
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void plainLinesComeAtMostEveryTenSeconds() {
        ProgressLine line = line(false, OptionalLong.empty());
        for (int iteration = 21; iteration <= 61; iteration++) {
            line.show(state(iteration));
            seconds.incrementAndGet();
        }
        line.end();

        assertThat(text().lines()).hasSize(5).allMatch(each -> each.startsWith("step "));
    }

    @Test
    void lineTellsFiguresSpeedAndTimeLeft() {
        ProgressLine line = line(false, OptionalLong.empty());
        line.learn(new TreeMap<>(Map.of("upperObjective", -0.5, "lowerGap", 1e-5)));
        line.learn(new TreeMap<>(Map.of("gradientNorm", 0.25, "gradientStandardError", 0.125)));
        seconds.set(100);
        line.show(state(20));
        seconds.set(120);
        line.show(state(40));

        assertThat(text().lines().toList())
                .hasSize(2)
                .first()
                .asString()
                .isEqualTo("step 80  iteration 20/100  upper objective -0.500000  lower gap 1.0000e-05"
                        + "  gradient 0.250000 +- 0.125000");
        assertThat(text().lines().toList().get(1))
                .isEqualTo("step 160  iteration 40/100  upper objective -0.500000  lower gap 1.0000e-05"
                        + "  gradient 0.250000 +- 0.125000  1.50k samples/s  1m00s left");
    }

    @Test
    void workBeforeTheFirstRowIsShownAsOftenAsSteps() {
        ProgressLine line = line(false, OptionalLong.empty());
        for (int batch = 0; batch < 40; batch++) {
            line.prepare("status quo", batch, 100);
            seconds.incrementAndGet();
        }
        line.show(state(0));

        assertThat(text().lines().toList())
                .hasSize(5)
                .startsWith("status quo: 0 of 100", "status quo: 10 of 100")
                .last()
                .asString()
                .startsWith("step 0  iteration 0/100");
    }

    @Test
    void limitOfSamplesMayComeFirst() {
        ProgressLine line = line(false, OptionalLong.of(75_000));
        line.show(state(20));
        seconds.set(20);

        line.show(state(40));

        assertThat(text()).contains("  10s left");
    }

    @Test
    void terminalHasOneLineThatIsCleared() {
        ProgressLine line = line(true, OptionalLong.empty());
        line.show(state(21));
        seconds.incrementAndGet();
        line.show(state(22));
        line.end();

        assertThat(text()).doesNotContain("\n").endsWith("\r\u001b[K");
        assertThat(text().split("\r", -1)).hasSize(4);
    }

    /** A line as wide as the terminal would wrap on some; the time that is left is the last to go. */
    @Test
    void lineIsNarrowerThanTheTerminalAlsoAfterItWasResized() {
        ProgressLine line = line(true, OptionalLong.empty());
        line.learn(new TreeMap<>(Map.of("upperObjective", -0.5, "lowerGap", 1e-5, "gradientNorm", 0.25)));
        for (int width : new int[] {200, 120, 80, 60, 40, 20, 2}) {
            columns = width;
            seconds.addAndGet(10);
            bytes.reset();
            line.show(state(seconds.get() / 10));

            String shown = text().replace("\r\u001b[K", "");
            assertThat(shown).hasSizeLessThan(width);
            if (width >= 40) {
                assertThat(shown).startsWith("step " + 4 * seconds.get() / 10 + "  ");
            }
            if (width == 60) {
                assertThat(shown).endsWith(" left").contains("iteration");
            }
        }
    }
}
