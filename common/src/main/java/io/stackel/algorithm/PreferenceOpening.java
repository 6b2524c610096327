package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Follower;
import io.stackel.estimate.Wanted;
import io.stackel.math.Tensor;
import io.stackel.problem.PairObjective;
import io.stackel.problem.PreferencePairs;
import io.stackel.problem.PreferenceProblem;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What goes before a method that learns from preferences: one batch of pairs by the uniform policy, or the pairs that came
 * with the problem, and then the warm-up of the reward model, one step of the upper optimiser on the mean loss of all these
 * pairs an epoch. The step belongs to iteration 0.
 */
final class PreferenceOpening extends TwoLevel {

    private static final int STREAM = 2 * Method.OUTER_STREAM;

    private final PreferenceProblem problem;
    private final PairBuffer buffer;

    /**
     * Puts the first pairs before a method.
     *
     * @param solver whose followers are brought to the warmed-up reward
     */
    PreferenceOpening(Frame frame, PreferenceProblem problem, Method method, LowerSolver solver) {
        super(frame, method, solver);
        this.problem = problem;
        buffer = new PairBuffer(problem);
    }

    /** The problem, whose segments end within the horizon. */
    static PreferenceProblem problem(Setup setup) {
        PreferenceProblem problem = setup.problem().as(PreferenceProblem.class).orElseThrow();
        int steps = problem.pairs().steps();
        int horizon = setup.sampling().horizon();
        MisfitException.require(
                horizon >= steps,
                "sampling.horizon",
                "sampling.horizon must be at least " + steps + ", where the last segment ends, but was " + horizon);
        return problem;
    }

    @Override
    public BatchRequest request(State state) {
        if (PairBuffer.isOpen(state)) {
            return super.request(state);
        }
        int pairs = problem.given().size() > 0 ? 0 : problem.protocol().initialPairs();
        boolean counted = frame.setup().countsTransitions();
        return frame.given()
                .request(
                        state,
                        List.of(state.real("upper")),
                        List.of(Follower.plain(frame.setup().policy().uniform())),
                        pairs == 0 ? List.of() : List.of(buffer.draw(STREAM, pairs, 0, Wanted.NEITHER, 0, counted)));
    }

    @Override
    public Progress step(State state, BatchResult result) {
        if (PairBuffer.isOpen(state)) {
            return super.step(state, result);
        }
        boolean drawn = result.steps() > 0;
        PreferencePairs all = drawn ? result.estimate(0).pairs() : problem.given();
        PreferencePairs kept = PreferencePairs.none(all.segmentLength(), all.stepSize())
                .followedBy(all, problem.protocol().keptPairs());
        long labels = drawn ? Math.multiplyExact((long) problem.objective().labels(), all.size()) : all.size();
        State warm = warmedUp(state.with(buffer.tensors(kept, labels)), kept);
        Map<String, Tensor> learnt = solver.afterOuter(warm, result, warm.real("upper"));
        State next = new State(
                state.step() + 1,
                state.iteration(),
                state.phase(),
                state.lowerSamples(),
                state.upperSamples() + result.steps(),
                warm.tensors());
        SortedMap<String, Double> measurements = new TreeMap<>();
        measurements.put("lossOnPairs", buffer.loss(kept, warm.real("upper"), new double[problem.upperSize()]));
        return new Progress(withReference(next.with(learnt)), measurements);
    }

    /** The state with the reference of a win-rate, which is the best response to the first reward, in {@code reference}. */
    private State withReference(State state) {
        return problem.objective() == PairObjective.WIN_RATE
                ? state.with(Map.of(REFERENCE, Tensor.of(solver.solved(state, 0).clone())))
                : state;
    }

    /** The reference of a state by its name, if there is one. */
    static SortedMap<String, double[]> reference(State state) {
        SortedMap<String, double[]> reference = new TreeMap<>();
        if (state.has(REFERENCE)) {
            reference.put(REFERENCE, state.real(REFERENCE));
        }
        return reference;
    }

    @Override
    public SortedMap<String, double[]> surrogates(State state, int context) {
        SortedMap<String, double[]> surrogates = super.surrogates(state, context);
        surrogates.putAll(reference(state));
        return surrogates;
    }

    private State warmedUp(State state, PreferencePairs pairs) {
        State warm = state;
        for (int epoch = 0; epoch < problem.protocol().warmUpEpochs() && pairs.size() > 0; epoch++) {
            double[] x = warm.real("upper");
            double[] gradient = new double[x.length];
            buffer.loss(pairs, x, gradient);
            frame.addUpperTerm(x, gradient);
            warm = warm.with(frame.setup().upper().step(warm, gradient));
        }
        return warm;
    }
}
