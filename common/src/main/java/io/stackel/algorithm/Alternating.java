package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Wanted;
import io.stackel.math.Tensor;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.Settings;
import java.util.List;
import java.util.Map;

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

    static Algorithm of(Setup setup, Settings settings) {
        PreferenceProblem problem = PreferenceOpening.problem(setup);
        Frame frame = new Frame(setup);
        Method method = new Alternating(problem, setup.countsTransitions());
        return new PreferenceOpening(frame, problem, method, LowerLevels.of(frame, method.targets()));
    }

    private boolean draws() {
        return problem.protocol().newPairs() > 0;
    }

    @Override
    public List<Estimand> estimands(State state) {
        return draws()
                ? List.of(new PairBuffer(problem).drawNew(OUTER_STREAM, 0, Wanted.NEITHER, 0, counted))
                : List.of();
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        PairBuffer buffer = new PairBuffer(problem);
        PreferencePairs pairs = draws() ? buffer.with(state, result.estimate(0)) : buffer.of(state);
        return buffer.gradient(pairs, state.real("upper"));
    }

    @Override
    public Map<String, Tensor> ownStep(Frame frame, State state, BatchResult result) {
        return draws() ? new PairBuffer(problem).kept(state, result.estimate(0), 0) : Map.of();
    }
}
