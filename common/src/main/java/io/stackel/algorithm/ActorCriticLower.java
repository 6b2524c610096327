package io.stackel.algorithm;

import io.stackel.estimate.ActorCriticStep;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.BoltzmannGradient.Critic;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.ShuffledUnits;
import io.stackel.math.Tensor;
import io.stackel.optim.Adam;
import io.stackel.optim.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Followers that learn from trajectories with values by networks, in spaces too large to count.
 *
 * <p>One of the {@code innerSteps} batches is a number of passes, one a minibatch of each epoch. All passes of a batch ask
 * for the same addresses and name the policies and values from before the first of them, so the same trajectories are
 * played again: nothing of them is kept. With one pass this is the advantage actor-critic, with more the clipped-ratio
 * variant. A sample counts once, in the first epoch.
 *
 * <p>With {@code shared} a pair of followers learns from the trajectories of both, so that what drives them apart is their
 * rewards and not their draws. One more follower, behind a pair, learns from the pair's trajectories too.
 */
final class ActorCriticLower implements LowerSolver {

    private final Frame frame;
    private final List<Target> targets;
    private final Setup.LowerRule rule;
    private final Setup.CriticRule critic;
    private final Optimizer policyOptimizer;
    private final int passes;
    private final Function<ActorCriticStep, Estimand> ascent;

    /**
     * Lets followers learn.
     *
     * @param ascent the estimand of a follower's step, for that of a return
     */
    ActorCriticLower(
            Frame frame,
            List<Target> targets,
            Setup.CriticRule critic,
            Optimizer policyOptimizer,
            Function<ActorCriticStep, Estimand> ascent) {
        this.ascent = ascent;
        this.frame = frame;
        this.targets = targets;
        this.critic = critic;
        this.policyOptimizer = policyOptimizer;
        rule = frame.setup().lower();
        passes = critic.epochs() * critic.minibatches();
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
        return Math.multiplyExact(rule.innerSteps(), passes);
    }

    @Override
    public SortedMap<String, Tensor> init(State start) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        double[] theta = frame.setup().policy().uniform();
        double[] phi = critic.values().start();
        for (int context = 0; context < frame.given().contexts(); context++) {
            for (int i = 0; i < targets.size(); i++) {
                tensors.putAll(policy(i, context).init(theta));
                tensors.putAll(values(i, context).init(phi));
                if (passes > 1) {
                    tensors.putAll(frozen(i, context, theta.clone(), phi.clone()));
                }
            }
        }
        return tensors;
    }

    private Iterate policy(int number, int context) {
        return iterate("lower", number, context, policyOptimizer);
    }

    private static Iterate values(int number, int context) {
        return iterate("values", number, context, new Adam());
    }

    private static Iterate iterate(String what, int number, int context, Optimizer optimizer) {
        String prefix = LowerSolver.name(what + "Optimizer", number, context) + ".";
        return new Iterate(LowerSolver.name(what, number, context), prefix, optimizer);
    }

    private static SortedMap<String, Tensor> frozen(int number, int context, double[] theta, double[] phi) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put(LowerSolver.name("frozenLower", number, context), Tensor.of(theta));
        tensors.put(LowerSolver.name("frozenValues", number, context), Tensor.of(phi));
        return tensors;
    }

    @Override
    public int address(State state) {
        return state.phase() - pass(state);
    }

    private int pass(State state) {
        return state.phase() % passes;
    }

    @Override
    public long samples(State state, BatchResult result) {
        long samples = 0;
        for (int i = 0; i < targets.size() && pass(state) < critic.minibatches(); i++) {
            samples += sharesTrajectories() && i != pair(i)
                    ? 0
                    : result.estimate(i).steps();
        }
        return samples;
    }

    private boolean sharesTrajectories() {
        return critic.shared() && targets.size() > 1;
    }

    /** The first of the two whose trajectories a follower learns from, where they are shared. */
    private int pair(int follower) {
        int last = targets.size() - targets.size() % 2 - 2;
        return Math.min(follower - follower % 2, last);
    }

    /** In inner batches the same before the first pass stand behind the followers of the targets. */
    @Override
    public List<Follower> followers(State state, int context, boolean inner) {
        List<Follower> followers = new ArrayList<>(LowerSolver.super.followers(state, context, inner));
        boolean moved = pass(state) > 0;
        for (int i = 0; inner && i < targets.size(); i++) {
            followers.add(
                    follower(state, moved ? "frozenLower" : "lower", moved ? "frozenValues" : "values", i, context));
        }
        return followers;
    }

    private static Follower follower(State state, String policy, String values, int number, int context) {
        return Follower.withValues(
                state.real(LowerSolver.name(policy, number, context)),
                state.real(LowerSolver.name(values, number, context)));
    }

    @Override
    public List<Estimand> estimands(State state) {
        int pass = pass(state);
        int part = pass % critic.minibatches();
        long from = rule.units() * part / critic.minibatches();
        long to = rule.units() * (part + 1) / critic.minibatches();
        ShuffledUnits minibatch = new ShuffledUnits(rule.units(), from, pass / critic.minibatches());
        List<Estimand> estimands = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            boolean shared = sharesTrajectories();
            int own = targets.size() + i;
            int first = shared ? targets.size() + pair(i) : own;
            estimands.add(ascent.apply(new ActorCriticStep(
                    frame.purpose(),
                    shared ? pair(i) : i,
                    to - from,
                    i,
                    first,
                    shared ? first + 1 : own,
                    own,
                    i,
                    targets.get(i).upperRewardWeight(),
                    critic.clip(),
                    critic.values().ofActions(),
                    minibatch)));
        }
        return estimands;
    }

    @Override
    public SortedMap<String, Tensor> innerStep(State state, BatchResult result) {
        int context = frame.context(state.iteration());
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (int i = 0; i < targets.size(); i++) {
            double[] gradient = result.estimate(i).lowerGradient();
            Follower before = follower(state, i, context);
            int size = before.parameters().length;
            if (passes > 1 && pass(state) == 0) {
                tensors.putAll(frozen(i, context, before.parameters(), before.value()));
            }
            double policyStep = critic.schedule().at(rule.stepSize(), state.iteration());
            double valueStep = critic.schedule().at(critic.stepSize(), state.iteration());
            double[] inPolicy = Arrays.copyOf(gradient, size);
            double[] inValues = Arrays.copyOfRange(gradient, size, gradient.length);
            tensors.putAll(policy(i, context)
                    .step(state, inPolicy, policyStep, frame.setup().policy()::projectInPlace));
            tensors.putAll(values(i, context).step(state, inValues, valueStep, free -> {}));
        }
        return tensors;
    }

    @Override
    public Follower follower(State state, int number, int context) {
        return follower(state, "lower", "values", number, context);
    }

    /** Any values are without bias; those of the first follower are near. */
    @Override
    public Follower withBaselines(State state, double[] upper, double[] parameters, int context) {
        return Follower.withValues(parameters, state.real(LowerSolver.name("values", 0, context)));
    }

    /** The leader's values are those of its network. */
    @Override
    public Follower watched(State state, Follower follower, Critic critic, int context) {
        return critic == Critic.SCALAR ? follower : LowerSolver.super.watched(state, follower, critic, context);
    }
}
