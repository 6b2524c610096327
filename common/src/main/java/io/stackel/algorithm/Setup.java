package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.math.Tensor;
import io.stackel.optim.Clipping;
import io.stackel.optim.Optimizer;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.policy.Policy;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.TrajectoryProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an algorithm is given for a problem of trajectories: the problem, the follower's policy, and how to step and
 * sample.
 *
 * @param seed of the run
 * @param critic how followers learn with values by networks; empty if they do not
 */
public record Setup(
        TrajectoryProblem problem,
        Policy policy,
        long seed,
        UpperRule upper,
        LowerRule lower,
        SamplingRule sampling,
        Optional<CriticRule> critic)
        implements ProblemSetup {

    /** Without values by networks. */
    public Setup(
            TrajectoryProblem problem,
            Policy policy,
            long seed,
            UpperRule upper,
            LowerRule lower,
            SamplingRule sampling) {
        this(problem, policy, seed, upper, lower, sampling, Optional.empty());
    }

    @Override
    public Optional<Setup> trajectories() {
        return Optional.of(this);
    }

    /** Whether transitions are counted, from which the lower level learns. */
    boolean countsTransitions() {
        return !lower.planned()
                && problem.tables().isPresent()
                && (lower.step() == LowerStep.NATURAL || sampling.fittedBaselines());
    }

    @Override
    public int contexts() {
        return problem.contexts();
    }

    @Override
    public ChunkEvaluator.Source source() {
        return new ChunkEvaluator.Source(problem, policy, critic.map(CriticRule::values));
    }

    /**
     * How followers learn with values by networks.
     *
     * @param values both baselines
     * @param stepSize of Adam in their parameters
     * @param epochs how often a batch is gone through
     * @param minibatches steps of one epoch
     * @param clip how far the ratio of new and old probabilities moves what a batch teaches; infinite for no bound
     * @param shared whether the two followers of a pair learn from the trajectories of both
     * @param schedule of the steps of policies and values over outer iterations
     */
    public record CriticRule(
            ValueNetwork values,
            double stepSize,
            int epochs,
            int minibatches,
            double clip,
            boolean shared,
            Schedule schedule) {}

    /**
     * How the upper variable moves: {@code x <- projection( x - step(clip(gradient)) )}.
     *
     * @param optimizer of the step
     * @param schedule of the step size over outer iterations
     * @param stepSize above 0
     * @param clipNorm largest norm of the gradient, if any
     * @param projection onto the admissible set
     * @param units of the outer batch
     */
    public record UpperRule(
            Optimizer optimizer,
            Schedule schedule,
            double stepSize,
            OptionalDouble clipNorm,
            Projection projection,
            long units) {

        private static final String PREFIX = "upper.";

        /** The same rule with the step size times a factor. */
        UpperRule scaled(double factor) {
            return new UpperRule(optimizer, schedule, factor * stepSize, clipNorm, projection, units);
        }

        /** The tensors of the optimiser before the first step. */
        public SortedMap<String, Tensor> init(int size) {
            return prefixed(PREFIX, optimizer.init(size));
        }

        /**
         * The tensors after a step from x, which is the state's tensor {@code upper}: the new {@code upper} and the optimiser's.
         *
         * @param gradient of what is minimised, at x, length m
         */
        public SortedMap<String, Tensor> step(State state, double[] gradient) {
            double[] clipped = clipNorm.isPresent() ? Clipping.byNorm(gradient, clipNorm.getAsDouble()) : gradient;
            Optimizer.Update update = optimizer.step(
                    stripped(PREFIX, state.tensors()),
                    state.real("upper"),
                    clipped,
                    schedule.at(stepSize, state.iteration()));
            double[] x = update.x();
            projection.projectInPlace(x);
            SortedMap<String, Tensor> tensors = prefixed(PREFIX, update.state());
            tensors.put("upper", Tensor.of(x));
            return tensors;
        }
    }

    /** How a follower's policy moves. */
    public enum LowerStep {
        /** Natural gradient: {@code theta <- (1 - stepSize) theta + stepSize Q / tau}, Q from counted transitions. */
        NATURAL,
        /** Plain policy gradient. */
        SGD,
        /** Policy gradient scaled by its moments. */
        ADAM
    }

    /**
     * How the lower level is solved between two outer steps.
     *
     * @param planned from the tables of a finite problem, to {@code tolerance}; otherwise from samples
     * @param innerSteps K: batches and steps between two outer steps
     * @param step of a policy
     * @param stepSize of a policy
     * @param units of an inner batch
     * @param exploration share of trajectories that explore and feed only the counts
     * @param tolerance of planning
     */
    public record LowerRule(
            boolean planned,
            int innerSteps,
            LowerStep step,
            double stepSize,
            long units,
            double exploration,
            double tolerance) {}

    /**
     * How trajectories are drawn and summed.
     *
     * @param horizon the longest trajectory
     * @param unitsPerChunk units of a chunk
     * @param fittedBaselines whether returns are replaced by residuals of values fitted on earlier batches
     * @param traceDecay how far scores are credited with later residuals, in [0, 1]; 1 is unbiased
     * @param diagonalMoments whether squares are summed by coordinate
     */
    public record SamplingRule(
            int horizon, int unitsPerChunk, boolean fittedBaselines, double traceDecay, boolean diagonalMoments) {

        /** Unbiased: scores are credited with all later residuals. */
        public SamplingRule(int horizon, int unitsPerChunk, boolean fittedBaselines, boolean diagonalMoments) {
            this(horizon, unitsPerChunk, fittedBaselines, 1, diagonalMoments);
        }
    }

    /** The context of an outer iteration, drawn uniformly. */
    public int context(long iteration) {
        return new Frame(this).context(iteration);
    }

    /**
     * The request for a state's batch, at the context of its iteration and at the address (iteration, phase), which no other
     * batch of the run has.
     *
     * @param uppers upper variables, each of length m
     * @param followers policies of the lower level
     * @param estimands which name uppers and followers by their positions; none for a step without samples
     */
    public BatchRequest request(
            State state, List<double[]> uppers, List<Follower> followers, List<Estimand> estimands) {
        return new BatchRequest(
                seed,
                state.iteration(),
                state.phase(),
                context(state.iteration()),
                sampling.horizon(),
                sampling.unitsPerChunk(),
                sampling.traceDecay(),
                sampling.diagonalMoments(),
                uppers,
                followers,
                estimands);
    }

    /** The tensors with {@code prefix} put before their names. */
    public static SortedMap<String, Tensor> prefixed(String prefix, Map<String, Tensor> tensors) {
        SortedMap<String, Tensor> result = new TreeMap<>();
        tensors.forEach((name, tensor) -> result.put(prefix + name, tensor));
        return result;
    }

    /** The tensors whose names start with {@code prefix}, without it. */
    public static SortedMap<String, Tensor> stripped(String prefix, SortedMap<String, Tensor> tensors) {
        SortedMap<String, Tensor> result = new TreeMap<>();
        tensors.tailMap(prefix).forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                result.put(name.substring(prefix.length()), tensor);
            }
        });
        return result;
    }
}
