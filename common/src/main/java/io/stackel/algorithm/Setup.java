package io.stackel.algorithm;

import io.stackel.estimate.ChunkEvaluator;
import io.stackel.math.Tensor;
import io.stackel.optim.Adam;
import io.stackel.optim.Clipping;
import io.stackel.optim.Optimizer;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.policy.Policy;
import io.stackel.policy.ValueNetwork;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.TrajectoryProblem;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

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

    @Override
    public Setup withUpperUnits(long units) {
        return new Setup(problem, policy, seed, upper.withUnits(units), lower, sampling, critic);
    }

    /** Whether transitions are counted, from which the lower level learns. */
    boolean countsTransitions() {
        return !lower.planned()
                && problem.as(FiniteProblem.class).isPresent()
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

        /** The same rule with the step size times a factor. */
        UpperRule scaled(double factor) {
            return new UpperRule(optimizer, schedule, factor * stepSize, clipNorm, projection, units);
        }

        /** The same rule with another number of units. */
        UpperRule withUnits(long count) {
            return new UpperRule(optimizer, schedule, stepSize, clipNorm, projection, count);
        }

        /** The tensors before the first step from x: {@code upper} and the optimiser's. */
        public SortedMap<String, Tensor> init(double[] x) {
            return iterate().init(x);
        }

        private Iterate iterate() {
            return new Iterate("upper", "upper.", optimizer);
        }

        /**
         * The tensors after a step from x, which is the state's tensor {@code upper}: the new {@code upper} and the optimiser's.
         *
         * @param gradient of what is minimised, at x, length m
         */
        public SortedMap<String, Tensor> step(State state, double[] gradient) {
            double[] clipped = clipNorm.isPresent() ? Clipping.byNorm(gradient, clipNorm.getAsDouble()) : gradient;
            return iterate().step(state, clipped, schedule.at(stepSize, state.iteration()), projection::projectInPlace);
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
            double tolerance) {

        /** The optimiser of gradient steps. */
        Optimizer optimizer() {
            return step == LowerStep.ADAM ? new Adam() : new Sgd();
        }
    }

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
}
