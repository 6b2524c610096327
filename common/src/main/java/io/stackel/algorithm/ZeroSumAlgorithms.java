package io.stackel.algorithm;

import io.stackel.policy.TwoPlayerSoftmax;
import io.stackel.problem.Settings;
import io.stackel.problem.ZeroSumProblem;
import java.util.List;
import java.util.Map;

/** Builds algorithms for problems whose lower level is a zero-sum game, or says why they cannot run on one. */
final class ZeroSumAlgorithms {

    private static final Map<String, String> REFUSED = Map.of(
            "first-order",
            "perturbs the one objective that a follower maximises, but the lower level of this problem is a zero-sum game of"
                    + " two players, whose equilibrium maximises nothing",
            "f2sa",
            "needs a problem that fits a model to data, but this one is a zero-sum game of two players",
            "hpgd",
            "needs the advantages of one follower's best response, but the lower level of this problem is a zero-sum game"
                    + " of two players");

    private ZeroSumAlgorithms() {}

    static Algorithm create(String name, Setup setup, ZeroSumProblem problem, Settings settings) {
        if (REFUSED.containsKey(name)) {
            throw new MisfitException(
                    "algorithm.name",
                    name + " " + REFUSED.get(name) + "; use pbrl with penalty: nikaido-isoda, exact, independent or"
                            + " zero-order");
        }
        Algorithms.requireEntropy(setup, name);
        if (!(setup.policy() instanceof TwoPlayerSoftmax policy)) {
            throw new MisfitException(
                    "policy.name", "a zero-sum game needs policy.name: tabular-softmax, one for each of its players");
        }
        Frame frame = new Frame(setup);
        return switch (name) {
            case "pbrl" -> pbrl(frame, problem, policy, settings);
            case "exact" -> exact(frame, problem, policy);
            case "independent" -> {
                ZeroSumLower solver = solver(frame, problem, policy, List.of(Target.BEST_RESPONSE));
                yield new TwoLevel(frame, new Independent(setup.upper().units(), solver.countsTransitions()), solver);
            }
            case "zero-order" -> {
                Method method =
                        new ZeroOrder(settings.real("radius"), setup.upper().units());
                yield new TwoLevel(frame, method, solver(frame, problem, policy, method.targets()));
            }
            default -> throw new MisfitException("algorithm.name", name + " does not know zero-sum games");
        };
    }

    private static Algorithm pbrl(Frame frame, ZeroSumProblem problem, TwoPlayerSoftmax policy, Settings settings) {
        if (!settings.text("penalty").equals(Algorithms.NIKAIDO_ISODA)) {
            throw new MisfitException(
                    "algorithm.penalty",
                    "algorithm.penalty: " + settings.text("penalty")
                            + " measures one follower, but the lower level of this"
                            + " problem is a zero-sum game of two players; use algorithm.penalty: nikaido-isoda");
        }
        PenalisedPolicy penalised = Algorithms.penalisedPolicy(settings);
        if (penalised.optimizer().isEmpty() && penalised.stepSize() > 1) {
            throw new MisfitException(
                    "algorithm.policyStepSize",
                    "algorithm.policyOptimizer: natural needs a step size in (0, 1], but it is "
                            + penalised.stepSize());
        }
        requireNatural(frame.setup().lower());
        ZeroSumLower solver =
                new ZeroSumLower(frame, problem, policy, ZeroSumLower.Tracking.RESPONSES, NikaidoIsoda.RESPONSES);
        Method method = new NikaidoIsoda(
                1 / Algorithms.sigma(settings),
                settings.text("coupling").equals("shared"),
                frame.setup().upper().units(),
                penalised,
                policy,
                solver);
        return new TwoLevel(frame, method, solver);
    }

    private static Algorithm exact(Frame frame, ZeroSumProblem problem, TwoPlayerSoftmax policy) {
        if (!frame.setup().lower().planned()) {
            throw new MisfitException("lower.solver", "exact on a zero-sum game needs lower.solver: planned");
        }
        ZeroSumLower solver = new ZeroSumLower(
                frame, problem, policy, ZeroSumLower.Tracking.EQUILIBRIUM, List.of(Target.BEST_RESPONSE));
        return new TwoLevel(frame, new ExactEquilibrium(solver), solver);
    }

    private static ZeroSumLower solver(
            Frame frame, ZeroSumProblem problem, TwoPlayerSoftmax policy, List<Target> targets) {
        requireNatural(frame.setup().lower());
        return new ZeroSumLower(frame, problem, policy, ZeroSumLower.Tracking.EQUILIBRIUM, targets);
    }

    private static void requireNatural(Setup.LowerRule rule) {
        if (rule.planned()) {
            return;
        }
        if (rule.step() != Setup.LowerStep.NATURAL) {
            throw new MisfitException(
                    "lower.optimizer",
                    "a sampled zero-sum game is learnt from counted transitions; use lower.optimizer: natural");
        }
        if (rule.stepSize() > 1) {
            throw new MisfitException(
                    "lower.stepSize",
                    "lower.optimizer: natural needs a step size in (0, 1], but it is " + rule.stepSize());
        }
    }
}
