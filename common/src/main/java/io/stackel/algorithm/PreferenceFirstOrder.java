package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.PairLossGradient;
import io.stackel.estimate.ValueGradient;
import io.stackel.math.Tensor;
import io.stackel.problem.PreferenceProblem;
import java.util.List;
import java.util.SortedMap;

/**
 * The first-order hypergradient with the loss on pairs as the upper objective, theta_k the maximiser of J - k f: every
 * trajectory of {@link FirstOrder} becomes a pair, and every pair is labelled when it is drawn.
 *
 * @param terms the same for a return
 * @param lowerLabels labels that an iteration's inner batches take
 */
record PreferenceFirstOrder(PreferenceProblem problem, FirstOrder terms, long lowerLabels) implements Method {

    /** The loss of a reward that tells nothing. */
    static final double INDIFFERENCE = StrictMath.log(2);

    /** The estimand of pairs for one of trajectories. */
    static Estimand ofPairs(PreferenceProblem problem, ValueGradient terms) {
        return new PairLossGradient(terms, problem.pairs(), INDIFFERENCE, 0);
    }

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
        return terms.estimands().stream()
                .map(estimand -> ofPairs(problem, (ValueGradient) estimand))
                .toList();
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        return terms.gradient(frame, state, result);
    }

    @Override
    public SortedMap<String, Tensor> ownStep(Frame frame, LowerSolver solver, State state, BatchResult result) {
        long outer = 2 * terms.units();
        return PairBuffer.counter(PairBuffer.labelled(state) + lowerLabels + outer);
    }
}
