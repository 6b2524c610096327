package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.CountedTransitions;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.exact.SoftEquilibrium;
import io.stackel.exact.SoftOptimum;
import io.stackel.exact.ZeroSumModel;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.exact.ZeroSumProfile;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.optim.MirrorStep;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.ZeroSumProblem;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The lower level of a zero-sum game: profiles of two policies, tracked on the tables or on the counted game.
 *
 * <p>{@link Tracking#RESPONSES} keeps the profiles (b1, q) and (p, b2), each a best response to the other player's penalised
 * policy; {@link Tracking#EQUILIBRIUM} keeps one equilibrium a target. On the tables both are solved to the tolerance. On
 * counts an inner batch adds transitions of joint actions, which stay valid as x and the policies move, and then
 *
 * <pre>
 *   responses:    theta &lt;- (1 - step) theta + step Q / tau        Q against the other's penalised policy
 *   equilibrium:  theta &lt;- (1 - step) theta + step log(equilibrium of the counted game)
 * </pre>
 */
final class ZeroSumLower implements LowerSolver {

    /** What is tracked. */
    enum Tracking {
        RESPONSES,
        EQUILIBRIUM
    }

    private static final double[] NONE = {};

    private final Frame frame;
    private final ZeroSumProblem problem;
    private final TwoPlayerSoftmax policy;
    private final Tracking tracking;
    private final List<Target> targets;
    private final ZeroSumModel[] models;
    private final Setup.LowerRule rule;
    private final boolean baselines;

    /**
     * Prepares the tables, or makes sure that counts fit.
     *
     * @param targets of the method; for responses two, without shifts
     */
    ZeroSumLower(
            Frame frame, ZeroSumProblem problem, TwoPlayerSoftmax policy, Tracking tracking, List<Target> targets) {
        this.frame = frame;
        this.problem = problem;
        this.policy = policy;
        this.tracking = tracking;
        this.targets = targets;
        rule = frame.setup().lower();
        baselines = frame.setup().sampling().fittedBaselines();
        models = new ZeroSumModel[rule.planned() ? problem.contexts() : 0];
        for (int k = 0; k < models.length; k++) {
            models[k] = new ZeroSumModel(problem, k);
        }
        if (!rule.planned()) {
            SampledLower.requireFits(problem.game(0));
        }
    }

    Setup setup() {
        return frame.setup();
    }

    /** What the parameters of a profile mean. */
    TwoPlayerSoftmax policy() {
        return policy;
    }

    @Override
    public List<Target> targets() {
        return targets;
    }

    /**
     * An equilibrium: as it is tracked where that is up to date, otherwise solved on the tables or in the counted game,
     * from the nearest value that the state has.
     */
    @Override
    public double[] response(State state, Target target, int context) {
        int number = tracking == Tracking.EQUILIBRIUM ? targets.indexOf(target) : -1;
        boolean stale = rule.planned() && context != frame.context(state.iteration());
        if (number >= 0 && !stale) {
            return state.real(lower(number, context));
        }
        double[] x = frame.upperOf(target, state.real("upper"), state.iteration());
        double[] warm = warm(state, Math.max(number, 0), context);
        return point(state, x, context).equilibrium(rule.tolerance(), warm).logs();
    }

    @Override
    public int innerBatches() {
        return rule.planned() ? 0 : rule.innerSteps();
    }

    @Override
    public SortedMap<String, Tensor> init(double[] upper) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (int context = 0; context < problem.contexts(); context++) {
            if (!rule.planned()) {
                tensors.put(
                        counts(context), Tensor.of(new long[Math.toIntExact(CountedGame.size(problem.game(context)))]));
            }
            State start = new State(0, 0, 0, 0, 0, tensors);
            tensors.putAll(rule.planned() ? solve(start, upper, 0, context, 1) : uniform(context));
        }
        return tensors;
    }

    private SortedMap<String, Tensor> uniform(int context) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (int i = 0; i < targets.size(); i++) {
            tensors.put(lower(i, context), Tensor.of(policy.uniform()));
            tensors.put(value(i, context), Tensor.of(new double[problem.states()]));
        }
        return tensors;
    }

    @Override
    public List<Estimand> estimands(State state) {
        return List.of(new CountedTransitions(
                Purpose.TRAINING, 0, rule.units(), 0, 0, targets.size() - 1, rule.exploration()));
    }

    @Override
    public SortedMap<String, Tensor> innerStep(State state, BatchResult result) {
        int context = frame.context(state.iteration());
        SortedMap<String, Tensor> tensors = learn(state, result, context);
        tensors.putAll(solve(state.with(tensors), state.real("upper"), state.iteration(), context, rule.stepSize()));
        return tensors;
    }

    private SortedMap<String, Tensor> learn(State state, BatchResult result, int context) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        if (result.transitions().keys().length > 0) {
            tensors.put(
                    counts(context), Tensor.of(CountedGame.add(state.whole(counts(context)), result.transitions())));
        }
        return tensors;
    }

    /** On the tables everything is solved anew; on counts the profiles only take over the penalised policies as they are. */
    @Override
    public SortedMap<String, Tensor> afterOuter(State state, BatchResult result, double[] nextUpper) {
        long next = state.iteration() + 1;
        if (rule.planned()) {
            return solve(state, nextUpper, next, frame.context(next), 1);
        }
        int context = frame.context(state.iteration());
        SortedMap<String, Tensor> tensors = learn(state, result, context);
        if (tracking == Tracking.RESPONSES) {
            double[] own = penalised(state, context);
            double[] first = policy.firstOf(state.real(lower(0, context)));
            double[] second = policy.secondOf(state.real(lower(1, context)));
            tensors.put(lower(0, context), Tensor.of(against(own, first, true)));
            tensors.put(lower(1, context), Tensor.of(against(own, second, false)));
        }
        return tensors;
    }

    private SortedMap<String, Tensor> solve(State state, double[] upper, long iteration, int context, double step) {
        return tracking == Tracking.RESPONSES
                ? respond(state, upper, context, step)
                : settle(state, upper, iteration, context, step);
    }

    private SortedMap<String, Tensor> respond(State state, double[] upper, int context, double step) {
        double[] own = penalised(state, context);
        ZeroSumPoint point = point(state, upper, context);
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        if (rule.planned()) {
            bestResponses(state, point, own, context, tensors);
        } else {
            improve(state, point, own, context, true, step, tensors);
            improve(state, point, own, context, false, step, tensors);
        }
        return tensors;
    }

    private void bestResponses(
            State state, ZeroSumPoint point, double[] own, int context, SortedMap<String, Tensor> into) {
        ZeroSumProfile profile = point.profile(policy.playersLogs(own));
        SoftOptimum first = profile.firstResponse(rule.tolerance(), warm(state, 0, context));
        SoftOptimum second = profile.secondResponse(rule.tolerance(), warm(state, 1, context));
        put(0, context, policy.both(first.logPolicy(), policy.secondOf(own)), first.value(), into);
        into.put(plan(0, context), Tensor.of(first.value()));
        double[] lowest = VectorMath.scaled(-1, second.value());
        put(1, context, policy.both(policy.firstOf(own), second.logPolicy()), lowest, into);
        into.put(plan(1, context), Tensor.of(second.value()));
    }

    /** One natural step of one player's response in the counted game. */
    private void improve(
            State state,
            ZeroSumPoint point,
            double[] own,
            int context,
            boolean first,
            double step,
            SortedMap<String, Tensor> into) {
        int number = first ? 0 : 1;
        double[] before = state.real(lower(number, context));
        double[] response = first ? policy.firstOf(before) : policy.secondOf(before);
        ZeroSumProfile profile = point.profile(policy.playersLogs(against(own, response, first)));
        double[] q = first ? profile.first().q() : profile.second().q();
        MirrorStep.apply(response, VectorMath.scaled(1 / problem.entropyWeight(), q), step, response);
        double[] theta = against(own, response, first);
        double[] value = point.profile(policy.playersLogs(theta)).first().value();
        put(number, context, theta, value, into);
    }

    /** One player's response with the other's penalised policy. */
    private double[] against(double[] own, double[] response, boolean first) {
        return first ? policy.both(response, policy.secondOf(own)) : policy.both(policy.firstOf(own), response);
    }

    private SortedMap<String, Tensor> settle(State state, double[] upper, long iteration, int context, double step) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (int i = 0; i < targets.size(); i++) {
            double[] x = frame.upperOf(targets.get(i), upper, iteration);
            ZeroSumPoint point = point(state, x, context);
            SoftEquilibrium equilibrium = point.equilibrium(rule.tolerance(), warm(state, i, context));
            double[] next = equilibrium.logs();
            if (step < 1) {
                next = new double[equilibrium.logs().length];
                MirrorStep.apply(state.real(lower(i, context)), equilibrium.logs(), step, next);
            }
            double[] value = point.profile(policy.playersLogs(next)).first().value();
            put(i, context, next, value, tensors);
            tensors.put(plan(i, context), Tensor.of(equilibrium.value()));
        }
        return tensors;
    }

    private static void put(int number, int context, double[] logits, double[] value, SortedMap<String, Tensor> into) {
        into.put(lower(number, context), Tensor.of(logits));
        into.put(value(number, context), Tensor.of(value));
    }

    private double[] warm(State state, int number, int context) {
        return state.has(plan(number, context)) ? state.real(plan(number, context)) : NONE;
    }

    private double[] penalised(State state, int context) {
        String name = PenalisedPolicy.name(context);
        return state.has(name) ? state.real(name) : policy.uniform();
    }

    /** The game as the solver knows it, at an upper variable: the tables themselves, or what was counted. */
    ZeroSumPoint point(State state, double[] upper, int context) {
        DenseVector x = new DenseVector(upper);
        if (rule.planned()) {
            return models[context].at(x);
        }
        CountedGame counted = new CountedGame(problem, context, state.whole(counts(context)));
        return new ZeroSumModel(counted, 0, problem.firstActions()).at(x);
    }

    @Override
    public Follower follower(State state, int number, int context) {
        double[] parameters = state.real(lower(number, context));
        return baselines
                ? new Follower(parameters, state.real(value(number, context)), NONE)
                : Follower.plain(parameters);
    }

    @Override
    public Follower withBaselines(State state, double[] upper, double[] parameters, int context) {
        if (!baselines) {
            return Follower.plain(parameters);
        }
        ZeroSumProfile profile = point(state, upper, context).profile(policy.playersLogs(parameters));
        return new Follower(parameters, profile.first().value(), profile.first().upperValue());
    }

    private static String lower(int number, int context) {
        return LowerSolver.name("lower", number, context);
    }

    private static String value(int number, int context) {
        return LowerSolver.name("value", number, context);
    }

    private static String plan(int number, int context) {
        return LowerSolver.name("plan", number, context);
    }

    private static String counts(int context) {
        return "transitions/" + context;
    }
}
