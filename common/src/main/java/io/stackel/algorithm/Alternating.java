package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.math.Tensor;
import io.stackel.problem.PreferenceProblem;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The baseline that fits the reward to the pairs that it keeps and the policy to the reward in turn, as if the policy had no
 * part in which pairs there are: {@code grad_x f} alone, without the term through the policy. It is the only way to learn
 * where no new pairs are labelled.
 *
 * <p>Source: Christiano et al., "Deep reinforcement learning from human preferences", NeurIPS 2017.
 *
 * @param counted whether the transitions of the new pairs are counted
 */
record Alternating(PreferenceProblem problem, boolean counted) implements Method {

    @Override
    public List<Target> targets() {
        return List.of(Target.BEST_RESPONSE);
    }

    @Override
    public List<Estimand> estimands(State state) {
        return problem.protocol().newPairs() == 0
                ? List.of()
                : List.of(ObjectiveTerms.OfKeptPairs.newPairs(problem, 0, Difference.OUTER_STREAM, false, 0, counted));
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        PairBuffer buffer = new PairBuffer(problem);
        boolean drawn = problem.protocol().newPairs() > 0;
        return ObjectiveTerms.OfKeptPairs.ofPairs(
                buffer, drawn ? buffer.with(state, result.estimate(0)) : buffer.of(state), state.real("upper"));
    }

    @Override
    public SortedMap<String, Tensor> ownStep(Frame frame, LowerSolver solver, State state, BatchResult result) {
        return problem.protocol().newPairs() == 0
                ? new TreeMap<>()
                : ObjectiveTerms.OfKeptPairs.kept(problem, state, result.estimate(0), 0);
    }
}
