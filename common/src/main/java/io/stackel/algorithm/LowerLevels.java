package io.stackel.algorithm;

import io.stackel.estimate.ActorCriticStep;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.PairActorCriticStep;
import io.stackel.estimate.ValueGradient;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.optim.Optimizer;
import io.stackel.policy.TabularDirect;
import io.stackel.policy.TabularSoftmax;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.ZeroSumProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Builds the solver of a lower level from the {@code lower} and {@code sampling} sections, or says what does not fit. */
final class LowerLevels {

    private static final String PLANNED = "lower.solver: planned";
    private static final String NATURAL = "lower.optimizer: natural";
    private static final String FITTED = "sampling.baseline: fitted";

    private LowerLevels() {}

    /** Followers of returns. */
    static LowerSolver of(Frame frame, List<Target> targets) {
        return isPlannedOrNatural(frame.setup().lower())
                ? new FollowerLower(frame, targets, game(frame.setup()))
                : byGradient(frame, targets, step -> step, step -> step);
    }

    static boolean isPlannedOrNatural(Setup.LowerRule rule) {
        return rule.planned() || rule.step() == Setup.LowerStep.NATURAL;
    }

    /** The game in which followers plan or take natural steps. */
    static KnownGame<ExactPoint> game(Setup setup) {
        Setup.LowerRule rule = setup.lower();
        if (rule.planned()) {
            FiniteProblem problem = tables(setup, PLANNED);
            requirePlannable(setup, PLANNED);
            return KnownGame.ofFollower(problem, false);
        }
        requireSteadyCounts(setup, NATURAL);
        requireNatural(setup, NATURAL, rule.stepSize());
        return KnownGame.ofFollower(tables(setup, NATURAL), true);
    }

    /** Followers that ascend J - k f by gradient steps, f the loss on pairs. */
    static LowerSolver onPairs(Frame frame, List<Target> targets, PreferenceProblem problem) {
        return byGradient(
                frame,
                targets,
                step -> step.combination().secondWeight() == 0
                        ? step
                        : ObjectiveTerms.OfFreshPairs.ofPairs(problem, step),
                step -> new PairActorCriticStep(step, problem.pairs(), ObjectiveTerms.OfFreshPairs.INDIFFERENCE));
    }

    private static LowerSolver byGradient(
            Frame frame,
            List<Target> targets,
            Function<ValueGradient, Estimand> ascent,
            Function<ActorCriticStep, Estimand> withCritic) {
        Setup setup = frame.setup();
        Optimizer optimizer = setup.lower().optimizer();
        if (setup.critic().isPresent()) {
            return new ActorCriticLower(frame, targets, setup.critic().get(), optimizer, withCritic);
        }
        requireSteadyCounts(setup, FITTED);
        MisfitException.requireOf(
                !setup.sampling().fittedBaselines()
                        || setup.problem().as(FiniteProblem.class).isPresent(),
                FITTED,
                "needs a finite problem, on whose counted transitions the values are fitted, or a network of values,"
                        + " but there is neither; use sampling.baseline: none");
        return new SampledLower(frame, targets, optimizer, ascent);
    }

    /** The game of two players. */
    static KnownGame<ZeroSumPoint> players(Setup setup) {
        Setup.LowerRule rule = setup.lower();
        requireTwoPlayers(setup);
        MisfitException.require(
                isPlannedOrNatural(rule),
                "lower.optimizer",
                "a sampled zero-sum game is learnt from counted transitions; use lower.optimizer: natural");
        if (!rule.planned()) {
            requireStep(NATURAL, "lower.stepSize", rule.stepSize());
        }
        return KnownGame.ofPlayers(setup.problem().as(ZeroSumProblem.class).orElseThrow(), !rule.planned());
    }

    /** Returns if there is a policy for each of the two players. */
    static void requireTwoPlayers(Setup setup) {
        MisfitException.require(
                setup.policy() instanceof TwoPlayerSoftmax,
                "policy.name",
                "a zero-sum game needs policy.name: tabular-softmax, one for each of its players");
    }

    /** The optimiser of models of data. */
    static Optimizer ofModels(Setup.LowerRule rule) {
        MisfitException.requireOf(
                !rule.planned(),
                PLANNED,
                "needs tables of states and actions, but this problem fits a model to data; use lower.solver: sampled");
        MisfitException.requireOf(
                rule.step() != Setup.LowerStep.NATURAL,
                NATURAL,
                "needs states and actions, but this problem fits a model to data; use lower.optimizer: sgd or adam");
        return rule.optimizer();
    }

    /** Counts of transitions outlive the upper variable at which they were drawn. */
    private static void requireSteadyCounts(Setup setup, String what) {
        MisfitException.requireOf(
                !setup.countsTransitions() || Need.STEADY.isMetBy(setup.problem()),
                what,
                "counts transitions, but those of this problem change with the upper variable; use lower.solver:"
                        + " planned, or lower.optimizer: adam with sampling.baseline: none");
    }

    /** Returns if {@code what} can take natural steps of this size. */
    static void requireNatural(Setup setup, String what, double stepSize) {
        tables(setup, what);
        MisfitException.requireOf(Need.ENTROPY.isMetBy(setup.problem()), what, Need.ENTROPY.refusal(setup.problem()));
        requireTabular(setup, what);
        MisfitException.requireOf(stepSize <= 1, what, "needs a step size in (0, 1], but it is " + stepSize);
    }

    /** Returns if a natural step of this size, which a key gives, is none too many. */
    static void requireStep(String what, String key, double stepSize) {
        MisfitException.require(stepSize <= 1, key, what + " needs a step size in (0, 1], but it is " + stepSize);
    }

    /** The tables, which {@code what} needs. */
    static FiniteProblem tables(Setup setup, String what) {
        boolean tables = setup.problem().as(FiniteProblem.class).isPresent();
        MisfitException.requireOf(
                tables,
                what,
                Need.TABLES.refusal(setup.problem())
                        + "; use first-order, pbrl or independent with lower.solver: sampled and lower.optimizer: adam");
        return setup.problem().as(FiniteProblem.class).orElseThrow();
    }

    /** Returns if the policy has a logit of its own for every action of a state. */
    static void requireTabular(Setup setup, String what) {
        requirePolicy(setup, what, setup.policy() instanceof TabularSoftmax, "tabular-softmax");
    }

    /** Returns if the policy can be any table of probabilities. */
    static void requirePlannable(Setup setup, String what) {
        boolean tabular = setup.policy() instanceof TabularSoftmax || setup.policy() instanceof TabularDirect;
        requirePolicy(setup, what, tabular, "tabular-softmax or tabular-direct");
    }

    private static void requirePolicy(Setup setup, String what, boolean fits, String names) {
        String policy = setup.policy().getClass().getSimpleName();
        MisfitException.requireOf(fits, what, "needs policy.name: " + names + ", but the policy is " + policy);
    }

    /**
     * The targets and, where none of them is the best response, that one behind them if the lower level can only learn it.
     *
     * <p>Tables and counted transitions are planned on whenever it is asked for. Gradient steps know what they have tracked
     * and no more: there it is one more follower, at the price of its steps in each inner batch and of samples of its own,
     * unless networks share trajectories: then it learns from those of the others. It takes no part in the gradient of x,
     * and its draws leave those of the others as they are.
     */
    static List<Target> withResponse(Setup setup, List<Target> targets) {
        if (isPlannedOrNatural(setup.lower()) || targets.contains(Target.BEST_RESPONSE)) {
            return targets;
        }
        List<Target> all = new ArrayList<>(targets);
        all.add(Target.BEST_RESPONSE);
        return List.copyOf(all);
    }
}
