package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.PairLossGradient;
import io.stackel.estimate.Wanted;
import io.stackel.math.Tensor;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.PairObjective;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProblem;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The labelled pairs that a run keeps, in its state: {@code pairs} [n, 2, L] cells, or [n, 2, L, d] numbers of steps, {@code labels} [n], and {@code labelled},
 * the number of labels that were taken so far, of pairs that are kept or not.
 */
record PairBuffer(PreferenceProblem problem) {

    private static final String PAIRS = "pairs";
    private static final String LABELS = "labels";
    private static final String LABELLED = "labelled";

    /** Whether pairs were gathered, or it was found that there are none to begin with. */
    static boolean isOpen(State state) {
        return state.has(LABELLED);
    }

    /** The number of labels that were taken so far. */
    static long labelled(State state) {
        return isOpen(state) ? state.whole(LABELLED)[0] : 0;
    }

    /** The pairs that a state keeps. */
    PreferencePairs of(State state) {
        double[] steps =
                numbered() ? Arrays.stream(state.whole(PAIRS)).asDoubleStream().toArray() : state.real(PAIRS);
        return new PreferencePairs(length(), problem.stepSize(), steps, state.real(LABELS));
    }

    /** The tensors of pairs. */
    SortedMap<String, Tensor> tensors(PreferencePairs pairs, long labelled) {
        SortedMap<String, Tensor> tensors = new TreeMap<>(counter(labelled));
        tensors.put(
                PAIRS,
                numbered()
                        ? new Tensor.Whole(
                                Arrays.stream(pairs.cells()).asLongStream().toArray(), pairs.size(), 2, length())
                        : new Tensor.Real(pairs.steps(), pairs.size(), 2, length(), problem.stepSize()));
        tensors.put(LABELS, Tensor.of(pairs.labels()));
        return tensors;
    }

    /** The tensor of the count alone. */
    static Map<String, Tensor> counter(long labelled) {
        return Map.of(LABELLED, Tensor.of(labelled));
    }

    /** Whether a step is the number of its cell. */
    private boolean numbered() {
        return problem.as(FiniteProblem.class).isPresent();
    }

    private int length() {
        return problem.pairs().segmentLength();
    }

    /** What a state keeps, and then the pairs of an estimate, of all of which the latest stay. */
    PreferencePairs with(State state, BatchResult.Estimate fresh) {
        return of(state).followedBy(fresh.pairs(), problem.protocol().keptPairs());
    }

    /**
     * The mean loss on pairs, 0 without pairs.
     *
     * @param gradientInto receives the gradient in x, which is added
     */
    double loss(PreferencePairs pairs, double[] x, double[] gradientInto) {
        return pairs.size() == 0 ? 0 : problem.addMeanLoss(new DenseVector(x), pairs, gradientInto);
    }

    /**
     * New pairs of one follower, to be kept, and if wanted the gradient of their loss in its parameters.
     *
     * @param baseline the loss that pairs are expected to have
     * @param counted whether their transitions are counted
     */
    Estimand draw(int stream, long pairs, int follower, Wanted wanted, double baseline, boolean counted) {
        return new PairLossGradient(
                Method.objective(stream, pairs, follower, wanted, counted),
                problem.pairs(),
                problem.objective().ofModel(),
                baseline,
                problem.stepSize(),
                PairLossGradient.NO_REFERENCE);
    }

    /**
     * New pairs of a follower, second, and a reference, first, to be kept, and if wanted the gradient of minus the share of
     * those in which the follower's is preferred.
     *
     * @param reference position of the reference
     */
    Estimand drawWins(int stream, int follower, int reference, Wanted wanted, double baseline, boolean counted) {
        return new PairLossGradient(
                Method.objective(stream, problem.protocol().newPairs(), follower, wanted, counted),
                problem.pairs(),
                PairObjective.WIN_RATE,
                baseline,
                problem.stepSize(),
                reference);
    }

    /** The new pairs of an iteration. */
    Estimand drawNew(int stream, int follower, Wanted wanted, double baseline, boolean counted) {
        return draw(stream, problem.protocol().newPairs(), follower, wanted, baseline, counted);
    }

    /** The tensors with the new pairs of an iteration, which took so many other labels. */
    SortedMap<String, Tensor> kept(State state, BatchResult.Estimate fresh, long otherLabels) {
        long taken = Math.multiplyExact(
                (long) problem.objective().labels(), problem.protocol().newPairs());
        return tensors(with(state, fresh), labelled(state) + taken + otherLabels);
    }

    /** The gradient of the mean loss on pairs; it has no standard error, since old pairs are not drawn anew. */
    Method.Gradient gradient(PreferencePairs pairs, double[] x) {
        double[] gradient = new double[x.length];
        SortedMap<String, Double> measurements = new TreeMap<>();
        measurements.put("lossOnPairs", loss(pairs, x, gradient));
        return new Method.Gradient(gradient, 0, measurements);
    }
}
