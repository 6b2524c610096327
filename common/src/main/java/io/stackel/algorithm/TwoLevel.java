package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The frame that all methods share: K inner batches that move the followers, then one outer batch that moves the upper
 * variable. The gradient is evaluated at the policies that drew the batch; only then the followers learn from it.
 */
final class TwoLevel implements Algorithm {

    private final Frame frame;
    private final Method method;
    private final LowerSolver solver;

    TwoLevel(Frame frame, Method method, LowerSolver solver) {
        this.frame = frame;
        this.method = method;
        this.solver = solver;
    }

    @Override
    public State init() {
        double[] x = frame.start();
        SortedMap<String, Tensor> tensors = frame.setup().upper().init(x.length);
        tensors.put("upper", Tensor.of(x));
        tensors.putAll(solver.init(x));
        tensors.putAll(method.ownInit(frame));
        return new State(0, 0, 0, 0, 0, tensors);
    }

    @Override
    public BatchRequest request(State state) {
        List<Estimand> estimands = isInner(state) ? solver.estimands(state) : method.estimands(state);
        Setup.SamplingRule sampling = frame.setup().sampling();
        return new BatchRequest(
                frame.setup().seed(),
                state.iteration(),
                isInner(state) ? solver.address(state) : state.phase(),
                context(state),
                sampling.horizon(),
                sampling.unitsPerChunk(),
                sampling.traceDecay(),
                sampling.diagonalMoments(),
                estimands.isEmpty() ? List.of() : uppers(state),
                estimands.isEmpty() ? List.of() : followers(state),
                estimands);
    }

    private boolean isInner(State state) {
        return state.phase() < solver.innerBatches();
    }

    private List<double[]> uppers(State state) {
        List<double[]> uppers = new ArrayList<>();
        for (Target target : solver.targets()) {
            uppers.add(frame.upperOf(target, state.real("upper"), state.iteration()));
        }
        return uppers;
    }

    private List<Follower> followers(State state) {
        List<Follower> followers = new ArrayList<>();
        int context = context(state);
        for (int i = 0; i < solver.targets().size(); i++) {
            followers.add(solver.follower(state, i, context));
        }
        if (isInner(state)) {
            followers.addAll(solver.innerFollowers(state, context));
            return followers;
        }
        for (double[] parameters : method.ownFollowers(state, context).values()) {
            followers.add(solver.withBaselines(state, state.real("upper"), parameters, context));
        }
        return followers;
    }

    @Override
    public Progress step(State state, BatchResult result) {
        return isInner(state) ? innerStep(state, result) : outerStep(state, result);
    }

    private Progress innerStep(State state, BatchResult result) {
        State next = state.afterInner(solver.samples(state, result), solver.innerStep(state, result));
        return new Progress(next, new TreeMap<>());
    }

    private Progress outerStep(State state, BatchResult result) {
        Method.Gradient gradient = method.gradient(frame, state, result);
        double[] direction = gradient.values().clone();
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        if (method.stepsUpper()) {
            frame.addUpperTerm(state.real("upper"), direction);
            tensors.putAll(frame.setup().upper().step(state, direction));
        } else {
            tensors.put("upper", Tensor.of(state.real("upper")));
        }
        double[] nextUpper = ((Tensor.Real) tensors.get("upper")).values();
        tensors.putAll(method.ownStep(frame, solver, state, result));
        tensors.putAll(solver.afterOuter(state.with(tensors), result, nextUpper));
        SortedMap<String, Double> measurements = new TreeMap<>(gradient.measurements());
        measurements.put("gradientNorm", VectorMath.norm(direction));
        measurements.put("gradientStandardError", gradient.standardError());
        return new Progress(state.afterOuter(result.steps(), tensors), measurements);
    }

    @Override
    public double[] upper(State state) {
        return state.real("upper");
    }

    @Override
    public double[] follower(State state, int context) {
        return solver.response(state, method.response(), context);
    }

    @Override
    public SortedMap<String, double[]> surrogates(State state, int context) {
        SortedMap<String, double[]> surrogates = new TreeMap<>(method.ownFollowers(state, context));
        method.surrogates().forEach((name, target) -> surrogates.put(name, solver.response(state, target, context)));
        return surrogates;
    }

    @Override
    public boolean movesUpper() {
        return method.movesUpper();
    }

    @Override
    public int context(State state) {
        return frame.context(state.iteration());
    }
}
