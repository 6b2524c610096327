package io.stackel.check;

import io.stackel.problem.SparseGradient;
import io.stackel.problem.Step;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Everything that a simulator showed of one trajectory.
 *
 * @param start the first observation
 */
record PlayedTrajectory(double[] start, List<Move> moves) {

    /**
     * One step.
     *
     * @param before the observation before it
     * @param after the observation after it; without meaning if the step terminated
     */
    record Move(double[] before, double[] action, Step step, double[] after) {

        boolean terminated() {
            return step.terminated();
        }

        double reward(boolean leader) {
            return leader ? step.upperReward() : step.lowerReward();
        }

        SparseGradient gradient(boolean leader) {
            return leader ? step.upperRewardGradient() : step.lowerRewardGradient();
        }
    }

    /** The lower and the upper reward of every step. */
    double[] rewards() {
        return moves.stream()
                .flatMapToDouble(move -> DoubleStream.of(move.reward(false), move.reward(true)))
                .toArray();
    }

    /** Their derivatives along a direction, from the simulator's gradients. */
    double[] derivatives(double[] direction) {
        return moves.stream()
                .flatMapToDouble(move -> DoubleStream.of(
                        move.gradient(false).dot(direction), move.gradient(true).dot(direction)))
                .toArray();
    }

    /** The score of every step along a direction. */
    double[] scores(double[] direction) {
        return moves.stream()
                .mapToDouble(move -> move.step.upperScore().dot(direction))
                .toArray();
    }

    /** The observations and ends. */
    private double[] path() {
        DoubleStream after = moves.stream()
                .flatMapToDouble(move -> move.terminated()
                        ? DoubleStream.of(1)
                        : DoubleStream.concat(DoubleStream.of(0), Arrays.stream(move.after)));
        return DoubleStream.concat(Arrays.stream(start), after).toArray();
    }

    private List<double[]> numbers(double[] direction) {
        return List.of(path(), rewards(), derivatives(direction), scores(direction));
    }

    /** Whether another one has the same observations and ends, to the bit. */
    boolean hasPathOf(PlayedTrajectory other) {
        return Arrays.equals(path(), other.path());
    }

    /** Whether another one has the same numbers, to the bit, gradients and scores along a direction. */
    boolean isSame(PlayedTrajectory other, double[] direction) {
        return Arrays.deepEquals(
                numbers(direction).toArray(), other.numbers(direction).toArray());
    }

    /** How many of these numbers are infinite or not numbers. */
    long notFinite(double[] direction) {
        return numbers(direction).stream()
                .flatMapToDouble(Arrays::stream)
                .filter(number -> !Double.isFinite(number))
                .count();
    }

    /** For t = 0 .. length, the discounted sum of a player's rewards from step t on, as seen from the start. */
    double[] tails(boolean leader, double discount, int length) {
        double[] tails = new double[length + 1];
        double power = 1;
        for (int t = 0; t < moves.size(); t++) {
            tails[t] = power * moves.get(t).reward(leader);
            power *= discount;
        }
        for (int t = moves.size() - 1; t >= 0; t--) {
            tails[t] += tails[t + 1];
        }
        return tails;
    }

    /** Adds the gradient of a player's discounted return through the rewards. */
    void addRewardGradients(boolean leader, double discount, double[] into) {
        double power = 1;
        for (Move move : moves) {
            SparseGradient gradient = move.gradient(leader);
            gradient.addTo(0, gradient.size(), power, into);
            power *= discount;
        }
    }

    /** Adds {@code factor} times the sum of the scores, each times its tail less its baseline. */
    void addScores(double factor, double[] tails, double[] baseline, double[] into) {
        for (int t = 0; t < moves.size(); t++) {
            SparseGradient score = moves.get(t).step.upperScore();
            score.addTo(0, score.size(), factor * (tails[t] - baseline[t]), into);
        }
    }
}
