package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.BoltzmannGradient.Critic;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.math.Tensor;
import io.stackel.optim.Optimizer;
import io.stackel.problem.FiniteProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Followers that learn from trajectories by gradient steps, which serve every problem. On finite problems baselines take V and
 * U from a game that is counted off-policy, without path weights.
 */
final class SampledLower implements LowerSolver {

    private final Frame frame;
    private final List<Target> targets;
    private final Setup.LowerRule rule;
    private final Optional<FollowerLower> counted;
    private final Optimizer optimizer;
    private final Function<ValueGradient, Estimand> ascent;

    /**
     * Lets followers learn.
     *
     * @param ascent the estimand of a follower's step, for that of a return
     */
    SampledLower(Frame frame, List<Target> targets, Optimizer optimizer, Function<ValueGradient, Estimand> ascent) {
        this.frame = frame;
        this.targets = targets;
        this.optimizer = optimizer;
        this.ascent = ascent;
        rule = frame.setup().lower();
        counted = frame.setup()
                .problem()
                .as(FiniteProblem.class)
                .filter(tables -> frame.setup().sampling().fittedBaselines())
                .map(tables -> new FollowerLower(frame, targets, KnownGame.ofFollower(tables, true)));
    }

    @Override
    public List<Target> targets() {
        return targets;
    }

    @Override
    public double[] response(State state, Target target, int context) {
        return state.real(LowerSolver.name("lower", targets.indexOf(target), context));
    }

    @Override
    public int innerBatches() {
        return rule.innerSteps();
    }

    @Override
    public SortedMap<String, Tensor> init(State start) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        counted.ifPresent(solver -> tensors.putAll(solver.init(start)));
        for (int context = 0; context < frame.given().contexts(); context++) {
            for (int i = 0; i < targets.size(); i++) {
                tensors.putAll(iterate(i, context).init(frame.setup().policy().uniform()));
            }
        }
        return tensors;
    }

    private Iterate iterate(int number, int context) {
        String prefix = LowerSolver.name("lowerOptimizer", number, context) + ".";
        return new Iterate(LowerSolver.name("lower", number, context), prefix, optimizer);
    }

    @Override
    public List<Estimand> estimands(State state) {
        return IntStream.range(0, targets.size())
                .mapToObj(i -> ascent.apply(new ValueGradient(
                        new Units(frame.purpose(), i, rule.units()),
                        i,
                        FollowerPair.alone(i),
                        Combination.ascent(targets.get(i).upperRewardWeight()),
                        Wanted.LOWER,
                        counted.isPresent())))
                .toList();
    }

    @Override
    public SortedMap<String, Tensor> innerStep(State state, BatchResult result) {
        int context = frame.context(state.iteration());
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (int i = 0; i < targets.size(); i++) {
            tensors.putAll(iterate(i, context)
                    .step(
                            state,
                            result.estimate(i).lowerGradient(),
                            rule.stepSize(),
                            frame.setup().policy()::projectInPlace));
        }
        counted.ifPresent(solver -> tensors.putAll(solver.innerStep(state.with(tensors), result)));
        return tensors;
    }

    @Override
    public Map<String, Tensor> afterOuter(State state, BatchResult result, double[] nextUpper) {
        return counted.map(solver -> solver.afterOuter(state, result, nextUpper))
                .orElse(Map.of());
    }

    @Override
    public Follower follower(State state, int number, int context) {
        return counted.map(solver -> solver.follower(state, number, context))
                .orElseGet(() -> LowerSolver.super.follower(state, number, context));
    }

    @Override
    public Follower withBaselines(State state, double[] upper, double[] parameters, int context) {
        return counted.map(solver -> solver.withBaselines(state, upper, parameters, context))
                .orElseGet(() -> Follower.plain(parameters));
    }

    @Override
    public Follower watched(State state, Follower follower, Critic critic, int context) {
        return counted.map(solver -> solver.watched(state, follower, critic, context))
                .orElseGet(() -> LowerSolver.super.watched(state, follower, critic, context));
    }
}
