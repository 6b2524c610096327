package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.math.VectorMath;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The first-order Hessian-free hypergradient, sigma = 1 / penaltyWeight, with theta_k the maximiser of J + k U:
 *
 * <pre>
 *   one-sided:  grad_x f(theta_sigma) + ( grad_x J(theta_0) - grad_x J(theta_sigma) ) / sigma                bias O(sigma)
 *   two-sided:  mean of grad_x f(theta_-sigma), grad_x f(theta_sigma)
 *               + ( grad_x J(theta_-sigma) - grad_x J(theta_sigma) ) / (2 sigma)                            bias O(sigma^2)
 * </pre>
 *
 * <p>Sources: Gaur et al., "On the sample complexity bounds in bilevel reinforcement learning", NeurIPS 2025; Kwon et al.,
 * ICLR 2024 (one-sided). The two-sided form and the shared trajectories are this project's.
 *
 * @param sigma above 0
 * @param twoSided which form
 * @param coupling of the two trajectories that a pair has, one of each term of the difference
 * @param units pairs of trajectories of the outer batch
 * @param counted whether the outer batch's transitions are counted
 */
record FirstOrder(double sigma, boolean twoSided, Coupling coupling, long units, boolean counted) implements Method {

    /** Streams of outer batches lie above those of inner ones. */
    static final int OUTER_STREAM = 1 << 16;

    @Override
    public List<Target> targets() {
        return List.of(new Target(twoSided ? -sigma : 0, 0), new Target(sigma, 0));
    }

    @Override
    public SortedMap<String, Target> surrogates() {
        SortedMap<String, Target> surrogates = new TreeMap<>();
        if (twoSided) {
            surrogates.put(Algorithm.MINUS, targets().get(0));
        }
        surrogates.put(Algorithm.PLUS, targets().get(1));
        return surrogates;
    }

    @Override
    public List<Estimand> estimands() {
        return List.of(estimand());
    }

    /** The one estimand of the outer batch. */
    ValueGradient estimand() {
        return new ValueGradient(
                new Units(Purpose.TRAINING, OUTER_STREAM, units),
                0,
                new FollowerPair(0, 1, coupling),
                twoSided ? Combination.twoSided(sigma) : Combination.oneSided(sigma),
                Wanted.UPPER,
                counted);
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        return sampled(result.estimate(0));
    }

    /** The gradient of one estimand with its figures. */
    static Gradient sampled(BatchResult.Estimate estimate) {
        SortedMap<String, Double> measurements = new TreeMap<>();
        measurements.put("saturation", estimate.saturation());
        measurements.put("upperReturn", estimate.upperReturn());
        if (estimate.hasCoordinateErrors()) {
            measurements.put("largestCoordinateError", VectorMath.maxAbs(estimate.upperStandardErrors()));
        }
        return new Gradient(estimate.upperGradient(), estimate.upperStandardError(), measurements);
    }
}
