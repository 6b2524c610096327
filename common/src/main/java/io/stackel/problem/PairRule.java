package io.stackel.problem;

import static io.stackel.math.Requirements.require;

import io.stackel.math.Logistic;
import java.io.Serializable;

/**
 * How pairs of segments are cut from trajectories and labelled. A segment is the steps start .. start + length - 1 of a
 * trajectory, fewer where that ends, with start drawn uniformly from 0 .. latestStart. With R* the undiscounted sum of the
 * true reward over a segment, the second of a pair (d0, d1) is preferred with probability
 *
 * <pre>
 *   p = (1 - noise) s( D* / temperature ) + noise s( -D* / temperature ),     D* = R*(d1) - R*(d0)
 * </pre>
 *
 * <p>where s is the logistic function; at temperature 0 the better segment is preferred. Source: Bradley and Terry, 1952;
 * Christiano et al., "Deep reinforcement learning from human preferences", NeurIPS 2017.
 *
 * @param segmentLength steps of a segment, at least 1
 * @param latestStart the latest first step, at least 0
 * @param temperature in units of reward, at least 0
 * @param noise probability that a label is turned round, in [0, 1/2]
 * @param drawn whether a label is drawn, 0 or 1, or is p itself
 */
public record PairRule(int segmentLength, int latestStart, double temperature, double noise, boolean drawn)
        implements Serializable {

    public PairRule {
        require(segmentLength >= 1, "segmentLength must be at least 1, but was " + segmentLength);
        require(latestStart >= 0, "latestStart must be at least 0, but was " + latestStart);
        require(temperature >= 0, "temperature must be at least 0, but was " + temperature);
        require(noise >= 0 && noise <= 0.5, "noise must be in [0, 0.5], but was " + noise);
    }

    /** The fewest steps of a trajectory that holds every segment. */
    public int steps() {
        return Math.addExact(latestStart, segmentLength);
    }

    /** The probability p that the second segment is preferred. */
    public double preference(double trueDifference) {
        double second =
                temperature == 0 ? (1 + Math.signum(trueDifference)) / 2 : Logistic.of(trueDifference / temperature);
        return (1 - noise) * second + noise * (1 - second);
    }

    /**
     * The label of a pair.
     *
     * @param uniform a number uniform on [0, 1), which decides a drawn label
     */
    public double label(double trueDifference, double uniform) {
        double second = preference(trueDifference);
        return !drawn ? second : uniform < second ? 1 : 0;
    }

    /** The loss {@code -[y log s(D) + (1 - y) log s(-D)]} of a difference D = R(d1) - R(d0) of learnt rewards. */
    public static double loss(double difference, double label) {
        return label * Logistic.softplus(-difference) + (1 - label) * Logistic.softplus(difference);
    }

    /** The derivative of the loss in D: {@code s(D) - y}. */
    public static double slope(double difference, double label) {
        return Logistic.of(difference) - label;
    }
}
