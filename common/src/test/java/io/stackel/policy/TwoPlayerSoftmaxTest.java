package io.stackel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TwoPlayerSoftmaxTest {

    private final TwoPlayerSoftmax policy = new TwoPlayerSoftmax(2, 2, 3);
    private final double[] theta = {9, 9, 0.5, -0.25, 9, 9, 9, 1, -1, 0.25};
    private final TabularSoftmax first = new TabularSoftmax(2, 2);
    private final TabularSoftmax second = new TabularSoftmax(2, 3);
    private final double[] state = {1};

    @Test
    void jointActionsHaveTheProductOfBothPlayersProbabilities() {
        double[] joint = new double[6];
        double[] terms = new double[6];
        double[] a = new double[2];
        double[] b = new double[3];
        policy.logProbabilities(theta, state, joint);
        policy.entropyTerms(theta, state, terms);
        first.logProbabilities(policy.firstOf(theta), state, a);
        second.logProbabilities(policy.secondOf(theta), state, b);
        for (int c = 0; c < 6; c++) {
            assertThat(joint[c]).isCloseTo(a[c / 3] + b[c % 3], within(1e-15));
            assertThat(terms[c]).isCloseTo(a[c / 3] - b[c % 3], within(1e-15));
        }
        assertThat(policy.both(policy.firstOf(theta), policy.secondOf(theta))).isEqualTo(theta);
        double[] both = policy.playersLogs(theta);
        assertThat(both[2]).isCloseTo(a[0], within(1e-15));
        assertThat(both[9]).isCloseTo(b[2], within(1e-15));
    }

    @Test
    void scoresAreTheDerivativesOfTheLogProbabilities() {
        double[] weights = {0, 0, 0, 0, 0, 0, 0.5, -1, 2, 0.25, 3, -0.75};
        double[] probabilities = new double[12];
        double[] logs = new double[6];
        policy.logProbabilities(theta, state, logs);
        for (int c = 0; c < 6; c++) {
            probabilities[6 + c] = StrictMath.exp(logs[c]);
        }
        double[] scores = new double[10];
        policy.addScores(theta, state, probabilities, weights, 6, scores);
        double step = 1e-5;
        for (int i = 0; i < theta.length; i++) {
            double difference = (sum(i, step, weights) - sum(i, -step, weights)) / (2 * step);
            assertThat(scores[i]).as("coordinate " + i).isCloseTo(difference, within(1e-9));
        }
    }

    private double sum(int coordinate, double step, double[] weights) {
        double[] moved = theta.clone();
        moved[coordinate] += step;
        double[] logs = new double[6];
        policy.logProbabilities(moved, state, logs);
        double sum = 0;
        for (int c = 0; c < 6; c++) {
            sum += weights[6 + c] * logs[c];
        }
        return sum;
    }
}
