package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The first-order Hessian-free hypergradient, sigma = 1 / penaltyWeight, from values of the lower level at two followers:
 *
 * <pre>
 *   one-sided:  grad_x f(theta_sigma) + ( grad_x J(theta_0) - grad_x J(theta_sigma) ) / sigma                bias O(sigma)
 *   two-sided:  mean of grad_x f(theta_-sigma), grad_x f(theta_sigma)
 *               + ( grad_x J(theta_-sigma) - grad_x J(theta_sigma) ) / (2 sigma)                            bias O(sigma^2)
 * </pre>
 *
 * <p>{@code first-order}: theta_k maximises {@code J - k f} and is tracked by the lower level.
 *
 * <p>{@code pbrl} with the value penalty {@code p = J(x, pihat) - J(x, theta)}: descent in (x, theta) on {@code f +
 * penaltyWeight p}, with pihat = theta_0 in the place of the best response. Its gradient in x is the one-sided form; only
 * how theta = theta_sigma is brought along differs: it takes one step in each outer batch ({@link PenalisedPolicy}).
 *
 * <p>Sources: Gaur et al., "On the sample complexity bounds in bilevel reinforcement learning", NeurIPS 2025; Kwon et al.,
 * ICLR 2024 (one-sided); Shen, Yang and Chen, "Principled penalty-based methods for bilevel reinforcement learning and
 * RLHF", JMLR 26(114), 2025 (value penalty). The two-sided form and the shared trajectories are this project's.
 *
 * @param sigma above 0
 * @param twoSided which form
 * @param coupling of the two trajectories that a pair has, one of each term of the difference
 * @param units pairs of trajectories of the outer batch
 * @param counted whether the outer batch's transitions are counted
 * @param objective how f enters
 * @param penalised theta of a penalty method, one-sided; empty where the lower level tracks both followers
 */
record Difference(
        double sigma,
        boolean twoSided,
        Coupling coupling,
        long units,
        boolean counted,
        ObjectiveTerms objective,
        Optional<PenalisedPolicy> penalised)
        implements Method {

    /** Streams of outer batches lie above those of inner ones. */
    static final int OUTER_STREAM = 1 << 16;

    @Override
    public List<Target> targets() {
        return penalised.isPresent() ? List.of(Target.BEST_RESPONSE) : List.of(first(), second());
    }

    private Target first() {
        return new Target(twoSided ? -sigma : 0, 0);
    }

    private Target second() {
        return new Target(sigma, 0);
    }

    @Override
    public SortedMap<String, Target> surrogates() {
        SortedMap<String, Target> surrogates = new TreeMap<>();
        if (twoSided) {
            surrogates.put(Algorithm.MINUS, first());
        }
        if (penalised.isEmpty()) {
            surrogates.put(Algorithm.PLUS, second());
        }
        return surrogates;
    }

    @Override
    public List<Estimand> estimands(State state) {
        return objective.estimands(
                new ValueGradient(
                        new Units(Purpose.TRAINING, OUTER_STREAM, units),
                        0,
                        new FollowerPair(0, 1, coupling),
                        twoSided ? Combination.twoSided(sigma) : Combination.oneSided(sigma),
                        penalised.isPresent() ? Wanted.BOTH : Wanted.UPPER,
                        counted),
                state);
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        return objective.gradient(state, result);
    }

    @Override
    public SortedMap<String, Tensor> ownStep(Frame frame, LowerSolver solver, State state, BatchResult result) {
        SortedMap<String, Tensor> tensors = objective.kept(state, result);
        tensors.putAll(Method.super.ownStep(frame, solver, state, result));
        return tensors;
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
