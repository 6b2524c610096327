package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
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
 * Goes before an algorithm that learns from preferences: one batch of pairs by the uniform policy, or the pairs that came
 * with the problem, and then the warm-up of the reward model, one step of the upper optimiser on the mean loss of all these
 * pairs an epoch. The step belongs to iteration 0.
 */
final class PreferenceOpening implements Algorithm {

    private static final int STREAM = 2 * Difference.OUTER_STREAM;

    private final Frame frame;
    private final PreferenceProblem problem;
    private final PairBuffer buffer;
    private final LowerSolver solver;
    private final Algorithm rest;

    /**
     * Puts the first pairs before an algorithm.
     *
     * @param solver of the algorithm, whose followers are brought to the warmed-up reward
     * @param rest the algorithm
     */
    PreferenceOpening(Frame frame, PreferenceProblem problem, LowerSolver solver, Algorithm rest) {
        this.frame = frame;
        this.problem = problem;
        this.solver = solver;
        this.rest = rest;
        buffer = new PairBuffer(problem);
    }

    @Override
    public State init() {
        return rest.init();
    }

    @Override
    public BatchRequest request(State state) {
        if (PairBuffer.isOpen(state)) {
            return rest.request(state);
        }
        Setup.SamplingRule sampling = frame.setup().sampling();
        int pairs = problem.given().size() > 0 ? 0 : problem.protocol().initialPairs();
        return new BatchRequest(
                frame.setup().seed(),
                state.iteration(),
                state.phase(),
                0,
                sampling.horizon(),
                sampling.unitsPerChunk(),
                BatchRequest.ALL_RESIDUALS,
                sampling.diagonalMoments(),
                List.of(state.real("upper")),
                List.of(Follower.plain(frame.setup().policy().uniform())),
                pairs == 0 ? List.of() : List.of(estimand(pairs)));
    }

    private Estimand estimand(int pairs) {
        ValueGradient terms = new ValueGradient(
                new Units(Purpose.TRAINING, STREAM, pairs),
                0,
                FollowerPair.alone(0),
                Combination.upperObjective(),
                Wanted.NEITHER,
                frame.setup().countsTransitions());
        return new PairLossGradient(terms, problem.pairs(), 0, problem.stepSize());
    }

    @Override
    public Progress step(State state, BatchResult result) {
        if (PairBuffer.isOpen(state)) {
            return rest.step(state, result);
        }
        boolean drawn = result.steps() > 0;
        PreferencePairs all = drawn ? result.estimate(0).pairs() : problem.given();
        PreferencePairs kept = PreferencePairs.none(all.segmentLength(), all.stepSize())
                .followedBy(all, problem.protocol().keptPairs());
        State warm = warmedUp(state.with(buffer.tensors(kept, all.size())), kept);
        SortedMap<String, Tensor> learnt = solver.afterOuter(warm, result, warm.real("upper"));
        State next = new State(
                state.step() + 1,
                state.iteration(),
                state.phase(),
                state.lowerSamples(),
                state.upperSamples() + result.steps(),
                warm.tensors());
        SortedMap<String, Double> measurements = new TreeMap<>();
        measurements.put("lossOnPairs", buffer.loss(kept, warm.real("upper"), new double[problem.upperSize()]));
        return new Progress(next.with(learnt), measurements);
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

    @Override
    public double[] upper(State state) {
        return rest.upper(state);
    }

    @Override
    public double[] follower(State state, int context) {
        return rest.follower(state, context);
    }

    @Override
    public SortedMap<String, double[]> surrogates(State state, int context) {
        return rest.surrogates(state, context);
    }

    @Override
    public boolean movesUpper() {
        return rest.movesUpper();
    }

    @Override
    public int context(State state) {
        return rest.context(state);
    }
}
