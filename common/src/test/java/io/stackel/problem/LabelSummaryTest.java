package io.stackel.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LabelSummaryTest {

    private static LabelSummary of(double... labels) {
        LabelSummary.Counter counter = new LabelSummary.Counter();
        counter.add(labels);
        return counter.summary();
    }

    @Test
    void labelsAreCountedAndZeroHasNoSign() {
        assertThat(of(2, -0.0, 2, 0)).isEqualTo(new LabelSummary(0, 2, true, new TreeMap<>(Map.of(0.0, 2L, 2.0, 2L))));
        assertThat(of(0.5, 1).whole()).isFalse();
    }

    @Test
    void aRangeOfWholeLabelsHasBothEnds() {
        assertThat(of(0, 3).areWhole(0, 3)).isTrue();
        assertThat(of(0, 3).areWhole(0, 2)).isFalse();
        assertThat(of(0, 3).areWhole(1, 3)).isFalse();
        assertThat(of(1, Double.NaN).areWhole(1, 3)).isFalse();
    }

    @Test
    void partsAreTheWholeHoweverLabelsAreSplit() {
        double[] labels = new double[3 * LabelSummary.MOST_COUNTED];
        Arrays.setAll(labels, i -> i % (LabelSummary.MOST_COUNTED / 2) - 7);
        assertThat(merged(labels)).isEqualTo(of(labels));
        assertThat(of(labels).counts()).hasSize(LabelSummary.MOST_COUNTED / 2).containsEntry(-7.0, 6L);
    }

    @Test
    void manyValuesAreNotCounted() {
        double[] labels = new double[3 * LabelSummary.MOST_COUNTED];
        Arrays.setAll(labels, i -> i);
        assertThat(of(labels).counts()).isEmpty();
        assertThat(merged(labels)).isEqualTo(of(labels));
    }

    /** By three counters, of which each sees fewer values than are counted. */
    private static LabelSummary merged(double[] labels) {
        LabelSummary.Counter whole = new LabelSummary.Counter();
        int third = labels.length / 3;
        for (int i = 0; i < 3; i++) {
            whole.add(of(Arrays.copyOfRange(labels, i * third, (i + 1) * third)));
        }
        return whole.summary();
    }
}
