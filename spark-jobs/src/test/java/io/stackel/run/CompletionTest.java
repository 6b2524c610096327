package io.stackel.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.State;
import io.stackel.algorithm.StationarityTest;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CompletionTest {

    private static final RunLoop.Plan PLAN = new RunLoop.Plan(100, OptionalLong.empty(), OptionalDouble.of(0.5), 10, 7);

    private static State state(long iteration, int phase) {
        return new State(iteration, iteration, phase, 0, 0, new TreeMap<>());
    }

    private static SortedMap<String, Double> row(double iteration, double gap) {
        return new TreeMap<>(Map.of("iteration", iteration, "stationarityGap", gap));
    }

    @Test
    void iterationsAreALimit() {
        assertThat(Completion.isReached(state(100, 0), new TreeMap<>(), PLAN)).isTrue();
        assertThat(Completion.isReached(state(99, 0), new TreeMap<>(), PLAN)).isFalse();
    }

    @Test
    void gapCountsOnlyInARowOfThisVeryStateThatTheLoopTakes() {
        assertThat(Completion.isReached(state(20, 0), row(20, 0.5), PLAN)).isTrue();
        assertThat(Completion.isReached(state(20, 0), row(20, 0.6), PLAN)).isFalse();
        assertThat(Completion.isReached(state(21, 0), row(20, 0.1), PLAN)).isFalse();
        assertThat(Completion.isReached(state(20, 1), row(20, 0.1), PLAN)).isFalse();
        assertThat(Completion.isReached(state(21, 0), row(21, 0.1), PLAN)).isFalse();
        assertThat(Completion.isReached(state(0, 0), row(0, 0.1), PLAN)).isFalse();
    }

    @Test
    void theTestOfTheSampledGradientIsThatOfTheLoop() {
        RunLoop.Plan plan = new RunLoop.Plan(
                100, OptionalLong.empty(), OptionalDouble.empty(), Optional.of(new StationarityTest(1, 0.05)), 10, 7);
        SortedMap<String, Double> row =
                new TreeMap<>(Map.of("iteration", 20.0, "gradientNorm", 0.5, "gradientStandardError", 0.1));

        assertThat(Completion.isReached(state(20, 0), row, plan)).isTrue();
        row.put("gradientStandardError", 0.2);
        assertThat(Completion.isReached(state(20, 0), row, plan)).isFalse();
    }
}
