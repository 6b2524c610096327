package io.stackel.algorithm;

import io.stackel.estimate.PairActorCriticStep;
import io.stackel.optim.Adam;
import io.stackel.optim.Optimizer;
import io.stackel.optim.Sgd;
import io.stackel.policy.TabularDirect;
import io.stackel.policy.TabularSoftmax;
import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.PreferenceProblem;
import java.util.List;
import java.util.Optional;

/** Builds the solver of a lower level from the {@code lower} and {@code sampling} sections, or says what does not fit. */
final class LowerLevels {

    private LowerLevels() {}

    /** Followers of returns. */
    static LowerSolver of(Frame frame, List<Target> targets) {
        Setup setup = frame.setup();
        Setup.LowerRule rule = setup.lower();
        refuseStaleCounts(setup);
        if (rule.planned()) {
            FiniteProblem problem = tables(setup, "lower.solver: planned");
            boolean tabular = setup.policy() instanceof TabularSoftmax || setup.policy() instanceof TabularDirect;
            requirePolicy(setup, "lower.solver: planned", tabular, "tabular-softmax or tabular-direct");
            return new PlannedLower(frame, targets, problem);
        }
        if (rule.step() == Setup.LowerStep.NATURAL) {
            requireNatural(setup, "lower.optimizer: natural", rule.stepSize());
            return new SampledLower(frame, targets, Optional.empty());
        }
        if (setup.sampling().fittedBaselines()
                && setup.critic().isEmpty()
                && setup.problem().tables().isEmpty()) {
            throw misfit(
                    "sampling.baseline: fitted",
                    "needs a finite problem, on whose counted transitions the values are fitted, or a network of values,"
                            + " but there is neither; use sampling.baseline: none");
        }
        return setup.critic().isPresent()
                ? new ActorCriticLower(frame, targets, setup.critic().get(), optimizer(rule))
                : new SampledLower(frame, targets, Optional.of(optimizer(rule)));
    }

    /** Followers that ascend J - k f by gradient steps, f the loss on pairs. */
    static LowerSolver onPairs(Frame frame, List<Target> targets, PreferenceProblem problem) {
        Setup setup = frame.setup();
        Optimizer optimizer = optimizer(setup.lower());
        if (setup.critic().isPresent()) {
            return new ActorCriticLower(
                    frame,
                    targets,
                    setup.critic().get(),
                    optimizer,
                    step -> new PairActorCriticStep(step, problem.pairs(), ObjectiveTerms.OfFreshPairs.INDIFFERENCE));
        }
        return new SampledLower(
                frame,
                targets,
                Optional.of(optimizer),
                step -> step.combination().secondWeight() == 0
                        ? step
                        : ObjectiveTerms.OfFreshPairs.ofPairs(problem, step));
    }

    /** The two players of a zero-sum game. */
    static ZeroSumLower ofPlayers(Frame frame, ZeroSumLower.Tracking tracking, List<Target> targets) {
        Setup setup = frame.setup();
        Setup.LowerRule rule = setup.lower();
        if (!(setup.policy() instanceof TwoPlayerSoftmax policy)) {
            throw new MisfitException(
                    "policy.name", "a zero-sum game needs policy.name: tabular-softmax, one for each of its players");
        }
        if (!rule.planned() && rule.step() != Setup.LowerStep.NATURAL) {
            throw new MisfitException(
                    "lower.optimizer",
                    "a sampled zero-sum game is learnt from counted transitions; use lower.optimizer: natural");
        }
        if (!rule.planned() && rule.stepSize() > 1) {
            throw new MisfitException(
                    "lower.stepSize",
                    "lower.optimizer: natural needs a step size in (0, 1], but it is " + rule.stepSize());
        }
        return new ZeroSumLower(frame, setup.problem().zeroSum().orElseThrow(), policy, tracking, targets);
    }

    /** The optimiser of models of data. */
    static Optimizer ofModels(Setup.LowerRule rule) {
        if (rule.planned()) {
            throw misfit(
                    "lower.solver: planned",
                    "needs tables of states and actions, but this problem fits a model to data; use lower.solver: sampled");
        }
        if (rule.step() == Setup.LowerStep.NATURAL) {
            throw misfit(
                    "lower.optimizer: natural",
                    "needs states and actions, but this problem fits a model to data; use lower.optimizer: sgd or adam");
        }
        return optimizer(rule);
    }

    private static Optimizer optimizer(Setup.LowerRule rule) {
        return rule.step() == Setup.LowerStep.ADAM ? new Adam() : new Sgd();
    }

    /** Counts of transitions outlive the upper variable at which they were drawn. */
    private static void refuseStaleCounts(Setup setup) {
        boolean changing = setup.problem().tables().isPresent()
                && setup.problem().dependence().transitions();
        if (changing && setup.countsTransitions()) {
            throw misfit(
                    setup.lower().step() == Setup.LowerStep.NATURAL
                            ? "lower.optimizer: natural"
                            : "sampling.baseline: fitted",
                    "counts transitions, but those of this problem change with the upper variable; use lower.solver:"
                            + " planned, or lower.optimizer: adam with sampling.baseline: none");
        }
    }

    /** Returns if {@code what} can take natural steps of this size. */
    static void requireNatural(Setup setup, String what, double stepSize) {
        tables(setup, what);
        if (!Need.ENTROPY.isMetBy(setup.problem())) {
            throw misfit(what, Need.ENTROPY, setup);
        }
        requireTabular(setup, what);
        if (stepSize > 1) {
            throw misfit(what, "needs a step size in (0, 1], but it is " + stepSize);
        }
    }

    /** The tables, which {@code what} needs. */
    static FiniteProblem tables(Setup setup, String what) {
        return setup.problem()
                .tables()
                .orElseThrow(() -> new MisfitException(
                        key(what),
                        Need.TABLES.refusal(what, setup.problem())
                                + "; use first-order, pbrl or independent with lower.solver: sampled and"
                                + " lower.optimizer: adam"));
    }

    /** Returns if the policy has a logit of its own for every action of a state. */
    static void requireTabular(Setup setup, String what) {
        requirePolicy(setup, what, setup.policy() instanceof TabularSoftmax, "tabular-softmax");
    }

    private static void requirePolicy(Setup setup, String what, boolean fits, String names) {
        if (!fits) {
            throw misfit(
                    what,
                    "needs policy.name: " + names + ", but the policy is "
                            + setup.policy().getClass().getSimpleName());
        }
    }

    private static MisfitException misfit(String what, Need need, Setup setup) {
        return new MisfitException(key(what), need.refusal(what, setup.problem()));
    }

    /** A misfit of {@code key: value}, or of an algorithm by its name. */
    static MisfitException misfit(String what, String rule) {
        return new MisfitException(key(what), what + " " + rule);
    }

    private static String key(String what) {
        int colon = what.indexOf(':');
        return colon > 0 ? what.substring(0, colon) : what.contains(".") ? what : "algorithm.name";
    }
}
