package io.stackel.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StepTest {

    @Test
    void clearedStepsForgetEverything() {
        Step step = new Step();
        step.rewards(1, 2);
        step.terminate();
        step.lowerRewardGradient().add(0, 1);
        step.upperRewardGradient().add(1, 1);
        step.upperScore().add(2, 1);
        assertThat(step.lowerReward()).isEqualTo(1);
        assertThat(step.upperReward()).isEqualTo(2);
        assertThat(step.terminated()).isTrue();
        step.clear();
        assertThat(step.lowerReward()).isZero();
        assertThat(step.upperReward()).isZero();
        assertThat(step.terminated()).isFalse();
        assertThat(step.lowerRewardGradient().size()).isZero();
        assertThat(step.upperRewardGradient().size()).isZero();
        assertThat(step.upperScore().size()).isZero();
    }

    @Test
    void indicesOutsideOfTheUpperVariableAreNamedWithTheirMethod() {
        Step step = new Step();
        step.upperScore().add(1, 1);
        step.upperScore().add(-1, 1);
        assertThatThrownBy(() -> step.upperScore().dot(new double[3]))
                .isInstanceOf(ProblemException.class)
                .hasMessage("Step.upperScore() must have indices in [0, upperSize()) = [0, 3), but has -1");
        step.lowerRewardGradient().add(3, 1);
        assertThatThrownBy(() -> step.lowerRewardGradient().addTo(0, 1, 1, new double[3]))
                .isInstanceOf(ProblemException.class)
                .hasMessage("Step.lowerRewardGradient() must have indices in [0, upperSize()) = [0, 3), but has 3");
    }

    @Test
    void sparsePairsOfOneIndexAddUp() {
        SparseGradient gradient = new SparseGradient();
        gradient.add(1, 2);
        gradient.add(0, 5);
        gradient.add(1, 3);
        double[] into = {1, 1};
        gradient.addTo(0, gradient.size(), 10, into);
        assertThat(into).containsExactly(51, 51);
    }

    @Test
    void rangesOfPairsAndConcatenationsThroughGrowth() {
        SparseGradient left = new SparseGradient();
        for (int i = 0; i < 100; i++) {
            left.add(i, i);
        }
        SparseGradient both = new SparseGradient();
        both.add(0, 1000);
        both.addAll(left);
        both.addAll(new SparseGradient());
        assertThat(both.size()).isEqualTo(101);
        double[] into = new double[100];
        both.addTo(99, 101, 1, into);
        assertThat(into[97]).isZero();
        assertThat(into[98]).isEqualTo(98);
        assertThat(into[99]).isEqualTo(99);
        assertThat(into[0]).isZero();
        both.clear();
        both.addTo(0, both.size(), 1, into);
        assertThat(both.size()).isZero();
    }
}
