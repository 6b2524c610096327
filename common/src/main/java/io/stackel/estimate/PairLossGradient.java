package io.stackel.estimate;

import static io.stackel.math.Requirements.require;

import io.stackel.problem.PairObjective;
import io.stackel.problem.PairRule;
import io.stackel.problem.PreferencePairs;

/**
 * What {@link ValueGradient} is for a problem of preferences: f is a loss of pairs of segments in the place of minus a
 * return. A unit is one pair of trajectories by the same policy where {@code ValueGradient} has one trajectory: if there are
 * two followers, trajectories 0 and 2 are the pair of the first and 1 and 3 that of the second.
 *
 * <p>Where a segment starts and which label its pair gets is drawn at the address of the pair. The returns are minus the
 * loss for the leader, and the follower's own if c of {@code terms} is not 0.
 *
 * @param terms the estimands of the followers, c, f1, f2, and what is wanted
 * @param rule how pairs are cut and labelled
 * @param objective whose loss it is
 * @param baseline what is taken from the loss where it credits scores; any number is without bias
 * @param stepSize how many numbers a step of the pairs has, if they are to be read with {@link BatchResult.Estimate#pairs};
 *     0 if they are not kept
 * @param reference position of the follower that plays the first trajectory of every pair of a win-rate; otherwise {@link
 *     #NO_REFERENCE}
 */
public record PairLossGradient(
        ValueGradient terms, PairRule rule, PairObjective objective, double baseline, int stepSize, int reference)
        implements PairEstimand {

    /** In the place of a position: both segments of a pair are of one policy. */
    public static final int NO_REFERENCE = -1;

    public PairLossGradient {
        require(
                (objective == PairObjective.WIN_RATE) == (reference != NO_REFERENCE),
                "reference must be given for a win-rate, and only there, but was " + reference + " for " + objective);
    }

    /** The cross-entropy of pairs of one policy. */
    public PairLossGradient(ValueGradient terms, PairRule rule, double baseline, int stepSize) {
        this(terms, rule, PairObjective.CROSS_ENTROPY, baseline, stepSize, NO_REFERENCE);
    }

    /** Whether f is minus the probability that a policy's segment is preferred to that of the reference. */
    boolean ofWins() {
        return reference != NO_REFERENCE;
    }

    /** Trajectories of a pair that its own policy plays. */
    int ownPerPair() {
        return ofWins() ? 1 : OF_A_PAIR;
    }

    /** The scores of a trajectory are credited with what follows, and once more with the loss. */
    @Override
    public int scoresPerUnit() {
        return 2 * trajectoriesPerUnit();
    }

    /** Pairs of a unit. */
    int pairsPerUnit() {
        return terms.trajectoriesPerUnit();
    }

    /** Whether the pairs are kept. */
    boolean recorded() {
        return stepSize > 0;
    }

    /** Numbers that a recorded pair takes: those of every step, to the first of which 1 is added, and the label. */
    int recordLength() {
        return OF_A_PAIR * rule.segmentLength() * stepSize + 1;
    }

    /** The numbers of all recorded pairs. */
    @Override
    public int recordsLength() {
        return recorded() ? Math.toIntExact(units() * pairsPerUnit() * recordLength()) : 0;
    }

    @Override
    public Wanted wanted() {
        return terms.wanted();
    }

    @Override
    public Estimation estimation(UnitSource source) {
        return new PairLossEstimation(this, source.rollouts());
    }

    /** Reads the kept pairs, in the order of their numbers, from sums where they begin at {@code offset}. */
    PreferencePairs pairs(double[] sums, int offset) {
        int length = recordLength();
        int count = recordsLength() / length;
        double[] steps = new double[count * (length - 1)];
        double[] labels = new double[count];
        for (int pair = 0; pair < count; pair++) {
            int from = offset + pair * length;
            for (int i = 0; i < length - 1; i++) {
                boolean first = i % stepSize == 0;
                steps[pair * (length - 1) + i] = first ? sums[from + i] - 1 : sums[from + i];
            }
            labels[pair] = sums[from + length - 1];
        }
        return new PreferencePairs(rule.segmentLength(), stepSize, steps, labels);
    }
}
