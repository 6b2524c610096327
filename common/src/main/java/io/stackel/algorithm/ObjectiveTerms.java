package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.PairLossGradient;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.math.Statistics;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.problem.PairObjective;
import io.stackel.problem.PreferenceProblem;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the upper objective f enters a first-order hypergradient, beside the difference of values of the lower level. */
interface ObjectiveTerms {

    /**
     * What an outer batch estimates.
     *
     * @param terms difference of J and gradients of f, where f is minus a return
     */
    default List<Estimand> estimands(ValueGradient terms, State state) {
        return List.of(terms);
    }

    /** The gradient in x of f and the difference, without the terms in x alone. */
    default Method.Gradient gradient(State state, BatchResult result) {
        return Method.Gradient.of(result.estimate(0));
    }

    /** The gradient of the same in the parameters of the second follower. */
    default double[] inLower(BatchResult result) {
        return result.estimate(0).lowerGradient();
    }

    /** The gradient of a batch whose estimates are those of the difference and of new pairs. */
    private static double[] differenceAndPairs(BatchResult result) {
        double[] gradient = result.estimate(1).lowerGradient();
        VectorMath.addScaled(1, result.estimate(0).lowerGradient(), gradient);
        return gradient;
    }

    /** Further policies that the estimands need, by name, as {@link Method#ownFollowers}. */
    default SortedMap<String, double[]> followers(State state) {
        return new TreeMap<>();
    }

    /** What the state keeps of the batch. */
    default Map<String, Tensor> kept(State state, BatchResult result) {
        return Map.of();
    }

    /** Minus a return, or the likelihood of experts, whose gradient in x is zero at a fixed policy. */
    record OfReturn() implements ObjectiveTerms {}

    /**
     * The loss on pairs that are drawn and labelled in every batch and not kept: every trajectory becomes a pair.
     *
     * @param labels that an iteration takes, inner batches included
     */
    record OfFreshPairs(PreferenceProblem problem, long labels) implements ObjectiveTerms {

        /** The loss of a reward that tells nothing. */
        static final double INDIFFERENCE = StrictMath.log(2);

        /** The estimand of pairs for one of trajectories. */
        static Estimand ofPairs(PreferenceProblem problem, ValueGradient terms) {
            return new PairLossGradient(terms, problem.pairs(), INDIFFERENCE, 0);
        }

        @Override
        public List<Estimand> estimands(ValueGradient terms, State state) {
            return List.of(ofPairs(problem, terms));
        }

        @Override
        public Map<String, Tensor> kept(State state, BatchResult result) {
            return PairBuffer.counter(PairBuffer.labelled(state) + labels);
        }
    }

    /**
     * The loss on the pairs that a run keeps, which stand in {@code grad_x f} for new ones, so that labels last:
     *
     * <pre>
     *   x:      gradient of the mean loss on kept pairs  +  c ( grad_x J(first) - grad_x J(second) )
     *   theta:  gradient of the loss on new pairs of theta  -  c grad_theta J(second)
     * </pre>
     *
     * <p>Each iteration adds new pairs of one follower. The term through the policy, which makes the problem bilevel, needs
     * pairs of the present policy.
     *
     * @param player the follower that plays the new pairs
     * @param labels that the inner batches of an iteration take
     */
    record OfKeptPairs(PreferenceProblem problem, int player, long labels) implements ObjectiveTerms {

        @Override
        public List<Estimand> estimands(ValueGradient terms, State state) {
            boolean inLower = terms.wanted().lower();
            Wanted wanted = inLower ? Wanted.LOWER : Wanted.NEITHER;
            double expected = inLower ? expectedLoss(state) : 0;
            return List.of(
                    terms.ofLowerLevel(),
                    buffer().drawNew(Method.OUTER_STREAM + 1, player, wanted, expected, terms.counted()));
        }

        private PairBuffer buffer() {
            return new PairBuffer(problem);
        }

        /** What new pairs are expected to lose: what kept ones do, or nothing where the noise of labels is taken off. */
        private double expectedLoss(State state) {
            if (problem.objective() == PairObjective.EXCESS) {
                return 0;
            }
            double[] x = state.real("upper");
            return buffer().loss(buffer().of(state), x, new double[x.length]);
        }

        @Override
        public Method.Gradient gradient(State state, BatchResult result) {
            BatchResult.Estimate difference = result.estimate(0);
            BatchResult.Estimate fresh = result.estimate(1);
            Method.Gradient pairs = buffer().gradient(buffer().with(state, fresh), state.real("upper"));
            double[] total = pairs.values().clone();
            VectorMath.addScaled(1, difference.upperGradient(), total);
            SortedMap<String, Double> measurements = new TreeMap<>(pairs.measurements());
            measurements.put("saturation", difference.saturation());
            if (fresh.hasLowerGradient()) {
                measurements.put("lossOnNewPairs", -fresh.upperReturn());
            } else {
                measurements.put("bilevelNorm", VectorMath.norm(difference.upperGradient()));
            }
            return new Method.Gradient(total, difference.upperStandardError(), measurements);
        }

        @Override
        public double[] inLower(BatchResult result) {
            return differenceAndPairs(result);
        }

        @Override
        public Map<String, Tensor> kept(State state, BatchResult result) {
            return buffer().kept(state, result.estimate(1), labels);
        }
    }

    /**
     * Minus the probability of winning against the reference, with the loss on the pairs that a run keeps beside it, which are
     * pairs of both:
     *
     * <pre>
     *   x:      weight (gradient of the mean loss on kept pairs)  +  c ( grad_x J(first) - grad_x J(second) )
     *   theta:  gradient of minus the share of new pairs that are won  -  c grad_theta J(second)
     * </pre>
     *
     * <p>The first term of x is no part of f. A single label says little about f, so that x would wander by noise; all labels
     * together say where the reward model is nearly right.
     *
     * @param pairsWeight of the loss on kept pairs, at least 0
     */
    record OfWins(PreferenceProblem problem, double pairsWeight) implements ObjectiveTerms {

        private static final int PLAYER = 1;
        private static final int REFERENCE = 2;

        @Override
        public List<Estimand> estimands(ValueGradient terms, State state) {
            return List.of(
                    terms.ofLowerLevel(),
                    buffer().drawWins(
                                    Method.OUTER_STREAM + 1,
                                    PLAYER,
                                    REFERENCE,
                                    Wanted.LOWER,
                                    -won(state),
                                    terms.counted()));
        }

        private PairBuffer buffer() {
            return new PairBuffer(problem);
        }

        /** The mean label of the kept pairs, which new ones are expected to have; one half without pairs. */
        private double won(State state) {
            double[] labels = buffer().of(state).labels();
            return labels.length == 0 ? 0.5 : Statistics.mean(labels);
        }

        @Override
        public SortedMap<String, double[]> followers(State state) {
            return PreferenceOpening.reference(state);
        }

        @Override
        public Method.Gradient gradient(State state, BatchResult result) {
            BatchResult.Estimate difference = result.estimate(0);
            BatchResult.Estimate fresh = result.estimate(1);
            Method.Gradient pairs = buffer().gradient(buffer().with(state, fresh), state.real("upper"));
            double[] total = VectorMath.scaled(pairsWeight, pairs.values());
            VectorMath.addScaled(1, difference.upperGradient(), total);
            SortedMap<String, Double> measurements = new TreeMap<>(pairs.measurements());
            measurements.put("saturation", difference.saturation());
            measurements.put("winRateOnNewPairs", fresh.upperReturn());
            return new Method.Gradient(total, difference.upperStandardError(), measurements);
        }

        @Override
        public double[] inLower(BatchResult result) {
            return differenceAndPairs(result);
        }

        @Override
        public Map<String, Tensor> kept(State state, BatchResult result) {
            return buffer().kept(state, result.estimate(1), 0);
        }
    }
}
