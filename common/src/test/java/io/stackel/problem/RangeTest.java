package io.stackel.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RangeTest {

    @Test
    void endsAreInsideOrOutsideAsDeclared() {
        assertThat(Range.closed(0, 1).contains(0)).isTrue();
        assertThat(Range.closed(0, 1).contains(1)).isTrue();
        assertThat(Range.closed(0, 1).contains(Math.nextUp(1.0))).isFalse();
        assertThat(Range.halfOpen(0, 1).contains(0)).isTrue();
        assertThat(Range.halfOpen(0, 1).contains(1)).isFalse();
        assertThat(Range.POSITIVE.contains(0)).isFalse();
        assertThat(Range.POSITIVE.contains(Double.MIN_VALUE)).isTrue();
        assertThat(Range.NON_NEGATIVE.contains(0)).isTrue();
        assertThat(Range.atLeast(2).contains(2)).isTrue();
        assertThat(Range.atLeast(2).contains(Math.nextDown(2.0))).isFalse();
    }

    @Test
    void noRangeContainsNaNAndInfinitiesAreNotFinite() {
        assertThat(Range.FINITE.contains(Double.NaN)).isFalse();
        assertThat(Range.closed(0, 1).contains(Double.NaN)).isFalse();
        assertThat(Range.FINITE.contains(Double.POSITIVE_INFINITY)).isFalse();
        assertThat(Range.FINITE.contains(Double.NEGATIVE_INFINITY)).isFalse();
        assertThat(Range.FINITE.contains(-Double.MAX_VALUE)).isTrue();
        assertThat(Range.POSITIVE.contains(Double.POSITIVE_INFINITY)).isFalse();
    }

    @Test
    void textIsTheNotationOfIntervals() {
        assertThat(Range.halfOpen(0, 1)).hasToString("[0, 1)");
        assertThat(Range.POSITIVE).hasToString("(0, inf)");
        assertThat(Range.FINITE).hasToString("(-inf, inf)");
        assertThat(Range.closed(-0.5, 1e20)).hasToString("[-0.5, 1.0E20]");
    }
}
