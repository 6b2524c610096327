package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One bilevel method inside the frame of {@link TwoLevel}: which followers it tracks, what it samples in the outer batch,
 * and which gradient that gives.
 */
interface Method {

    /** Streams of outer batches lie above those of inner ones. */
    int OUTER_STREAM = 1 << 16;

    /** The followers that the outer batch needs, at least one, by default the best response; the lower level may track more behind them. */
    default List<Target> targets() {
        return List.of(Target.BEST_RESPONSE);
    }

    /** What the follower does about x: it is reported, evaluated and exported, whether it is one of the targets or not. */
    default Target response() {
        return Target.BEST_RESPONSE;
    }

    /** Further targets that are exported, by name. */
    default SortedMap<String, Target> surrogates() {
        return new TreeMap<>();
    }

    /**
     * The estimands of the outer batch, by default none; followers are numbered as in {@link #targets}, then {@link #ownFollowers} in the order
     * of their names.
     */
    default List<Estimand> estimands(State state) {
        return List.of();
    }

    /** The gradient of one follower's upper objective, minus a return, for an outer batch. */
    static ValueGradient objective(int stream, long units, int follower, Wanted wanted, boolean counted) {
        return new ValueGradient(
                new Units(Purpose.TRAINING, stream, units),
                0,
                FollowerPair.alone(follower),
                Combination.upperObjective(),
                wanted,
                counted);
    }

    /** A target's follower as the outer batch needs it, by default with baselines at most. */
    default Follower ofOuter(LowerSolver solver, State state, Follower follower, int context) {
        return follower;
    }

    /** The gradient of the upper variable, without the terms in x alone, from the outer batch: by default its first estimate. */
    default Gradient gradient(Frame frame, State state, BatchResult result) {
        return Gradient.of(result.estimate(0));
    }

    /** Whether the upper variable moves. */
    default boolean movesUpper() {
        return true;
    }

    /** The factor of the upper step size in an iteration. */
    default double upperDecay(long iteration) {
        return 1;
    }

    /** Whether the upper variable's optimiser takes steps; if not, the gradient is not used. */
    default boolean stepsUpper() {
        return movesUpper();
    }

    /** The policy of a penalty method, which moves along with x. */
    default Optional<PenalisedPolicy> penalised() {
        return Optional.empty();
    }

    /** The parameters of further policies, which the method moves itself, by name. */
    default SortedMap<String, double[]> ownFollowers(State state, int context) {
        SortedMap<String, double[]> own = new TreeMap<>();
        penalised().ifPresent(policy -> own.put(Algorithm.PENALISED, policy.parameters(state, context)));
        return own;
    }

    /** The method's own tensors after an outer step, and {@code upper} if it moves x itself. */
    default Map<String, Tensor> ownStep(Frame frame, State state, BatchResult result) {
        return penalised()
                .map(policy -> policy.step(frame, state, result, frame.context(state.iteration())))
                .orElse(Map.of());
    }

    /** The method's own tensors at the start. */
    default Map<String, Tensor> ownInit(Frame frame) {
        return penalised().map(policy -> policy.init(frame)).orElse(Map.of());
    }

    /**
     * A gradient with its standard error.
     *
     * @param values length of the upper variable; empty where there is no gradient
     * @param standardError of the sampling alone; 0 for an exact gradient
     * @param measurements further figures by name
     */
    record Gradient(double[] values, double standardError, SortedMap<String, Double> measurements) {

        /** Without further figures. */
        Gradient(double[] values, double standardError) {
            this(values, standardError, new TreeMap<>());
        }

        /** The gradient of one estimand with its figures. */
        static Gradient of(BatchResult.Estimate estimate) {
            SortedMap<String, Double> measurements = new TreeMap<>();
            measurements.put("saturation", estimate.saturation());
            measurements.put("upperReturn", estimate.upperReturn());
            if (estimate.hasCoordinateErrors()) {
                measurements.put("largestCoordinateError", VectorMath.maxAbs(estimate.upperStandardErrors()));
            }
            return new Gradient(estimate.upperGradient(), estimate.upperStandardError(), measurements);
        }
    }
}
