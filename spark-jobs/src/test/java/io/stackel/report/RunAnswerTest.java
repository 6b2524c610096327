package io.stackel.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.report.Finding.Grade;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each rule on both sides of its bound, and where the noise of the rows hides the side. */
class RunAnswerTest {

    private static final String GOOD_ENDING = "\"lowerGap\":0.0";

    /** A run of so many rows, one every ten iterations. */
    private static MetricTable run(int rows, IntFunction<String> row) {
        return MetricTable.parse(IntStream.range(0, rows)
                .mapToObj(i -> "{\"iteration\":" + 10 * i + "," + row.apply(i) + "}\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8));
    }

    private static String exact(double objective) {
        return String.format(Locale.ROOT, "\"upperObjectiveAtBestResponse\":%.15f", objective);
    }

    private static String sampled(double objective, double error) {
        return String.format(
                Locale.ROOT, "\"upperObjective\":%.6f,\"upperObjectiveStandardError\":%.6f", objective, error);
    }

    /** The finding whose claim has these words. */
    private static Finding finding(MetricTable metrics, String claim) {
        List<Finding> findings = new RunAnswer(metrics).findings();
        return findings.stream()
                .filter(finding -> finding.claim().contains(claim))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no claim has " + claim + ": " + findings));
    }

    /** Falls from 1 to 0 within the first half, then stays. */
    private static double falling(int row) {
        return Math.max(0, 1 - 0.1 * row);
    }

    @Test
    void gainOfExactFigures() {
        assertThat(finding(run(21, i -> exact(falling(i))), "The leader gained 1")
                        .grade())
                .isEqualTo(Grade.GOOD);
        assertThat(finding(run(21, i -> exact(-falling(i))), "The leader gained nothing")
                        .grade())
                .isEqualTo(Grade.BAD);
    }

    @Test
    void runThatCannotMoveGainsNothing() {
        assertThat(finding(run(21, i -> exact(5 - 1e-13 * i)), "The leader gained nothing")
                        .grade())
                .isEqualTo(Grade.BAD);
    }

    @Test
    void gainOfSampledFiguresNeedsItsWholeInterval() {
        // The error of the difference is .14: two errors are .28.
        assertThat(finding(run(21, i -> sampled(i == 0 ? 0.3 : 0, 0.1)), "The leader gained 0.3 (95 %")
                        .grade())
                .isEqualTo(Grade.GOOD);
        assertThat(finding(run(21, i -> sampled(i == 0 ? 0.25 : 0, 0.1)), "not known whether the leader gained")
                        .grade())
                .isEqualTo(Grade.CARE);
        assertThat(finding(run(21, i -> sampled(i == 0 ? -0.3 : 0, 0.1)), "The leader gained nothing")
                        .grade())
                .isEqualTo(Grade.BAD);
    }

    @Test
    void gainIsMeasuredFromTheStatusQuoWhereThatIsKnown() {
        MetricTable metrics = run(21, i -> sampled(i == 0 ? 9 : 1, 0) + (i == 0 ? ",\"statusQuoObjective\":1.5" : ""));

        Finding gain = finding(metrics, "The leader gained 0.5");

        assertThat(gain.evidence()).contains("from 1.5 with a follower that had learnt at the starting point to 1;");
    }

    @Test
    void followerPlaysItsBestResponseWhereItLosesOnePercentAtMost() {
        assertThat(finding(run(21, i -> exact(falling(i)) + ",\"lowerGap\":0.0099"), "The follower plays its best")
                        .grade())
                .isEqualTo(Grade.GOOD);
        assertThat(finding(run(21, i -> exact(falling(i)) + ",\"lowerGap\":0.0101"), "The follower is not at its best")
                        .grade())
                .isEqualTo(Grade.CARE);
    }

    @Test
    void followerIsJudgedByTheIntervalOfTheGain() {
        // The gain is 1 +- .28, a percent of it .0072 to .0128.
        IntFunction<String> gain = i -> sampled(i == 0 ? 1 : 0, 0.1);

        assertThat(finding(run(21, i -> gain.apply(i) + ",\"lowerGap\":0.007"), "The follower plays its best"))
                .isNotNull();
        assertThat(finding(run(21, i -> gain.apply(i) + ",\"lowerGap\":0.01"), "not known whether the follower"))
                .isNotNull();
        assertThat(finding(run(21, i -> gain.apply(i) + ",\"lowerGap\":0.013"), "The follower is not at its best"))
                .isNotNull();
    }

    @Test
    void settledWhereTheLastQuarterMovesFivePercentAtMost() {
        // Rows 15 to 20 of 21 are the last quarter; the whole way is 1.
        assertThat(finding(run(21, i -> exact(i < 15 ? 1 : 0.049 * (20 - i) / 5)), "The objective has settled")
                        .grade())
                .isEqualTo(Grade.GOOD);
        assertThat(finding(run(21, i -> exact(i < 15 ? 1 : 0.051 * (20 - i) / 5)), "The objective is still moving")
                        .grade())
                .isEqualTo(Grade.CARE);
        assertThat(finding(run(21, i -> exact(i < 15 ? 1 : 0.051 * (i - 20) / 5)), "The objective is still moving")
                        .grade())
                .isEqualTo(Grade.CARE);
    }

    @Test
    void settledNeedsThreeRowsInTheLastQuarter() {
        // Of nine rows three are in the last quarter, of eight two; two rows in all say nothing.
        assertThat(finding(run(9, i -> exact(i == 0 ? 1 : 0)), "The objective has settled"))
                .isNotNull();
        assertThat(finding(run(8, i -> exact(i == 0 ? 1 : 0)), "not known whether the objective has settled")
                        .evidence())
                .contains("has 2 rows");
        assertThat(finding(run(2, i -> exact(1 - i)), "not known whether the objective has settled")
                        .evidence())
                .contains("has 1 row of");
    }

    @Test
    void noiseOfTheRowsHidesWhetherTheObjectiveHasSettled() {
        // Six rows of error e: the line's move has error e * span * sqrt(1 / 17.5 intervals^2) = 1.195 e, bound .05.
        IntFunction<String> still = i -> sampled(i == 0 ? 1 : 0, 0.02);
        IntFunction<String> noisy = i -> sampled(i == 0 ? 1 : 0, 0.03);

        assertThat(finding(run(21, still), "The objective has settled")).isNotNull();
        assertThat(finding(run(21, noisy), "not known whether the objective has settled"))
                .isNotNull();
        assertThat(finding(run(21, i -> sampled(20 - i, 0.03)), "The objective is still moving"))
                .isNotNull();
    }

    @Test
    void stationaryAtATenthOfTheGradientAtTheStart() {
        assertThat(finding(gradient(1, 0.099), "Nearly stationary").grade()).isEqualTo(Grade.GOOD);
        assertThat(finding(gradient(1, 0.101), "Not stationary yet").grade()).isEqualTo(Grade.CARE);
        assertThat(finding(gradient(0, 0), "Nearly stationary").grade()).isEqualTo(Grade.GOOD);
        assertThat(finding(gradient(0, 0.1), "Not stationary yet").evidence()).contains("0 at the start");
    }

    private static MetricTable gradient(double first, double last) {
        return run(21, i -> exact(falling(i)) + ",\"stationarityGap\":" + (i == 0 ? first : last));
    }

    @Test
    void stepsFollowTheGradientAtTwiceItsError() {
        assertThat(finding(signal(21, 2.01), "Steps follow the gradient").grade())
                .isEqualTo(Grade.GOOD);
        assertThat(finding(signal(21, 1.99), "Single steps are mostly noise").grade())
                .isEqualTo(Grade.NOTE);
        assertThat(finding(signal(8, 9), "not known how noisy").grade()).isEqualTo(Grade.NOTE);
    }

    private static MetricTable signal(int rows, double ratio) {
        return run(rows, i -> exact(falling(i)) + ",\"gradientStandardError\":1.0,\"gradientNorm\":" + ratio);
    }

    @Test
    void oneRowSaysNothing() {
        assertThat(new RunAnswer(run(1, i -> exact(1) + "," + GOOD_ENDING)).findings())
                .isEmpty();
        assertThat(new RunAnswer(run(1, i -> exact(1) + "," + GOOD_ENDING)).verdict())
                .isEqualTo("Too early to say");
    }

    @Test
    void worstFindingDecidesTheVerdict() {
        assertThat(verdict(run(21, i -> exact(falling(i)) + "," + GOOD_ENDING)))
                .isEqualTo("By every rule below, a good answer");
        assertThat(verdict(run(21, i -> exact(1 - 0.05 * i) + "," + GOOD_ENDING)))
                .isEqualTo("An answer with reservations");
        assertThat(verdict(run(21, i -> exact(1 + 0.05 * i) + "," + GOOD_ENDING)))
                .isEqualTo("Not better than the start");
    }

    private static String verdict(MetricTable metrics) {
        return new RunAnswer(metrics).verdict();
    }
}
