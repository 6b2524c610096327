package io.stackel.algorithm;

import io.stackel.estimate.ActorCriticStep;
import io.stackel.estimate.BatchResult;
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
    private final Optimizer valueOptimizer = new Adam();
    private final int passes;
    private final Function<ActorCriticStep, Estimand> ascent;

    ActorCriticLower(Frame frame, List<Target> targets, Setup.CriticRule critic, Optimizer policyOptimizer) {
        this(frame, targets, critic, policyOptimizer, estimand -> estimand);
    }

    /**
     * A solver whose upper objective is not minus a return.
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
    public SortedMap<String, Tensor> init(double[] upper) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        double[] theta = frame.setup().policy().uniform();
        double[] phi = critic.values().start();
        for (int context = 0; context < frame.setup().problem().contexts(); context++) {
            for (int i = 0; i < targets.size(); i++) {
                tensors.put(LowerSolver.name("lower", i, context), Tensor.of(theta.clone()));
                tensors.put(LowerSolver.name("values", i, context), Tensor.of(phi.clone()));
                tensors.putAll(Setup.prefixed(optimiser("lower", i, context), policyOptimizer.init(theta.length)));
                tensors.putAll(Setup.prefixed(optimiser("values", i, context), valueOptimizer.init(phi.length)));
                if (passes > 1) {
                    tensors.put(LowerSolver.name("frozenLower", i, context), Tensor.of(theta.clone()));
                    tensors.put(LowerSolver.name("frozenValues", i, context), Tensor.of(phi.clone()));
                }
            }
        }
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

    /** Behind the followers of the targets stand the same before the first pass. */
    @Override
    public List<Follower> innerFollowers(State state, int context) {
        List<Follower> frozen = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            frozen.add(
                    pass(state) == 0
                            ? follower(state, i, context)
                            : Follower.withValues(
                                    state.real(LowerSolver.name("frozenLower", i, context)),
                                    state.real(LowerSolver.name("frozenValues", i, context))));
        }
        return frozen;
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
            double[] theta = state.real(LowerSolver.name("lower", i, context));
            double[] phi = state.real(LowerSolver.name("values", i, context));
            if (passes > 1 && pass(state) == 0) {
                tensors.put(LowerSolver.name("frozenLower", i, context), Tensor.of(theta));
                tensors.put(LowerSolver.name("frozenValues", i, context), Tensor.of(phi));
            }
            Optimizer.Update policy = policyOptimizer.step(
                    Setup.stripped(optimiser("lower", i, context), state.tensors()),
                    theta,
                    Arrays.copyOf(gradient, theta.length),
                    critic.schedule().at(rule.stepSize(), state.iteration()));
            frame.setup().policy().projectInPlace(policy.x());
            Optimizer.Update values = valueOptimizer.step(
                    Setup.stripped(optimiser("values", i, context), state.tensors()),
                    phi,
                    Arrays.copyOfRange(gradient, theta.length, gradient.length),
                    critic.schedule().at(critic.stepSize(), state.iteration()));
            tensors.put(LowerSolver.name("lower", i, context), Tensor.of(policy.x()));
            tensors.put(LowerSolver.name("values", i, context), Tensor.of(values.x()));
            tensors.putAll(Setup.prefixed(optimiser("lower", i, context), policy.state()));
            tensors.putAll(Setup.prefixed(optimiser("values", i, context), values.state()));
        }
        return tensors;
    }

    @Override
    public Follower follower(State state, int number, int context) {
        return Follower.withValues(
                state.real(LowerSolver.name("lower", number, context)),
                state.real(LowerSolver.name("values", number, context)));
    }

    /** Any values are without bias; those of the first follower are near. */
    @Override
    public Follower withBaselines(State state, double[] upper, double[] parameters, int context) {
        return Follower.withValues(parameters, state.real(LowerSolver.name("values", 0, context)));
    }

    private static String optimiser(String what, int follower, int context) {
        return LowerSolver.name(what + "Optimizer", follower, context) + ".";
    }
}
