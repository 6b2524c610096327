package io.stackel.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.Softmax;
import org.junit.jupiter.api.Test;

class MirrorStepTest {

    @Test
    void logitsMoveByAlphaTowardsTheValues() {
        double[] logits = {1, 2, 3, 4};
        double[] into = new double[4];
        MirrorStep.apply(logits, new double[] {5, 5, 5, 0}, 0.25, into);
        assertThat(into).containsExactly(2, 2.75, 3.5, 3);
        assertThat(logits).containsExactly(1, 2, 3, 4);
        MirrorStep.apply(logits, new double[] {5, 5, 5, 0}, 1.0, logits);
        assertThat(logits).containsExactly(5, 5, 5, 0);
    }

    /** The step is argmax over p of alpha (q . p / tau + H(p)) - (1 - alpha) KL(p | p0), checked against random p. */
    @Test
    void newPolicyMaximisesTheMirrorObjective() {
        double[] logits = {0.3, -0.2, 0.9};
        double[] qOverTau = {1.0, 0.5, -2.0};
        double alpha = 0.3;
        double[] old = new double[3];
        double[] next = new double[3];
        Softmax.probabilities(logits, 0, 3, old);
        MirrorStep.apply(logits, qOverTau, alpha, next);
        Softmax.probabilities(next, 0, 3, next);
        double best = objective(next, old, qOverTau, alpha);
        for (int i = 1; i < 40; i++) {
            for (int j = 1; i + j < 40; j++) {
                double[] other = {i / 40.0, j / 40.0, (40 - i - j) / 40.0};
                assertThat(objective(other, old, qOverTau, alpha)).isLessThanOrEqualTo(best);
            }
        }
        assertThat(next[0] + next[1] + next[2]).isCloseTo(1.0, within(1e-15));
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> MirrorStep.apply(new double[1], new double[1], 1.5, new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("alpha must be in [0, 1], but was 1.5");
        assertThatThrownBy(() -> MirrorStep.apply(new double[1], new double[2], 0.5, new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("logits, qOverTau and into must have the same length, but had 1, 2 and 1");
    }

    private static double objective(double[] p, double[] old, double[] qOverTau, double alpha) {
        double sum = 0.0;
        for (int i = 0; i < p.length; i++) {
            double logarithm = StrictMath.log(p[i]);
            sum += p[i] * (alpha * (qOverTau[i] - logarithm) - (1.0 - alpha) * (logarithm - StrictMath.log(old[i])));
        }
        return sum;
    }
}
