package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Role;
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
 * @param shared whether one set of trajectories serves both terms of the difference
 * @param units pairs of trajectories of the outer batch
 * @param counted whether the outer batch's transitions are counted
 * @param common whether both trajectories of a pair have the same random numbers
 */
record FirstOrder(double sigma, boolean twoSided, boolean shared, long units, boolean counted, boolean common)
        implements Method {

    /** With random numbers of their own for both trajectories of a pair. */
    FirstOrder(double sigma, boolean twoSided, boolean shared, long units, boolean counted) {
        this(sigma, twoSided, shared, units, counted, false);
    }

    /** Streams of outer batches lie above those of inner ones. */
    static final int OUTER_STREAM = 1 << 16;

    @Override
    public List<Target> targets() {
        return List.of(new Target(twoSided ? -sigma : 0, 0), new Target(sigma, 0));
    }

    @Override
    public int reported() {
        return twoSided ? 1 : 0;
    }

    @Override
    public List<Role> roles() {
        double firstWeight = twoSided ? 0.5 : 0;
        return List.of(role(firstWeight, 1 - firstWeight));
    }

    /** The difference of the two values, with these weights of the upper objective. */
    Role.Gradient role(double firstWeight, double secondWeight) {
        double scale = twoSided ? 1 / (2 * sigma) : 1 / sigma;
        return new Role.Gradient(
                Purpose.TRAINING,
                OUTER_STREAM,
                units,
                0,
                0,
                1,
                scale,
                firstWeight,
                secondWeight,
                shared,
                true,
                false,
                counted,
                common);
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        return sampled(result.role(0));
    }

    /** The gradient of one role with its figures. */
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
