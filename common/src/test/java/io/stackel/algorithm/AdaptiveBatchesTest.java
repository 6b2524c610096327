package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.algorithm.AdaptiveBatches.Rule;
import io.stackel.families.SmallProblems;
import io.stackel.problem.FiniteProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdaptiveBatchesTest {

    private static final Rule RULE = new Rule(2, 10, 80);

    /** Signal 25 - 1 = 24; needed 4 or, at SE 3, 36. */
    @Test
    void noiseDoublesABatchAndSignalHalvesIt() {
        assertThat(RULE.next(20, 5, 3)).isEqualTo(40);
        assertThat(RULE.next(20, 5, 1)).isEqualTo(10);
        assertThat(RULE.next(20, 4, 1)).isEqualTo(20);
    }

    @Test
    void batchesStayWithinTheirBounds() {
        assertThat(RULE.next(80, 5, 3)).isEqualTo(80);
        assertThat(RULE.next(60, 5, 3)).isEqualTo(60);
        assertThat(RULE.next(10, 5, 0)).isEqualTo(10);
        assertThat(RULE.next(15, 5, 0)).isEqualTo(15);
    }

    /** Doubling cannot help a gradient that has no noise. */
    @Test
    void anExactZeroStaysAtItsSize() {
        assertThat(RULE.next(20, 0, 0)).isEqualTo(20);
    }

    /** Near a stationary point the signal is small, so batches grow; what they draw is what a fixed batch of that size draws. */
    @Test
    void aRunAsksForTheUnitsOfItsState() {
        FiniteProblem problem = SmallProblems.rewardDesign();
        Setup setup = Setups.of(problem, Setups.PLANNED, false);
        AdaptiveBatches adaptive = new AdaptiveBatches(
                units -> Setups.algorithm("first-order", setup.withUpperUnits(units), Map.of("sigma", 0.1)),
                new Rule(1000, 8, 64));
        List<Long> sizes = new ArrayList<>();
        State state = adaptive.init();
        try (LocalOracle oracle = LocalOracle.single(setup.source())) {
            for (int iteration = 0; iteration < 5; iteration++) {
                sizes.add(adaptive.request(state).estimands().get(0).units());
                state = RunLoop.advance(adaptive, oracle, state, "here").next();
            }
        }
        assertThat(sizes).containsExactly(8L, 16L, 32L, 64L, 64L);
    }
}
