package io.stackel.algorithm;

import io.stackel.estimate.PairActorCriticStep;
import io.stackel.exact.PreferenceModel;
import io.stackel.math.VectorMath;
import io.stackel.optim.Adam;
import io.stackel.optim.Sgd;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.Settings;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.spark.ml.linalg.DenseVector;

/** Builds algorithms for problems whose upper level learns from preferences, or says why they cannot run on one. */
final class PreferenceAlgorithms {

    /** The baseline of Christiano et al. */
    static final String ALTERNATING = "alternating";

    /** The ceiling. */
    static final String TRUE_REWARD = "true-reward";

    private static final String USE =
            "; use pbrl, first-order, alternating, true-reward or, with few and short segments, exact";

    private final Setup setup;
    private final PreferenceProblem problem;
    private final Settings settings;
    private final Frame frame;

    PreferenceAlgorithms(Setup setup, PreferenceProblem problem, Settings settings) {
        this.setup = setup;
        this.problem = problem;
        this.settings = settings;
        frame = new Frame(setup);
    }

    /** What an algorithm of preferences answers to a problem whose upper objective is a return. */
    static BiFunction<Setup, Settings, Algorithm> refuseReturns(String name) {
        return (setup, settings) -> {
            throw Algorithms.misfit(
                    name,
                    "needs a problem that learns a reward from preferences, but the upper objective of this one is a"
                            + " return; use first-order, pbrl or independent");
        };
    }

    Algorithm create(String name) {
        int steps = problem.pairs().steps();
        if (setup.sampling().horizon() < steps) {
            throw new MisfitException(
                    "sampling.horizon",
                    "sampling.horizon must be at least " + steps + ", where the last segment ends, but was "
                            + setup.sampling().horizon());
        }
        requireLabels(name);
        return switch (name) {
            case "exact" -> exact();
            case "pbrl" -> pbrl();
            case "first-order" -> setup.critic().isPresent() ? networks() : firstOrder();
            case ALTERNATING -> {
                LowerSolver solver = Algorithms.solver(setup, List.of(Target.BEST_RESPONSE));
                yield opened(solver, new Alternating(problem, solver.countsTransitions()));
            }
            case TRUE_REWARD -> trueReward();
            case InverseAlgorithms.FEATURE_MATCHING ->
                throw Algorithms.misfit(name, "needs experts in place of pairs" + USE);
            case "independent" ->
                throw Algorithms.misfit(name, "goes by the name of alternating where the reward is learnt" + USE);
            default ->
                throw Algorithms.misfit(
                        name,
                        "takes the upper objective for a return, but that of this problem is a loss on pairs of segments"
                                + USE);
        };
    }

    private void requireLabels(String name) {
        if (name.equals("pbrl") && problem.protocol().newPairs() == 0) {
            throw Algorithms.misfit(
                    name,
                    "learns from new pairs of its own policy, but none are labelled here: "
                            + (problem.labelsPairs()
                                    ? "problem.newPairs is 0"
                                    : "the problem file has no reward that would label them")
                            + "; use alternating");
        }
        if (List.of("first-order", "exact", TRUE_REWARD).contains(name) && !problem.labelsPairs()) {
            throw Algorithms.misfit(
                    name,
                    "needs the true reward, which labels new pairs, but the problem file has none; use alternating");
        }
    }

    private Algorithm opened(LowerSolver solver, Method method) {
        return new PreferenceOpening(frame, problem, solver, new TwoLevel(frame, method, solver));
    }

    private Algorithm pbrl() {
        if (!settings.text("penalty").equals("value")) {
            throw new MisfitException(
                    "algorithm.penalty",
                    "algorithm.penalty: " + settings.text("penalty")
                            + " is not there for preferences, whose pairs are whole trajectories; use algorithm.penalty:"
                            + " value");
        }
        FinitePreferences tables = tables("pbrl");
        PenalisedPolicy policy = Algorithms.penalisedPolicy(settings);
        if (policy.optimizer().isEmpty()) {
            Algorithms.requireNatural(setup, "algorithm.policyOptimizer: natural", policy.stepSize());
            Algorithms.requireCounts(setup);
        }
        LowerSolver solver = Algorithms.solver(setup, List.of(Target.BEST_RESPONSE));
        Method method = new PreferencePbrl(
                tables,
                1 / Algorithms.sigma(settings),
                settings.text("coupling").equals("shared"),
                setup.upper().units(),
                solver.countsTransitions(),
                policy);
        return opened(solver, method);
    }

    private Algorithm firstOrder() {
        Algorithms.requireEntropy(setup, "first-order");
        Setup.LowerRule rule = setup.lower();
        if (rule.planned() || rule.step() == Setup.LowerStep.NATURAL) {
            throw new MisfitException(
                    rule.planned() ? "lower.solver" : "lower.optimizer",
                    "first-order on preferences ascends J - sigma f, which is no return of the lower level's own process"
                            + " and cannot be planned; use lower.solver: sampled and lower.optimizer: adam or sgd");
        }
        boolean twoSided = settings.text("sides").equals("two");
        boolean counted = setup.sampling().fittedBaselines();
        FirstOrder terms = new FirstOrder(
                Algorithms.sigma(settings),
                twoSided,
                Algorithms.coupling(settings),
                setup.upper().units(),
                counted);
        LowerSolver solver = new SampledLower(
                frame,
                Algorithms.withResponse(setup, terms.targets()),
                Optional.of(rule.step() == Setup.LowerStep.ADAM ? new Adam() : new Sgd()),
                estimand -> estimand.combination().secondWeight() == 0
                        ? estimand
                        : PreferenceFirstOrder.ofPairs(problem, estimand));
        long labels = Math.multiplyExact((twoSided ? 2L : 1L) * rule.innerSteps(), rule.units());
        return opened(solver, new PreferenceFirstOrder(problem, terms, labels));
    }

    /** First-order with policies and values by networks: a unit of the lower level is a pair of each follower. */
    private Algorithm networks() {
        Algorithms.requireEntropy(setup, "first-order");
        if (problem.protocol().newPairs() == 0) {
            throw new MisfitException(
                    "problem.newPairs", "first-order learns from new pairs of its policy, but problem.newPairs is 0");
        }
        boolean twoSided = settings.text("sides").equals("two");
        FirstOrder terms = new FirstOrder(
                Algorithms.sigma(settings),
                twoSided,
                Algorithms.coupling(settings),
                setup.upper().units(),
                false);
        Setup.LowerRule rule = setup.lower();
        Setup.CriticRule critic = setup.critic().orElseThrow();
        List<Target> targets = Algorithms.withResponse(setup, terms.targets());
        LowerSolver solver = new ActorCriticLower(
                frame,
                targets,
                critic,
                rule.step() == Setup.LowerStep.ADAM ? new Adam() : new Sgd(),
                estimand -> new PairActorCriticStep(estimand, problem.pairs(), PreferenceFirstOrder.INDIFFERENCE));
        boolean both = twoSided || critic.shared();
        long labels = Math.multiplyExact((both ? 2L : 1L) * rule.innerSteps(), rule.units());
        return opened(solver, new KeptPairsFirstOrder(problem, terms, targets.indexOf(Target.BEST_RESPONSE), labels));
    }

    private FinitePreferences tables(String name) {
        if (problem instanceof FinitePreferences tables) {
            return tables;
        }
        throw Algorithms.misfit(
                name,
                "needs a world with tables, but the problem is a control task, which can only be sampled; use first-order"
                        + " with sampling.baseline: fitted, alternating or true-reward");
    }

    private Algorithm trueReward() {
        if (problem instanceof FinitePreferences tables) {
            double[] learnt = new double[tables.game(0).jointCells()];
            tables.lowerReward(new DenseVector(setup.start()), 0, learnt);
            if (VectorMath.maxAbs(learnt) > 0) {
                throw Algorithms.misfit(
                        TRUE_REWARD, "needs a learnt reward that is zero where x starts, but it is not" + USE);
            }
        }
        Method method = TrueReward.of(problem);
        return new TwoLevel(frame, method, Algorithms.solver(setup, method.targets()));
    }

    private Algorithm exact() {
        Algorithms.requireEntropy(setup, "exact");
        FinitePreferences tables = tables("exact");
        PreferenceModel model = PreferenceModel.of(tables)
                .orElseThrow(() -> Algorithms.misfit(
                        "exact",
                        "lists the segments of preferences, but there are more than " + PreferenceModel.MOST_SEGMENTS));
        List<Target> targets = List.of(Target.BEST_RESPONSE);
        return new TwoLevel(frame, new ExactPreferences(model), new PlannedLower(frame, targets, tables));
    }
}
