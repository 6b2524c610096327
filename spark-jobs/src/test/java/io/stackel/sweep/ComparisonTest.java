package io.stackel.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.Sha256;
import io.stackel.run.StatusReport;
import io.stackel.store.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private final List<TrialStatus> trials = new ArrayList<>();

    private void trial(String algorithm, long seed, RunState state, double objective) {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("state", state.word());
        entries.put("upperObjective", Optional.of(objective));
        entries.put("upperObjectiveAtBestResponse", Optional.empty());
        entries.put("lowerSamples", Optional.of(100L));
        entries.put("upperSamples", Optional.of(50L));
        entries.put("wallSeconds", Optional.of(2.0));
        String identity = Sha256.of(algorithm + seed);
        Trial trial =
                new Trial("one-" + identity.substring(0, 12), identity, seed, Map.of("algorithm", algorithm), "{}");
        trials.add(new TrialStatus(trial, state, Optional.empty(), "", Optional.of(new StatusReport(entries))));
    }

    private Comparison comparison() {
        return Comparison.of(new SweepStatus(trials, List.of()), "algorithm");
    }

    @Test
    void differencesArePairedBySeedSoThatASmallOneIsSeenUnderLargeNoise() {
        for (int seed = 0; seed < 8; seed++) {
            trial("a", seed, RunState.COMPLETE, 10 * seed);
            trial("b", seed, RunState.COMPLETE, 10 * seed + 1);
            trial("c", seed, RunState.COMPLETE, 10 * seed + (seed % 2 == 0 ? 1 : -1));
        }

        Comparison compared = comparison();

        assertThat(compared.figure()).isEqualTo("upperObjective");
        Comparison.Side worse = compared.sides().get(1);
        assertThat(worse.minusFirst().mean()).isCloseTo(1, within(1e-12));
        assertThat(worse.minusFirst().low()).isCloseTo(1, within(1e-12));
        assertThat(worse.verdict()).isEqualTo("worse");
        assertThat(worse.mean().low()).isLessThan(compared.sides().get(0).mean().high());
        assertThat(compared.sides().get(2).verdict()).isEqualTo("not told apart");
        assertThat(compared.text()).contains("| b | 36.000000 |").contains("8 seeds that all completed");
    }

    @Test
    void onlySeedsThatAllCompletedCount() {
        trial("a", 0, RunState.COMPLETE, 1);
        trial("a", 1, RunState.COMPLETE, 2);
        trial("b", 0, RunState.COMPLETE, 0);
        trial("b", 1, RunState.FAILED, 100);
        trial("c", 0, RunState.FAILED, 0);
        trial("c", 1, RunState.FAILED, 0);

        Comparison compared = comparison();

        assertThat(compared.seeds()).containsExactly(0L);
        assertThat(compared.sides().get(0).mean().mean()).isEqualTo(1);
        assertThat(compared.sides().get(1).complete()).isEqualTo(1);
        assertThat(compared.sides().get(1).verdict()).isEqualTo("too few seeds");
        assertThat(compared.sides().get(2).verdict()).isEqualTo("no run complete");
        assertThat(compared.text()).contains("| c | - | - | - | - | no run complete | - | - | - | 0 of 2 |");
    }

    @Test
    void nobodyIsBetterByFewerThanFiveSeeds() {
        for (int seed = 0; seed < 4; seed++) {
            trial("a", seed, RunState.COMPLETE, 1);
            trial("b", seed, RunState.COMPLETE, 0);
        }
        assertThat(comparison().sides().get(1).verdict()).isEqualTo("too few seeds");
        assertThat(comparison().text()).contains("no verdict from fewer than 5 seeds; give more with --seeds 0..9");

        trial("a", 4, RunState.COMPLETE, 1);
        trial("b", 4, RunState.COMPLETE, 0);
        assertThat(comparison().sides().get(1).verdict()).isEqualTo("better");
        assertThat(comparison().text()).doesNotContain("no verdict");
    }
}
