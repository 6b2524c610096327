package io.stackel.estimate;

import io.stackel.math.VectorMath;
import io.stackel.random.Purpose;
import java.util.Arrays;

/**
 * HPGD's hypergradient as it is published: the same covariance as {@link AdvantageGradient}, of averages by state and action
 * over all visits of a batch. A unit is one trajectory of the follower from the start; with weights discount^t of the visits,
 *
 * <pre>
 *   U(s,b), g(s,b): the means over visits of the leader's return from there and of grad_x of the follower's
 *   grad_x f  -  1/tau sum over visits of discount^t [ U(s,b) - U(s) ] g(s,b),      U(s) the mean over the actions seen in s
 * </pre>
 *
 * <p>Both factors come from the same trajectories, so it is biased; the bias falls as 1 / units. Units fall into
 * {@link #GROUPS} groups by their numbers, whose sums are kept apart: leaving out one after the other gives the standard
 * error (jackknife).
 *
 * <p>Source: Thoma et al., "Contextual bilevel reinforcement learning for incentive alignment", NeurIPS 2024, and their code.
 *
 * @param actions B of the follower
 * @param upperSize m, the length of x
 */
public record AdvantageAverages(
        Purpose purpose, int stream, long units, int upper, int follower, int states, int actions, int upperSize)
        implements Estimand {

    /** Groups of units that are kept apart. */
    public static final int GROUPS = 4;

    /** The largest states x actions x length of x. */
    public static final int MOST = 1 << 22;

    /** Places of a group's sums: its units, grad_x f, then the records of the cells (s, b). */
    private static final int UNITS = 0;

    private static final int DIRECT = 1;

    /** Places of a cell's record: weights, weighted returns of the leader, weighted gradients. */
    private static final int WEIGHT = 0;

    private static final int RETURN = 1;
    private static final int GRADIENT = 2;

    /**
     * A gradient in x without the terms in x alone.
     *
     * @param values length m
     * @param errors standard errors by coordinate; infinite if a group alone has units
     */
    public record Averaged(double[] values, double[] errors) {}

    @Override
    public Wanted wanted() {
        return Wanted.UPPER;
    }

    @Override
    public int recordsLength() {
        return GROUPS * groupLength();
    }

    private int groupLength() {
        return DIRECT + upperSize + states * actions * (GRADIENT + upperSize);
    }

    @Override
    public Estimation estimation(UnitSource source) {
        return new AveragesEstimation(source.rollouts(), this);
    }

    /** The place of the group of a unit. */
    int group(long unit) {
        return (int) (unit % GROUPS) * groupLength();
    }

    /** Adds a unit's gradient of f to its group. */
    void addUnit(int group, double[] direct, UnitSums unit) {
        unit.addRecord(group + UNITS, 1);
        unit.addRecords(group + DIRECT, 1, direct);
    }

    /** Adds a visit of a cell (s, b) to a group. */
    void addVisit(int group, int cell, double weight, double upperReturn, double[] gradient, UnitSums unit) {
        int record = group + cell(cell);
        unit.addRecord(record + WEIGHT, weight);
        unit.addRecord(record + RETURN, weight * upperReturn);
        unit.addRecords(record + GRADIENT, weight, gradient);
    }

    private int cell(int cell) {
        return DIRECT + upperSize + cell * (GRADIENT + upperSize);
    }

    /** What a batch's sums give, whose records start at {@code offset}. */
    Averaged averaged(double[] sums, int offset, double entropyWeight) {
        int length = groupLength();
        double[] total = new double[length];
        int groups = 0;
        for (int group = 0; group < GROUPS; group++) {
            for (int i = 0; i < length; i++) {
                total[i] += sums[offset + group * length + i];
            }
            groups += sums[offset + group * length + UNITS] > 0 ? 1 : 0;
        }
        double[] values = gradient(total, entropyWeight);
        double[] errors = new double[upperSize];
        if (groups < 2) {
            Arrays.fill(errors, Double.POSITIVE_INFINITY);
            return new Averaged(values, errors);
        }
        double[][] without = new double[groups][];
        double[] mean = new double[upperSize];
        for (int group = 0; group < groups; group++) {
            double[] rest = total.clone();
            for (int i = 0; i < length; i++) {
                rest[i] -= sums[offset + group * length + i];
            }
            without[group] = gradient(rest, entropyWeight);
            VectorMath.addScaled(1.0 / groups, without[group], mean);
        }
        for (int i = 0; i < upperSize; i++) {
            double squares = 0;
            for (double[] one : without) {
                squares += (one[i] - mean[i]) * (one[i] - mean[i]);
            }
            errors[i] = Math.sqrt(squares * (groups - 1) / groups);
        }
        return new Averaged(values, errors);
    }

    private double[] gradient(double[] group, double entropyWeight) {
        double[] z = Arrays.copyOfRange(group, DIRECT, DIRECT + upperSize);
        for (int state = 0; state < states; state++) {
            double weight = 0;
            double returns = 0;
            for (int b = 0; b < actions; b++) {
                int record = cell(state * actions + b);
                weight += group[record + WEIGHT];
                returns += group[record + RETURN];
            }
            for (int b = 0; b < actions; b++) {
                int record = cell(state * actions + b);
                // Sums of differences leave rounding where a group alone has been: no visit weighs less than this.
                if (group[record + WEIGHT] > 1e-12 * weight) {
                    double advantage = group[record + RETURN] / group[record + WEIGHT] - returns / weight;
                    double factor = -advantage / entropyWeight;
                    for (int i = 0; i < upperSize; i++) {
                        z[i] += factor * group[record + GRADIENT + i];
                    }
                }
            }
        }
        return VectorMath.scaled(1 / group[UNITS], z);
    }
}
