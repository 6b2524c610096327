package io.stackel.check;

import io.stackel.problem.Step;
import java.util.Arrays;

/** Everything that a simulator showed of one trajectory, as numbers in order. */
final class TrajectoryLog implements Playthrough.Witness {

    private final double[] direction;
    private final Numbers path = new Numbers();
    private final Numbers figures = new Numbers();
    private final double[] rewards;
    private final double[] derivatives;
    private int steps;
    private boolean scored;

    /**
     * A log without steps.
     *
     * @param direction along which gradients are kept
     * @param horizon the most steps
     */
    TrajectoryLog(double[] direction, int horizon) {
        this.direction = direction;
        rewards = new double[2 * horizon];
        derivatives = new double[2 * horizon];
    }

    @Override
    public void started(double[] observation) {
        path.add(observation);
    }

    @Override
    public void stepped(double[] before, double[] action, Step step, double[] after) {
        path.add(step.terminated() ? 1 : 0);
        if (!step.terminated()) {
            path.add(after);
        }
        int place = 2 * steps++;
        rewards[place] = step.lowerReward();
        rewards[place + 1] = step.upperReward();
        derivatives[place] = step.lowerRewardGradient().dot(direction);
        derivatives[place + 1] = step.upperRewardGradient().dot(direction);
        double score = step.upperScore().dot(direction);
        scored |= score != 0;
        figures.add(rewards[place], rewards[place + 1], derivatives[place], derivatives[place + 1], score);
    }

    /** The lower and the upper reward of every step; zeros after the end. */
    double[] rewards() {
        return rewards;
    }

    /** Their derivatives along the direction, from the simulator's gradients. */
    double[] derivatives() {
        return derivatives;
    }

    int steps() {
        return steps;
    }

    /** Whether any score had a component along the direction. */
    boolean isScored() {
        return scored;
    }

    /** Whether another log holds the same observations and ends, to the bit. */
    boolean hasPathOf(TrajectoryLog other) {
        return path.isSame(other.path);
    }

    /** Whether another log holds the same numbers, to the bit. */
    boolean isSame(TrajectoryLog other) {
        return hasPathOf(other) && figures.isSame(other.figures);
    }

    /** How many numbers are infinite or not numbers. */
    long notFinite() {
        return path.notFinite() + figures.notFinite();
    }

    /** A list of numbers that grows. */
    private static final class Numbers {

        private double[] values = new double[64];
        private int size;

        void add(double... more) {
            if (size + more.length > values.length) {
                values = Arrays.copyOf(values, 2 * (size + more.length));
            }
            System.arraycopy(more, 0, values, size, more.length);
            size += more.length;
        }

        boolean isSame(Numbers other) {
            return Arrays.equals(values, 0, size, other.values, 0, other.size);
        }

        long notFinite() {
            long count = 0;
            for (int i = 0; i < size; i++) {
                count += Double.isFinite(values[i]) ? 0 : 1;
            }
            return count;
        }
    }
}
