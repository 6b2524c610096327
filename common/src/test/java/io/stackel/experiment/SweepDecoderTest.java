package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.experiment.SweepConfiguration.Point;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepDecoderTest {

    private static final String HEAD = "format: 1\nname: one\nconfiguration: base.yaml\n";

    private static SweepConfiguration decode(String text) {
        return SweepDecoder.decode("sweep.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void pointsAreAllCombinationsWithSeedsFastest() {
        SweepConfiguration sweep = decode(HEAD
                + "set: {stop.iterations: 5}\nseeds: [3, 4]\ngrid:\n"
                + "  upper.stepSize: [0.1, 0.20]\n"
                + "  both: [{a.b: 1, c.d: 1}, {a.b: 2, c.d: x}]\n");

        List<Point> points = sweep.points();

        assertThat(points).hasSize(8);
        assertThat(sweep.axes()).containsExactly("upper.stepSize", "both");
        assertThat(points.get(0))
                .isEqualTo(new Point(
                        Map.of("upper.stepSize", "0.1", "both", "1"),
                        3,
                        List.of("stop.iterations=5", "upper.stepSize=0.1", "a.b=1", "c.d=1", "seed=3")));
        assertThat(points.get(1).seed()).isEqualTo(4);
        assertThat(points.get(3).labels()).containsEntry("both", "2, x");
        assertThat(points.get(7).overrides())
                .containsExactly("stop.iterations=5", "upper.stepSize=0.20", "a.b=2", "c.d=x", "seed=4");
    }

    @Test
    void valuesReadAsTheSameValuesAgain() {
        SweepConfiguration sweep =
                decode(HEAD + "grid: {policy.hiddenUnits: [[64, 64], [8]], name: [\"1\", word, \"[x]\"]}\n");

        assertThat(sweep.grid().get(0).choices())
                .extracting(SweepConfiguration.Choice::overrides)
                .containsExactly(List.of("policy.hiddenUnits=[64, 64]"), List.of("policy.hiddenUnits=[8]"));
        assertThat(sweep.grid().get(1).choices())
                .extracting(SweepConfiguration.Choice::label)
                .containsExactly("\"1\"", "word", "\"[x]\"");
    }

    @Test
    void wholeSectionsAreValues() {
        SweepConfiguration sweep = decode(HEAD
                + "grid: {algorithm: [{name: first-order, sigma: 0.1}, {name: exact}],"
                + " more: [{policy: {name: mlp-softmax}, upper.units: 3}]}\n");

        assertThat(sweep.points().get(0).overrides())
                .containsExactly(
                        "algorithm={name: first-order, sigma: 0.1}",
                        "policy={name: mlp-softmax}",
                        "upper.units=3",
                        "seed=0");
        assertThat(sweep.points().get(1).labels()).containsEntry("algorithm", "exact");
    }

    @Test
    void excludedCombinationsAreLeftOut() {
        SweepConfiguration sweep =
                decode(HEAD + "grid: {a: [1, 2], b: [1, 2]}\nexclude: [{a: 1, b: 2}, {a: 2, b: 1}]\nseeds: 0..2\n");

        assertThat(sweep.points())
                .hasSize(6)
                .allMatch(point -> point.labels().get("a").equals(point.labels().get("b")));
    }

    @Test
    void figuresOfOthersStandBesideTheirCells() {
        SweepConfiguration sweep = decode(HEAD + "grid: {a: [1, 2]}\nreference: [{a: 2, Ours: -0.5, Theirs: 1e-1}]\n");

        assertThat(sweep.references())
                .containsExactly(new SweepConfiguration.Reference(
                        Map.of("a", "2"), new TreeMap<>(Map.of("Ours", -0.5, "Theirs", 0.1))));
    }

    @Test
    void drawsStayInTheirIntervalsAndAreTheSameEveryTime() {
        String text = HEAD + "random: {draws: 400, seed: 7, u.low: {low: -2, high: 6},"
                + " u.log: {low: 0.01, high: 100, scale: log}, u.whole: {low: 1, high: 4, whole: true}}\n";
        List<Point> points = decode(text).points();

        assertThat(points).hasSize(400).isEqualTo(decode(text).points());
        double[] linear = draws(points, "u.low");
        double[] logarithmic = draws(points, "u.log");
        assertThat(Arrays.stream(linear)).allMatch(value -> value >= -2 && value <= 6);
        assertThat(Arrays.stream(logarithmic)).allMatch(value -> value >= 0.01 && value <= 100);
        assertThat(draws(points, "u.whole")).containsOnly(1, 2, 3, 4).contains(1, 2, 3, 4);
        // five standard errors of a mean of 400 uniform numbers: false alarm 6e-7
        assertThat(mean(linear)).isCloseTo(2, within(5 * 8 / Math.sqrt(12 * 400)));
        double middle = Arrays.stream(logarithmic).map(StrictMath::log10).sum() / 400;
        assertThat(middle).isCloseTo(0, within(5 * 4 / Math.sqrt(12 * 400)));
    }

    private static double[] draws(List<Point> points, String axis) {
        return points.stream()
                .mapToDouble(point -> Double.parseDouble(point.labels().get(axis)))
                .toArray();
    }

    private static double mean(double[] values) {
        double total = 0;
        for (double value : values) {
            total += value;
        }
        return total / values.length;
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> decode(
                        "format: 2\nname: A\nconfigration: x\nseeds: 5..1\ngrid: {a: 3}\nrequire: {lowerGap: x}\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "7 mistakes",
                        "sweep.yaml:1:9: format must be 1, but was 2",
                        "name must be 1 to 64 lower-case letters, digits and hyphens, but was the text \"A\"",
                        "configration is not a key; did you mean configuration?",
                        "configuration must be given (text), but is missing",
                        "seeds must be a range as 0..9 or a list of different whole numbers, but was the text \"5..1\"",
                        "grid.a must be a list of at least one value, but was 3",
                        "require.lowerGap must be a finite number, but was the text \"x\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "grid: {a: [1, 1]} | grid.a has the value 1 twice",
                "grid: {seed: [1, 2]} | grid must not have the key seed: give seeds",
                "seeds: [1, 1] | seeds must be a range as 0..9 or a list of different whole numbers",
                "grid: {a: [1]}\\nexclude: [{aa: 1}] | exclude has the axis aa, which is not in grid; allowed: a",
                "grid: {a: [1]}\\nexclude: [{a: 2}] | exclude has the value 2 of a, which grid does not have",
                "grid: {a: [1]}\\nreference: [{a: 3, x: 1}] | reference has the value 3 of a, which grid does not have",
                "reference: [{x: word}] | reference.x must be a finite number",
                "reference: 3 | reference must be a list of sections, but has 3",
                "require: {completeShare: 2} | require.completeShare must be a number in [0, 1], but was 2",
                "random: {draws: 0, a: {low: 0, high: 1}} | random.draws must be a whole number in [1, 100000], but was 0",
                "random: {draws: 2, a: {low: 0, hihg: 1}} | random.a.hihg is not a key; did you mean high?",
                "random: {draws: 2, a: 3} | random.a must be a section with low and high, but was 3",
                "random: {draws: 2} | random must have a key that is drawn",
                "random: {draws: 2, a: {low: 0, high: 1, scale: log}} | random.a: low must be above 0 where scale is log",
                "random: {draws: 2, a: {low: 2, high: 1}} | random.a: low must be below high, but was 2.0",
                "grid: {a: [1]}\\nrandom: {draws: 2, a: {low: 1, high: 2}} | random must have other keys than grid",
                "random: {draws: 90000, a: {low: 1, high: 2}}\\nseeds: 0..9 | must make at most 100000 trials"
            })
    void aMistakeIsNamed(String text, String message) {
        assertThatThrownBy(() -> decode(HEAD + text.replace("\\n", "\n"))).hasMessageContaining(message);
    }
}
