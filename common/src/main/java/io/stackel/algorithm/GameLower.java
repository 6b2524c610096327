package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.CountedTransitions;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.exact.PolicyValues;
import io.stackel.math.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Followers, or profiles of two players, in a game that is known.
 *
 * <p>On the tables they are solved to the tolerance, without batches, warm-started at the last iteration of the same context
 * ({@code plan.<number>/<context>}). On counts all of them learn from the same transitions, off-policy and without path
 * weights: an inner batch adds transitions of joint actions, which stay valid as x and the policies move, and then each takes
 * a step in the counted game.
 *
 * @param <P> the game at an upper variable
 */
abstract class GameLower<P> implements LowerSolver {

    static final double[] NONE = {};

    final Frame frame;
    final KnownGame<P> game;
    final Setup.LowerRule rule;
    final boolean baselines;
    private final List<Target> targets;
    private final boolean upperValues;

    /**
     * Takes the game.
     *
     * @param upperValues whether U is tracked beside V
     */
    GameLower(Frame frame, List<Target> targets, KnownGame<P> game, boolean upperValues) {
        this.frame = frame;
        this.targets = targets;
        this.game = game;
        this.upperValues = upperValues;
        rule = frame.setup().lower();
        baselines = frame.setup().sampling().fittedBaselines();
    }

    /** Where a target's follower goes: to its best response on the tables, a step closer to it on counts. */
    abstract Move move(P point, State state, int number, int context);

    /** The best response of a target that is not tracked, or the equilibrium. */
    abstract double[] best(P point, Target target, double[] warm);

    /** The values of parameters. */
    abstract PolicyValues values(P point, double[] parameters);

    /**
     * What becomes of a follower; what is empty is not kept.
     *
     * @param plan a warm start of the next plan
     */
    record Move(double[] parameters, double[] value, double[] upperValue, double[] plan) {

        static Move of(double[] parameters, PolicyValues values, double[] plan) {
            return new Move(parameters, values.value(), values.upperValue(), plan);
        }
    }

    @Override
    public List<Target> targets() {
        return targets;
    }

    /** As it is tracked where that is up to date, otherwise solved from the nearest value that the state has. */
    @Override
    public double[] response(State state, Target target, int context) {
        int number = tracked(target);
        if (number >= 0 && (game.isCounted() || context == frame.context(state.iteration()))) {
            return state.real(LowerSolver.name("lower", number, context));
        }
        return solved(state, target, context);
    }

    /** On the tables, or on what was counted, whether or not a tracked follower is there yet. */
    @Override
    public double[] solved(State state, int context) {
        return solved(state, Target.BEST_RESPONSE, context);
    }

    private double[] solved(State state, Target target, int context) {
        double[] x = frame.upperOf(target, state, state.real("upper"), state.iteration());
        return best(game.at(state, x, context), target, warm(state, Math.max(tracked(target), 0), context));
    }

    /** The number of a target, -1 if it is not tracked. */
    int tracked(Target target) {
        return targets.indexOf(target);
    }

    double[] warm(State state, int number, int context) {
        String plan = LowerSolver.name("plan", number, context);
        return state.has(plan) ? state.real(plan) : NONE;
    }

    @Override
    public int innerBatches() {
        return game.isCounted() ? rule.innerSteps() : 0;
    }

    /** On the tables every context is solved at the starting point, so that each has a policy and a warm start. */
    @Override
    public SortedMap<String, Tensor> init(State start) {
        SortedMap<String, Tensor> tensors = game.init();
        for (int context = 0; context < game.problem().contexts(); context++) {
            if (game.isCounted()) {
                double[] zero = new double[game.problem().states()];
                Move uniform = new Move(frame.setup().policy().uniform(), zero, zero, NONE);
                for (int i = 0; i < targets.size(); i++) {
                    put(i, context, uniform, tensors);
                }
            } else {
                tensors.putAll(moved(start, start.real("upper"), 0, context));
            }
        }
        return tensors;
    }

    /** Counts, over pairs of followers. */
    @Override
    public List<Estimand> estimands(State state) {
        List<Estimand> estimands = new ArrayList<>();
        for (int i = 0; i < targets.size(); i += 2) {
            int second = Math.min(i + 1, targets.size() - 1);
            estimands.add(new CountedTransitions(frame.purpose(), i, rule.units(), i, i, second, rule.exploration()));
        }
        return estimands;
    }

    @Override
    public SortedMap<String, Tensor> innerStep(State state, BatchResult result) {
        int context = frame.context(state.iteration());
        SortedMap<String, Tensor> tensors = new TreeMap<>(game.learn(state, result, context));
        tensors.putAll(moved(state.with(tensors), state.real("upper"), state.iteration(), context));
        return tensors;
    }

    @Override
    public Map<String, Tensor> afterOuter(State state, BatchResult result, double[] nextUpper) {
        long next = state.iteration() + 1;
        return game.isCounted()
                ? game.learn(state, result, frame.context(state.iteration()))
                : moved(state, nextUpper, next, frame.context(next));
    }

    /** The followers after a move in a context at an upper variable. */
    final SortedMap<String, Tensor> moved(State state, double[] upper, long iteration, int context) {
        Function<DenseVector, P> model = game.model(state, context);
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (int i = 0; i < targets.size(); i++) {
            double[] x = frame.upperOf(targets.get(i), state, upper, iteration);
            put(i, context, move(model.apply(new DenseVector(x)), state, i, context), tensors);
        }
        return tensors;
    }

    private void put(int number, int context, Move move, SortedMap<String, Tensor> into) {
        put("lower", number, context, move.parameters(), into);
        put("value", number, context, move.value(), into);
        put("upperValue", number, context, upperValues ? move.upperValue() : NONE, into);
        put("plan", number, context, move.plan(), into);
    }

    private static void put(String what, int number, int context, double[] values, SortedMap<String, Tensor> into) {
        if (values.length > 0) {
            into.put(LowerSolver.name(what, number, context), Tensor.of(values));
        }
    }

    @Override
    public Follower follower(State state, int number, int context) {
        double[] parameters = state.real(LowerSolver.name("lower", number, context));
        return baselines
                ? Follower.withBaselines(
                        parameters,
                        state.real(LowerSolver.name("value", number, context)),
                        upperValues ? state.real(LowerSolver.name("upperValue", number, context)) : NONE)
                : Follower.plain(parameters);
    }

    @Override
    public Follower withBaselines(State state, double[] upper, double[] parameters, int context) {
        if (!baselines) {
            return Follower.plain(parameters);
        }
        PolicyValues values = values(game.at(state, upper, context), parameters);
        return Follower.withBaselines(parameters, values.value(), values.upperValue());
    }
}
