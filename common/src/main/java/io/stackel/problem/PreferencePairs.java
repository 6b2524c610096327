package io.stackel.problem;

import static io.stackel.math.Requirements.require;

import java.util.Arrays;

/**
 * Labelled pairs of segments. A step of a finite process is one number, its cell {@code state * actions + action}; elsewhere
 * it is 0, the observation and the action. Segments that are shorter than the longest are filled up with steps whose first
 * number is {@link #NO_STEP}.
 *
 * @param segmentLength L, at least 1
 * @param stepSize d, numbers of a step, at least 1
 * @param steps n x 2 x L x d
 * @param labels n numbers in [0, 1]: how far the second segment is preferred, the mean if there are several labels of a pair
 */
public record PreferencePairs(int segmentLength, int stepSize, double[] steps, double[] labels) {

    /** Stands where a segment has no step. */
    public static final int NO_STEP = -1;

    public PreferencePairs {
        require(
                segmentLength >= 1 && stepSize >= 1,
                "segmentLength and stepSize must be at least 1, but were " + segmentLength + " and " + stepSize);
        require(
                steps.length == 2L * segmentLength * stepSize * labels.length,
                "steps must have " + 2L * segmentLength * stepSize * labels.length + " numbers, " + labels.length
                        + " pairs of segments of " + segmentLength + " steps of " + stepSize + ", but has "
                        + steps.length);
    }

    /** Pairs of a finite process. */
    public static PreferencePairs ofCells(int segmentLength, int[] cells, double[] labels) {
        return new PreferencePairs(
                segmentLength, 1, Arrays.stream(cells).asDoubleStream().toArray(), labels);
    }

    /** No pairs. */
    public static PreferencePairs none(int segmentLength, int stepSize) {
        return new PreferencePairs(segmentLength, stepSize, new double[0], new double[0]);
    }

    /** What a step counts with in a mean of losses. */
    public interface Rewards {

        /** The learnt reward of a step by its number in n x 2 x L. */
        double of(int step);

        /** Takes the derivative of the mean loss in the reward of a step. */
        void addGradient(int step, double derivative);
    }

    /** The number n of pairs. */
    public int size() {
        return labels.length;
    }

    /** The cells of pairs of a finite process, n x 2 x L. */
    public int[] cells() {
        require(stepSize == 1, "steps must be cells, but have " + stepSize + " numbers");
        return Arrays.stream(steps).mapToInt(step -> (int) step).toArray();
    }

    /** Whether there is a step at a place of n x 2 x L. */
    public boolean hasStep(int step) {
        return steps[step * stepSize] != NO_STEP;
    }

    /** These pairs and then others of the same form, of all of which the last {@code most} are kept. */
    public PreferencePairs followedBy(PreferencePairs others, int most) {
        require(
                others.segmentLength == segmentLength && others.stepSize == stepSize,
                "segments must have " + segmentLength + " steps of " + stepSize + ", but have " + others.segmentLength
                        + " of " + others.stepSize);
        int total = size() + others.size();
        int dropped = Math.max(0, total - most);
        int perPair = 2 * segmentLength * stepSize;
        double[] allSteps = Arrays.copyOf(steps, total * perPair);
        System.arraycopy(others.steps, 0, allSteps, steps.length, others.steps.length);
        double[] allLabels = Arrays.copyOf(labels, total);
        System.arraycopy(others.labels, 0, allLabels, labels.length, others.labels.length);
        return new PreferencePairs(
                segmentLength,
                stepSize,
                Arrays.copyOfRange(allSteps, dropped * perPair, total * perPair),
                Arrays.copyOfRange(allLabels, dropped, total));
    }

    /**
     * The mean loss over pairs of a finite process, at least one of which there must be.
     *
     * @param objective as in {@link #meanLoss}
     * @param reward the learnt reward, one number a cell
     * @param gradientInto receives the derivative in the reward, which is added
     */
    public double addMeanLoss(PairObjective objective, double[] reward, double[] gradientInto) {
        int[] cells = cells();
        return meanLoss(objective, new Rewards() {
            @Override
            public double of(int step) {
                return reward[cells[step]];
            }

            @Override
            public void addGradient(int step, double derivative) {
                gradientInto[cells[step]] += derivative;
            }
        });
    }

    /**
     * The mean loss over the pairs, at least one of which there must be, with its derivatives. A label stands for both of an
     * objective that takes two, as their mean does: that is exact for the derivatives, and adds a quarter of the square of
     * their difference to the loss.
     *
     * @param objective whose loss it is
     */
    public double meanLoss(PairObjective objective, Rewards rewards) {
        double total = 0;
        for (int pair = 0; pair < labels.length; pair++) {
            int first = 2 * pair * segmentLength;
            int second = first + segmentLength;
            double difference = sum(rewards, second) - sum(rewards, first);
            total += objective.loss(difference, labels[pair], labels[pair]);
            double slope = objective.slope(difference, labels[pair], labels[pair]) / labels.length;
            add(slope, second, rewards);
            add(-slope, first, rewards);
        }
        return total / labels.length;
    }

    private double sum(Rewards rewards, int from) {
        double sum = 0;
        for (int i = from; i < from + segmentLength && hasStep(i); i++) {
            sum += rewards.of(i);
        }
        return sum;
    }

    private void add(double weight, int from, Rewards into) {
        for (int i = from; i < from + segmentLength && hasStep(i); i++) {
            into.addGradient(i, weight);
        }
    }
}
