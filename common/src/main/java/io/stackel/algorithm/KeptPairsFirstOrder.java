package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.problem.PreferenceProblem;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The first-order hypergradient for preferences in spaces too large for tables, where labels have to last: the pairs that are
 * kept stand in {@code grad_x f}, as in {@link Alternating}, and trajectories of the two followers give what is bilevel,
 *
 * <pre>
 *   grad Phi ~ gradient of the mean loss on kept pairs  +  ( grad_x J(x, first) - grad_x J(x, second) ) / sigma or / (2 sigma)
 * </pre>
 *
 * <p>with the followers of {@link FirstOrder}, maximisers of J - k f, which learn from labelled pairs of their own. New pairs
 * are played by the best response, of which the mean of both f is one up to sigma squared.
 *
 * @param terms the same for a return
 * @param player the number of the best response among the followers
 * @param lowerLabels labels that an iteration's inner batches take
 */
record KeptPairsFirstOrder(PreferenceProblem problem, FirstOrder terms, int player, long lowerLabels)
        implements Method {

    @Override
    public List<Target> targets() {
        return terms.targets();
    }

    @Override
    public SortedMap<String, Target> surrogates() {
        return terms.surrogates();
    }

    @Override
    public List<Estimand> estimands() {
        return List.of(
                terms.estimand().ofLowerLevel(),
                Alternating.newPairs(problem, player, FirstOrder.OUTER_STREAM + 1, false, 0, false));
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        PairBuffer buffer = new PairBuffer(problem);
        Gradient pairs = Alternating.ofPairs(buffer, buffer.with(state, result.estimate(1)), state.real("upper"));
        BatchResult.Estimate difference = result.estimate(0);
        double[] total = pairs.values().clone();
        VectorMath.addScaled(1, difference.upperGradient(), total);
        SortedMap<String, Double> measurements = new TreeMap<>(pairs.measurements());
        measurements.put("saturation", difference.saturation());
        measurements.put("bilevelNorm", VectorMath.norm(difference.upperGradient()));
        return new Gradient(total, difference.upperStandardError(), measurements);
    }

    @Override
    public SortedMap<String, Tensor> ownStep(Frame frame, LowerSolver solver, State state, BatchResult result) {
        SortedMap<String, Tensor> tensors = Alternating.kept(problem, state, result.estimate(1));
        long labelled = PairBuffer.labelled(state) + problem.protocol().newPairs() + lowerLabels;
        tensors.putAll(PairBuffer.counter(labelled));
        return tensors;
    }
}
