package io.stackel.algorithm;

import io.stackel.problem.FiniteInverse;
import io.stackel.problem.InverseProblem;
import io.stackel.problem.Settings;
import io.stackel.problem.TaskExperts;
import java.util.List;
import java.util.function.BiFunction;

/** Builds algorithms for inverse reinforcement learning, or says why they cannot run there. */
final class InverseAlgorithms {

    /** The closed form. */
    static final String FEATURE_MATCHING = "feature-matching";

    private static final String USE = "; use feature-matching, first-order with sides: one, or exact";

    private InverseAlgorithms() {}

    /** What the closed form answers to a problem without experts. */
    static BiFunction<Setup, Settings, Algorithm> refuseOthers() {
        return (setup, settings) -> {
            throw Algorithms.misfit(
                    FEATURE_MATCHING,
                    "needs a problem of inverse reinforcement learning, whose upper objective is the likelihood of experts;"
                            + " use first-order or pbrl");
        };
    }

    static Algorithm create(String name, Setup setup, InverseProblem problem, Settings settings) {
        Algorithms.requireEntropy(setup, name);
        if (problem instanceof TaskExperts task
                && setup.sampling().horizon() != task.experts().horizon()) {
            throw new MisfitException(
                    "sampling.horizon",
                    "sampling.horizon must be the problem.steps after which experts are cut, "
                            + task.experts().horizon() + ", but was "
                            + setup.sampling().horizon());
        }
        Frame frame = new Frame(setup);
        return switch (name) {
            case FEATURE_MATCHING -> {
                Method method = new FeatureMatching(problem, setup.upper().units());
                yield new TwoLevel(frame, method, Algorithms.solver(setup, method.targets()));
            }
            case "first-order" -> firstOrder(frame, tables(name, problem), settings);
            case "exact" -> {
                FiniteInverse tables = tables(name, problem);
                yield new TwoLevel(
                        frame,
                        new ExactGradient(tables),
                        new PlannedLower(frame, List.of(Target.BEST_RESPONSE), tables));
            }
            case "pbrl" ->
                throw Algorithms.misfit(
                        name, "penalises the policy that first-order with sides: one already tracks" + USE);
            case "independent" ->
                throw Algorithms.misfit(
                        name,
                        "follows the gradient of the upper objective in x alone, but here x enters through the policy"
                                + USE);
            default ->
                throw Algorithms.misfit(
                        name,
                        "takes the upper objective for a return, but that of this problem is the likelihood of experts"
                                + USE);
        };
    }

    private static FiniteInverse tables(String name, InverseProblem problem) {
        if (problem instanceof FiniteInverse tables) {
            return tables;
        }
        throw Algorithms.misfit(
                name,
                "needs a world with tables, but the problem is a control task, which can only be sampled; use"
                        + " feature-matching");
    }

    private static Algorithm firstOrder(Frame frame, FiniteInverse problem, Settings settings) {
        if (settings.text("sides").equals("two")) {
            throw new MisfitException(
                    "algorithm.sides",
                    "algorithm.sides: two needs an upper objective that is bounded over policies, but minus a log-likelihood"
                            + " has no upper bound: what minimises J* - J - sigma f need not exist; use algorithm.sides: one");
        }
        Setup setup = frame.setup();
        if (!setup.lower().planned() && setup.lower().step() != Setup.LowerStep.NATURAL) {
            throw new MisfitException(
                    "lower.optimizer",
                    "first-order on experts takes natural steps in a game that is planned or counted; use lower.solver:"
                            + " planned or lower.optimizer: natural");
        }
        Algorithms.requireNatural(
                setup,
                "first-order on experts, which takes natural steps,",
                setup.lower().stepSize());
        double sigma = Algorithms.sigma(settings);
        FollowerSolver best = (FollowerSolver) Algorithms.solver(setup, List.of(Target.BEST_RESPONSE));
        LowerSolver solver = new ImitatingLower(frame, problem, best, sigma);
        return new TwoLevel(
                frame,
                new FirstOrder(
                        sigma,
                        false,
                        Algorithms.coupling(settings),
                        setup.upper().units(),
                        solver.countsTransitions()),
                solver);
    }
}
