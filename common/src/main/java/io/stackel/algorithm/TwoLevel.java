package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.problem.FiniteProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The frame that all methods share: K inner batches that move the followers, then one outer batch that moves the upper
 * variable. The gradient is evaluated at the policies that drew the batch; only then the followers learn from it.
 */
class TwoLevel implements Algorithm {

    final Frame frame;
    final LowerSolver solver;
    private final Method method;

    TwoLevel(Frame frame, Method method, LowerSolver solver) {
        this.frame = frame;
        this.method = method;
        this.solver = solver;
    }

    /** Followers of returns. */
    static Algorithm of(Setup setup, Method method) {
        return of(setup, method, method.targets());
    }

    static Algorithm of(Setup setup, Method method, List<Target> targets) {
        Frame frame = new Frame(setup);
        return new TwoLevel(frame, method, LowerLevels.of(frame, targets));
    }

    /** One follower that is planned on tables, whatever solver is configured. */
    static Algorithm planned(Setup setup, Method method, FiniteProblem problem) {
        Frame frame = new Frame(setup);
        KnownGame<ExactPoint> game = KnownGame.ofFollower(problem, false);
        return new TwoLevel(frame, method, new FollowerLower(frame, method.targets(), game));
    }

    /** Two players at the equilibrium. */
    static Algorithm ofPlayers(Setup setup, Method method) {
        Frame frame = new Frame(setup);
        KnownGame<ZeroSumPoint> game = LowerLevels.players(setup);
        return new TwoLevel(frame, method, new EquilibriumLower(frame, method.targets(), game));
    }

    @Override
    public State init() {
        double[] x = frame.start();
        SortedMap<String, Tensor> tensors = frame.given().upper().init(x);
        tensors.putAll(method.ownInit(frame));
        State start = new State(0, 0, 0, 0, 0, tensors);
        return start.with(solver.init(start));
    }

    @Override
    public BatchRequest request(State state) {
        List<Estimand> estimands = isInner(state) ? solver.estimands(state) : method.estimands(state);
        boolean empty = estimands.isEmpty();
        return frame.given()
                .request(
                        state,
                        isInner(state) ? solver.address(state) : state.phase(),
                        context(state),
                        empty ? List.of() : solver.uppers(frame, state, isInner(state)),
                        empty ? List.of() : followers(state),
                        estimands);
    }

    private boolean isInner(State state) {
        return state.phase() < solver.innerBatches();
    }

    private List<Follower> followers(State state) {
        int context = context(state);
        List<Follower> followers = new ArrayList<>(solver.followers(state, context, isInner(state)));
        if (!isInner(state)) {
            followers.replaceAll(follower -> method.ofOuter(solver, state, follower, context));
            for (double[] parameters : method.ownFollowers(state, context).values()) {
                followers.add(solver.withBaselines(state, state.real("upper"), parameters, context));
            }
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
            tensors.putAll(frame.given()
                    .upper()
                    .scaled(method.upperDecay(state.iteration()))
                    .step(state, direction));
        } else {
            tensors.put("upper", Tensor.of(state.real("upper")));
        }
        tensors.putAll(method.ownStep(frame, state, result));
        double[] nextUpper = ((Tensor.Real) tensors.get("upper")).values();
        tensors.putAll(solver.afterOuter(state.with(tensors), result, nextUpper));
        SortedMap<String, Double> measurements = new TreeMap<>(gradient.measurements());
        if (direction.length > 0) {
            measurements.put(RunLoop.GRADIENT_NORM, VectorMath.norm(direction));
            measurements.put(RunLoop.GRADIENT_STANDARD_ERROR, gradient.standardError());
        }
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
