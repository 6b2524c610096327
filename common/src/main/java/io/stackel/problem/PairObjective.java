package io.stackel.problem;

import io.stackel.math.Logistic;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the upper level of a {@link PreferenceProblem} minimises: the mean of a loss of pairs of segments. With D the
 * difference of learnt rewards, p the probability that the second segment is preferred, and y and z independent labels of the
 * same pair, a loss is linear in each of its labels, so that its mean over labels is {@code loss(D, p, p)}.
 */
public enum PairObjective {
    /** The cross-entropy of label and model, {@code -[ y log s(D) + (1 - y) log s(-D) ]}. */
    CROSS_ENTROPY(1) {
        @Override
        public double loss(double difference, double label, double other) {
            return PairRule.loss(difference, label);
        }

        @Override
        public double slope(double difference, double label, double other) {
            return PairRule.slope(difference, label);
        }
    },

    /**
     * How much worse than the best model a model predicts labels, by the Brier score: {@code (s(D) - y) (s(D) - z)}, whose mean
     * is {@code ( s(D) - p )^2}. It is zero for a model that is right, whatever pairs a policy brings; cross-entropy is then the
     * entropy of the labels, which a policy lowers by pairs that are easy to tell apart.
     *
     * <p>Cross-entropy less that entropy has no unbiased estimate: what n labels say has a mean that is a polynomial of degree n
     * in p, and {@code p log p} is none. The Brier score (Monthly Weather Review 78, 1950) is proper like the cross-entropy, and
     * its excess is quadratic in p, so that two labels are enough.
     */
    EXCESS(2) {
        @Override
        public double loss(double difference, double label, double other) {
            double predicted = Logistic.of(difference);
            return (predicted - label) * (predicted - other);
        }

        @Override
        public double slope(double difference, double label, double other) {
            double predicted = Logistic.of(difference);
            return predicted * Logistic.of(-difference) * (2 * predicted - label - other);
        }
    },

    /**
     * Minus the probability that a segment of the policy is preferred to one of a reference policy, which is fixed: {@code f =
     * -E y}, d0 of the reference, d1 of the policy. The reward model enters through the policy alone.
     *
     * <p>The reference is the best response before the first iteration, as far as it is known: to the warmed-up reward, if there
     * is a warm-up, and otherwise uniform, since the learnt reward is zero where x starts.
     */
    WIN_RATE(1) {
        @Override
        public double loss(double difference, double label, double other) {
            return -label;
        }

        @Override
        public double slope(double difference, double label, double other) {
            return 0;
        }
    };

    private final int labels;

    PairObjective(int labels) {
        this.labels = labels;
    }

    /** How many independent labels a pair takes, 1 or 2. */
    public int labels() {
        return labels;
    }

    /** What a reward model is fitted by on pairs that are kept: this, but the cross-entropy where the model has no part in it. */
    public PairObjective ofModel() {
        return this == WIN_RATE ? CROSS_ENTROPY : this;
    }

    /**
     * The loss of a pair.
     *
     * @param difference D = R(d1) - R(d0) of learnt rewards
     * @param label in [0, 1]
     * @param other a second label, drawn independently; not looked at where one is enough
     */
    public abstract double loss(double difference, double label, double other);

    /** The derivative of the loss in D. */
    public abstract double slope(double difference, double label, double other);

    /** The names in configurations. */
    public static List<String> names() {
        return Arrays.stream(values()).map(PairObjective::toString).toList();
    }

    /** The objective of a name. */
    public static PairObjective named(String name) {
        return valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
