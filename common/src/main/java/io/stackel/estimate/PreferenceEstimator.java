package io.stackel.estimate;

import io.stackel.problem.PairRule;
import java.util.Arrays;

/**
 * The estimator of {@link PairLossGradient}. The lower level's gradients come from each trajectory as in {@link
 * GradientEstimator}. A pair (d0, d1) by one policy has weights of both paths up to the ends of their segments,
 *
 * <pre>
 *   w_1 = 2 / (1 + L_0 L_1),   w_2 = 2 - w_1        L_i = pi_2/pi_1 of the actions of trajectory i, 0 .. end of d_i
 * </pre>
 *
 * <p>(shared; otherwise 2 for its own follower and 0 for the other, and 1 if there is one follower) and contributes, averaged
 * over the unit's pairs, with D = R_x(d1) - R_x(d0),
 *
 * <pre>
 *   x:      (f1 w_1 + f2 w_2) slope ( sum_{d1} grad_x r_t  -  sum_{d0} grad_x r_t )
 *   theta:  f2 w_2 ( loss - baseline ) ( score(d0) + score(d1) )          scores from step 0 to the end of a segment
 * </pre>
 *
 * <p>Where a reference plays d0, its trajectory has neither weight nor scores: w is that of d1, the loss has no
 * part in x, and d1 alone counts.
 *
 * <p>Each trajectory of a pair is looked at twice: {@link #read} for both, then {@link #weigh}, then {@link #add} for both.
 */
final class PreferenceEstimator extends Estimator {

    private final GradientEstimator gradient;
    private final double[] rewards = perStep();
    private final double[] stepWeights = perStep();
    private final int[] from = new int[PairEstimand.OF_A_PAIR];
    private final int[] end = new int[PairEstimand.OF_A_PAIR];
    private final double[] sums = new double[PairEstimand.OF_A_PAIR];
    private final double[] trueSums = new double[PairEstimand.OF_A_PAIR];
    private final double[] ratios = new double[PairEstimand.OF_A_PAIR];
    private double segmentWeight;
    private double scoreWeight;

    PreferenceEstimator(Rollouts.Setting setting) {
        super(setting);
        gradient = new GradientEstimator(setting);
    }

    /**
     * Reads a trajectory of a pair.
     *
     * @param place 0 for d0, 1 for d1
     * @param start the first step of the segment
     */
    void read(PairRule rule, Trajectory trajectory, int place, int start) {
        int length = trajectory.length();
        from[place] = Math.min(start, length);
        end[place] = Math.min(start + rule.segmentLength(), length);
        trajectory.lowerRewards(rewards);
        sums[place] = sum(from[place], end[place]);
        trajectory.upperRewards(rewards);
        trueSums[place] = sum(from[place], end[place]);
    }

    /** Reads how likely both players are to take the steps of a trajectory that was read up to the end of its segment. */
    void readRatios(PairLossGradient estimand, Trajectory trajectory, int place) {
        ValueGradient terms = estimand.terms();
        ratios[place] = 1;
        if (terms.shared() && isOwn(estimand, place)) {
            trajectory.likelihoodRatios(terms.first(), terms.second(), rewards);
            for (int t = 0; t < end[place]; t++) {
                ratios[place] = LikelihoodRatio.clamp(ratios[place] * rewards[t]);
            }
        }
    }

    /** The first step of a segment that was read. */
    int from(int place) {
        return from[place];
    }

    /** One more than the last step of a segment that was read. */
    int end(int place) {
        return end[place];
    }

    private double sum(int first, int last) {
        double sum = 0;
        for (int t = first; t < last; t++) {
            sum += rewards[t];
        }
        return sum;
    }

    /** Labels the pair that was read by a number uniform on [0, 1), and gives its loss. */
    double loss(PairRule rule, double uniform) {
        return PairRule.loss(sums[1] - sums[0], rule.label(trueSums[1] - trueSums[0], uniform));
    }

    /**
     * Labels the pair that was read and forms its weights.
     *
     * @param player 0 if follower 1 played it, 1 if follower 2 did
     * @param uniform a number uniform on [0, 1), which decides a drawn label
     * @param otherUniform the same for the second label, or {@code uniform} if there is one label
     * @return the mean label
     */
    double weigh(PairLossGradient estimand, int player, double uniform, double otherUniform, UnitSums unit) {
        ValueGradient terms = estimand.terms();
        double label = estimand.rule().label(trueSums[1] - trueSums[0], uniform);
        double other = estimand.rule().label(trueSums[1] - trueSums[0], otherUniform);
        double difference = sums[1] - sums[0];
        double loss = estimand.objective().loss(difference, label, other);
        double first = player == 0 ? 2 : 0;
        double second = 2 - first;
        if (terms.followers().single()) {
            first = 1;
            second = 1;
        } else if (terms.shared()) {
            first = LikelihoodRatio.firstWeight(LikelihoodRatio.clamp(ratios[0] * ratios[1]));
            second = 2 - first;
        }
        double share = 1.0 / estimand.pairsPerUnit();
        double mean = share * (terms.firstWeight() * first + terms.secondWeight() * second);
        segmentWeight = mean * estimand.objective().slope(difference, label, other);
        scoreWeight = share * terms.secondWeight() * second * (loss - estimand.baseline());
        unit.upperReturn -= mean * loss;
        if (terms.scale() == 0) {
            unit.saturation += share * Math.abs(first - second) / 2;
        }
        return (label + other) / 2;
    }

    private static boolean isOwn(PairLossGradient estimand, int place) {
        return place >= PairEstimand.OF_A_PAIR - estimand.ownPerPair();
    }

    /** Adds what a trajectory of the pair that was weighed contributes to its unit. */
    void add(PairLossGradient estimand, Trajectory trajectory, int place, int player, UnitSums unit) {
        if (!isOwn(estimand, place)) {
            return;
        }
        ValueGradient terms = estimand.terms();
        if (terms.scale() != 0) {
            double share = 1.0 / (estimand.pairsPerUnit() * estimand.ownPerPair());
            gradient.add(terms.ofLowerLevel(), trajectory, player, share, unit);
        }
        int length = trajectory.length();
        if (terms.wanted().upper()) {
            Arrays.fill(stepWeights, 0, length, 0);
            Arrays.fill(stepWeights, from[place], end[place], place == 0 ? -segmentWeight : segmentWeight);
            trajectory.addLowerRewardGradients(stepWeights);
        }
        if (terms.wanted().lower()) {
            Arrays.fill(stepWeights, 0, end[place], scoreWeight);
            Arrays.fill(stepWeights, end[place], length, 0);
            trajectory.addPolicyScores(stepWeights);
        }
    }
}
