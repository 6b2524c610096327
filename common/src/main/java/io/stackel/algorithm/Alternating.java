package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.PairLossGradient;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.math.Tensor;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProblem;
import io.stackel.random.Purpose;
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
    public List<Estimand> estimands() {
        return problem.protocol().newPairs() == 0
                ? List.of()
                : List.of(newPairs(problem, 0, FirstOrder.OUTER_STREAM, false, 0, counted));
    }

    /** The new pairs of an iteration by one follower, to be kept, and if wanted the gradient of their loss in theta. */
    static Estimand newPairs(
            PreferenceProblem problem,
            int follower,
            int stream,
            boolean lowerGradient,
            double baseline,
            boolean counted) {
        ValueGradient terms = new ValueGradient(
                new Units(Purpose.TRAINING, stream, problem.protocol().newPairs()),
                0,
                FollowerPair.alone(follower),
                Combination.upperObjective(),
                lowerGradient ? Wanted.LOWER : Wanted.NEITHER,
                counted);
        return new PairLossGradient(terms, problem.pairs(), baseline, problem.stepSize());
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        PairBuffer buffer = new PairBuffer(problem);
        boolean drawn = problem.protocol().newPairs() > 0;
        return ofPairs(buffer, drawn ? buffer.with(state, result.estimate(0)) : buffer.of(state), state.real("upper"));
    }

    /** The gradient of the mean loss on kept pairs; it has no standard error, since old pairs are not drawn anew. */
    static Gradient ofPairs(PairBuffer buffer, PreferencePairs pairs, double[] x) {
        double[] gradient = new double[x.length];
        SortedMap<String, Double> measurements = new TreeMap<>();
        measurements.put("lossOnPairs", buffer.loss(pairs, x, gradient));
        return new Gradient(gradient, 0, measurements);
    }

    @Override
    public SortedMap<String, Tensor> ownStep(Frame frame, LowerSolver solver, State state, BatchResult result) {
        return problem.protocol().newPairs() == 0 ? new TreeMap<>() : kept(problem, state, result.estimate(0));
    }

    /** The buffer's tensors with new pairs. */
    static SortedMap<String, Tensor> kept(PreferenceProblem problem, State state, BatchResult.Estimate fresh) {
        PairBuffer buffer = new PairBuffer(problem);
        long labelled = PairBuffer.labelled(state) + problem.protocol().newPairs();
        return buffer.tensors(buffer.with(state, fresh), labelled);
    }
}
