package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Combination;
import io.stackel.estimate.CountedTransitions;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.PolicyTable;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.math.Tensor;
import io.stackel.mdp.MarkovGame;
import io.stackel.optim.MirrorStep;
import io.stackel.optim.Optimizer;
import io.stackel.problem.FiniteProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Followers that learn from trajectories.
 *
 * <p>On finite problems all followers learn from the same transitions, counted off-policy without path weights: the
 * natural step takes each follower's Q and the baselines take V and U from the counted game. Gradient steps need no
 * counts and serve every problem.
 */
final class SampledLower implements FollowerSolver {

    private static final long MOST_COUNTS = 1L << 27;

    private final Frame frame;
    private final List<Target> targets;
    private final Setup.LowerRule rule;
    private final Optional<FiniteProblem> counted;
    private final Optional<Optimizer> optimizer;
    private final Function<ValueGradient, Estimand> ascent;

    /**
     * Lets followers learn by gradient steps or by natural ones.
     *
     * @param optimizer of gradient steps; empty for natural steps
     */
    SampledLower(Frame frame, List<Target> targets, Optional<Optimizer> optimizer) {
        this(frame, targets, optimizer, estimand -> estimand);
    }

    /**
     * A solver whose upper objective is not minus a return.
     *
     * @param ascent the estimand of a follower's gradient step, for that of a return
     */
    SampledLower(
            Frame frame,
            List<Target> targets,
            Optional<Optimizer> optimizer,
            Function<ValueGradient, Estimand> ascent) {
        this.ascent = ascent;
        this.frame = frame;
        this.targets = targets;
        this.optimizer = optimizer;
        rule = frame.setup().lower();
        boolean counts = optimizer.isEmpty() || frame.setup().sampling().fittedBaselines();
        counted = frame.setup().problem().tables().filter(tables -> counts);
        counted.ifPresent(problem -> requireFits(problem.game(0)));
    }

    static void requireFits(MarkovGame game) {
        long size = CountedGame.size(game);
        if (size > MOST_COUNTS) {
            throw new IllegalArgumentException("counting transitions needs states^2 x leader actions x follower actions"
                    + " of at most " + MOST_COUNTS + " cells, but has " + size
                    + "; use lower.optimizer: adam with sampling.baseline: none");
        }
    }

    @Override
    public List<Target> targets() {
        return targets;
    }

    /** As it is tracked; natural steps have counted a game in which any other one is planned. */
    @Override
    public double[] response(State state, Target target, int context) {
        int number = targets.indexOf(target);
        if (number >= 0) {
            return state.real(LowerSolver.name("lower", number, context));
        }
        double[] x = frame.upperOf(target, state.real("upper"), state.iteration());
        double[] warm = state.real(LowerSolver.name("value", 0, context));
        return game(state, x, context)
                .best(target.upperRewardWeight(), rule.tolerance(), warm)
                .logPolicy();
    }

    @Override
    public int innerBatches() {
        return rule.innerSteps();
    }

    @Override
    public SortedMap<String, Tensor> init(double[] upper) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        double[] uniform = frame.setup().policy().uniform();
        for (int context = 0; context < frame.setup().problem().contexts(); context++) {
            if (counted.isPresent()) {
                MarkovGame game = counted.get().game(context);
                tensors.put(counts(context), Tensor.of(new long[Math.toIntExact(CountedGame.size(game))]));
            }
            for (int i = 0; i < targets.size(); i++) {
                tensors.put(LowerSolver.name("lower", i, context), Tensor.of(uniform.clone()));
                if (optimizer.isPresent()) {
                    tensors.putAll(Setup.prefixed(
                            optimiser(i, context), optimizer.get().init(uniform.length)));
                }
                if (counted.isPresent()) {
                    int states = counted.get().game(context).states();
                    tensors.put(LowerSolver.name("value", i, context), Tensor.of(new double[states]));
                    tensors.put(LowerSolver.name("upperValue", i, context), Tensor.of(new double[states]));
                }
            }
        }
        return tensors;
    }

    /** One estimand of counts over pairs of followers for natural steps; one gradient estimand a follower otherwise. */
    @Override
    public List<Estimand> estimands(State state) {
        List<Estimand> estimands = new ArrayList<>();
        if (optimizer.isEmpty()) {
            for (int i = 0; i < targets.size(); i += 2) {
                int second = Math.min(i + 1, targets.size() - 1);
                estimands.add(
                        new CountedTransitions(frame.purpose(), i, rule.units(), i, i, second, rule.exploration()));
            }
        } else {
            for (int i = 0; i < targets.size(); i++) {
                double weight = targets.get(i).upperRewardWeight();
                estimands.add(ascent.apply(new ValueGradient(
                        new Units(frame.purpose(), i, rule.units()),
                        i,
                        FollowerPair.alone(i),
                        Combination.ascent(weight),
                        Wanted.LOWER,
                        counted.isPresent())));
            }
        }
        return estimands;
    }

    @Override
    public SortedMap<String, Tensor> innerStep(State state, BatchResult result) {
        int context = frame.context(state.iteration());
        SortedMap<String, Tensor> tensors = learn(state, result, context);
        for (int i = 0; i < targets.size(); i++) {
            String name = LowerSolver.name("lower", i, context);
            if (optimizer.isPresent()) {
                Optimizer.Update update = optimizer
                        .get()
                        .step(
                                Setup.stripped(optimiser(i, context), state.tensors()),
                                state.real(name),
                                result.estimate(i).lowerGradient(),
                                rule.stepSize());
                double[] theta = update.x();
                frame.setup().policy().projectInPlace(theta);
                tensors.put(name, Tensor.of(theta));
                tensors.putAll(Setup.prefixed(optimiser(i, context), update.state()));
            }
        }
        if (counted.isPresent()) {
            tensors.putAll(improve(state.with(tensors), context));
        }
        return tensors;
    }

    private SortedMap<String, Tensor> learn(State state, BatchResult result, int context) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        if (counted.isPresent() && result.transitions().keys().length > 0) {
            tensors.put(
                    counts(context), Tensor.of(CountedGame.add(state.whole(counts(context)), result.transitions())));
        }
        return tensors;
    }

    /** Values of all followers in the counted game, and with natural steps their next logits. */
    private SortedMap<String, Tensor> improve(State state, int context) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        ExactModel model = model(state, context);
        for (int i = 0; i < targets.size(); i++) {
            String name = LowerSolver.name("lower", i, context);
            double[] x = frame.upperOf(targets.get(i), state.real("upper"), state.iteration());
            ExactPoint point = model.at(new DenseVector(x));
            PolicyValues values = point.evaluate(table(state.real(name)));
            if (optimizer.isEmpty()) {
                double[] next = natural(state.real(name), values, targets.get(i).upperRewardWeight());
                tensors.put(name, Tensor.of(next));
                values = point.evaluate(table(next));
            }
            tensors.put(LowerSolver.name("value", i, context), Tensor.of(values.value()));
            tensors.put(LowerSolver.name("upperValue", i, context), Tensor.of(values.upperValue()));
        }
        return tensors;
    }

    private double[] natural(double[] logits, PolicyValues values, double upperRewardWeight) {
        double tau = frame.setup().problem().entropyWeight();
        double[] scaled = new double[logits.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (values.q()[i] + upperRewardWeight * values.upperQ()[i]) / tau;
        }
        double[] next = new double[logits.length];
        MirrorStep.apply(logits, scaled, rule.stepSize(), next);
        return next;
    }

    private ExactModel model(State state, int context) {
        return new ExactModel(new CountedGame(counted.orElseThrow(), context, state.whole(counts(context))), 0);
    }

    private double[] table(double[] parameters) {
        return PolicyTable.logProbabilities(counted.orElseThrow(), frame.setup().policy(), parameters);
    }

    @Override
    public SortedMap<String, Tensor> afterOuter(State state, BatchResult result, double[] nextUpper) {
        return learn(state, result, frame.context(state.iteration()));
    }

    @Override
    public Follower follower(State state, int number, int context) {
        double[] parameters = state.real(LowerSolver.name("lower", number, context));
        return counted.isPresent() && frame.setup().sampling().fittedBaselines()
                ? new Follower(
                        parameters,
                        state.real(LowerSolver.name("value", number, context)),
                        state.real(LowerSolver.name("upperValue", number, context)))
                : Follower.plain(parameters);
    }

    @Override
    public ExactPoint game(State state, double[] upper, int context) {
        return model(state, context).at(new DenseVector(upper));
    }

    @Override
    public Follower withBaselines(State state, double[] upper, double[] parameters, int context) {
        if (counted.isEmpty() || !frame.setup().sampling().fittedBaselines()) {
            return Follower.plain(parameters);
        }
        PolicyValues values = game(state, upper, context).evaluate(table(parameters));
        return new Follower(parameters, values.value(), values.upperValue());
    }

    private static String counts(int context) {
        return "transitions/" + context;
    }

    private static String optimiser(int follower, int context) {
        return LowerSolver.name("lowerOptimizer", follower, context) + ".";
    }
}
