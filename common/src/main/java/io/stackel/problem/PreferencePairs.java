package io.stackel.problem;

import java.util.Arrays;

/**
 * Labelled pairs of segments of a finite process. The cell of a step is {@code state * actions + action}; segments that are
 * shorter than the longest are filled up with {@link #NO_STEP}.
 *
 * @param segmentLength L, at least 1
 * @param cells n x 2 x L
 * @param labels n numbers in [0, 1]: how far the second segment is preferred
 */
public record PreferencePairs(int segmentLength, int[] cells, double[] labels) {

    /** Stands where a segment has no step. */
    public static final int NO_STEP = -1;

    public PreferencePairs {
        if (segmentLength < 1) {
            throw new IllegalArgumentException("segmentLength must be at least 1, but was " + segmentLength);
        }
        if (cells.length != 2L * segmentLength * labels.length) {
            throw new IllegalArgumentException("cells must have " + 2L * segmentLength * labels.length + " entries, "
                    + labels.length + " pairs of segments of " + segmentLength + " steps, but has " + cells.length);
        }
    }

    /** No pairs. */
    public static PreferencePairs none(int segmentLength) {
        return new PreferencePairs(segmentLength, new int[0], new double[0]);
    }

    /** The number n of pairs. */
    public int size() {
        return labels.length;
    }

    /** These pairs and then others of the same length, of all of which the last {@code most} are kept. */
    public PreferencePairs followedBy(PreferencePairs others, int most) {
        if (others.segmentLength != segmentLength) {
            throw new IllegalArgumentException(
                    "segments must have " + segmentLength + " steps, but have " + others.segmentLength);
        }
        int total = size() + others.size();
        int dropped = Math.max(0, total - most);
        int perPair = 2 * segmentLength;
        int[] allCells = Arrays.copyOf(cells, total * perPair);
        System.arraycopy(others.cells, 0, allCells, cells.length, others.cells.length);
        double[] allLabels = Arrays.copyOf(labels, total);
        System.arraycopy(others.labels, 0, allLabels, labels.length, others.labels.length);
        return new PreferencePairs(
                segmentLength,
                Arrays.copyOfRange(allCells, dropped * perPair, total * perPair),
                Arrays.copyOfRange(allLabels, dropped, total));
    }

    /**
     * The mean of {@link PairRule#loss} over the pairs, at least one of which there must be.
     *
     * @param reward the learnt reward, one number a cell
     * @param gradientInto receives the derivative in the reward, which is added
     */
    public double addMeanLoss(double[] reward, double[] gradientInto) {
        double total = 0;
        for (int pair = 0; pair < labels.length; pair++) {
            int first = 2 * pair * segmentLength;
            int second = first + segmentLength;
            double difference = sum(reward, second) - sum(reward, first);
            total += PairRule.loss(difference, labels[pair]);
            double slope = PairRule.slope(difference, labels[pair]) / labels.length;
            add(slope, second, gradientInto);
            add(-slope, first, gradientInto);
        }
        return total / labels.length;
    }

    private double sum(double[] reward, int from) {
        double sum = 0;
        for (int i = from; i < from + segmentLength && cells[i] != NO_STEP; i++) {
            sum += reward[cells[i]];
        }
        return sum;
    }

    private void add(double weight, int from, double[] into) {
        for (int i = from; i < from + segmentLength && cells[i] != NO_STEP; i++) {
            into[cells[i]] += weight;
        }
    }
}
