package io.stackel.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.algorithm.Evaluation;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CellRunTest {

    private static CellRun.Means after(double epsilon, long cap, double... gaps) {
        CellRun.Means means = new CellRun.Means(epsilon, cap);
        for (int i = 0; i < gaps.length; i++) {
            means.measured(new TreeMap<>(Map.of(Evaluation.STATIONARITY_GAP, gaps[i], "samples", 100.0 * i)));
        }
        return means;
    }

    /** Squares 16, 0, 0, 0: their means are 16, 8, 5.3, 4. */
    @Test
    void theMeanOfTheWholeRunComesToEpsLate() {
        Count count = after(4, 1_000_000, 4, 0, 0, 0, 0).count("");

        assertThat(count.wholeRun()).isEqualTo(300);
        assertThat(count.lastTenth()).isEqualTo(Count.NEVER);
        assertThat(count.reached()).isFalse();
        assertThat(count.iterations()).isEqualTo(4);
    }

    /** From the tenth row on there is a tenth: one row, and two from the twentieth on. */
    @Test
    void theMeanOfTheLastTenthComesToEpsEarlier() {
        double[] gaps = new double[21];
        java.util.Arrays.fill(gaps, 2);
        gaps[18] = 1;
        gaps[19] = 1;
        CellRun.Means means = after(1, 1_000_000, gaps);

        assertThat(means.count("").lastTenth()).isEqualTo(1800);
        assertThat(means.count("").wholeRun()).isEqualTo(Count.NEVER);
        assertThat(means.ended()).isFalse();
    }

    @Test
    void aRunEndsAtItsCap() {
        CellRun.Means means = after(1, 300, 2, 2, 2, 2);

        assertThat(means.ended()).isTrue();
        assertThat(means.count(means.end()).end()).isEqualTo("given up after 300 steps");
    }
}
