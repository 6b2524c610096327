package io.stackel.algorithm;

import io.stackel.estimate.Coupling;
import io.stackel.estimate.StateDistribution;
import io.stackel.optim.Adam;
import io.stackel.optim.Optimizer;
import io.stackel.optim.Sgd;
import io.stackel.policy.TabularDirect;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.InverseProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.problem.ZeroSumProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/** Every algorithm that ships with Stackel. */
public final class Algorithms {

    /** The penalty of zero-sum lower levels. */
    static final String NIKAIDO_ISODA = "nikaido-isoda";

    private static final Parameter SIGMA = Parameter.real(
                    "sigma", 1, Range.POSITIVE, "Weight of the upper objective in the perturbed lower level.")
            .optional();
    private static final Parameter PENALTY_WEIGHT = Parameter.real(
                    "penaltyWeight", 1, Range.POSITIVE, "Weight of the penalty: 1 / sigma.")
            .optional();
    private static final Parameter COUPLING = Parameter.choice(
            "coupling",
            "shared",
            List.of("none", "shared"),
            "Whether both terms of a difference come from the same trajectories.");

    private static final String COMMON = "common";
    private static final Parameter PATH_COUPLING = Parameter.choice(
            "coupling",
            "shared",
            List.of("none", "shared", COMMON),
            "Whether both terms of a difference come from the same trajectories, or from the same random numbers.");

    private static final String PRESET = "preset";
    private static final String PUBLISHED = "published";

    private Algorithms() {}

    /** The factories, in the order of the documentation. */
    public static List<AlgorithmFactory> all() {
        return List.of(
                new Entry(
                        "first-order",
                        "Hessian-free first-order hypergradient (Gaur et al. 2025), one- or two-sided",
                        List.of(
                                SIGMA,
                                PENALTY_WEIGHT,
                                Parameter.choice("sides", "two", List.of("one", "two"), "Form of the difference.")
                                        .forcedBy(published("one")),
                                PATH_COUPLING.forcedBy(published("none")),
                                Parameter.choice(
                                        PRESET,
                                        "none",
                                        List.of("none", PUBLISHED),
                                        "Schedule that sets sigma, units, inner steps, horizon and iterations from epsilon,"
                                                + " and the one-sided difference of independent batches."),
                                Parameter.real(
                                                "epsilon",
                                                0.1,
                                                new Range(0, true, 1, true),
                                                "Target of the squared norm of the hypergradient, for a preset.")
                                        .optional()),
                        Algorithms::firstOrder,
                        DataAlgorithms::firstOrder),
                new Entry(
                        "f2sa",
                        "fully first-order stochastic approximation (Kwon et al. 2023) for problems with data,"
                                + " momentum optional",
                        DataAlgorithms.F2SA,
                        DataAlgorithms.refuseTrajectories("f2sa"),
                        DataAlgorithms::f2sa),
                new Entry(
                        "pbrl",
                        "penalty-based bilevel RL (Shen, Yang and Chen 2025), value, Bellman or Nikaido-Isoda penalty",
                        List.of(
                                SIGMA,
                                PENALTY_WEIGHT,
                                Parameter.choice(
                                        "penalty",
                                        "value",
                                        List.of("value", "bellman", NIKAIDO_ISODA),
                                        "Which penalty."),
                                COUPLING,
                                Parameter.choice(
                                        "stateDistribution",
                                        "visits",
                                        List.of("visits", "uniform", "start"),
                                        "States at which the Bellman penalty is taken."),
                                Parameter.choice(
                                        "policyOptimizer",
                                        "natural",
                                        List.of("natural", "sgd", "adam"),
                                        "Step of the policy; natural needs a finite problem and tabular-softmax."),
                                Parameter.real("policyStepSize", 0.5, Range.POSITIVE, "Step size of the policy."),
                                DataAlgorithms.RAMP),
                        Algorithms::pbrl,
                        DataAlgorithms::pbrl),
                new Entry(
                        "independent",
                        "baseline: each player ascends its own value",
                        List.of(),
                        (setup, settings) -> {
                            LowerSolver solver = solver(setup, List.of(Target.BEST_RESPONSE));
                            return frame(
                                    setup, new Independent(setup.upper().units(), solver.countsTransitions()), solver);
                        },
                        DataAlgorithms.refuseData("independent")),
                new Entry(
                        "lower",
                        "the lower level alone, at the upper variable's start",
                        List.of(),
                        (setup, settings) -> {
                            Method method = new LowerOnly();
                            return frame(setup, method, solver(setup, method.targets()));
                        },
                        DataAlgorithms.refuseData("lower")),
                new Entry(
                        PreferenceAlgorithms.ALTERNATING,
                        "baseline: fit the reward to preferences and the policy to the reward in turn (Christiano et al."
                                + " 2017)",
                        List.of(),
                        PreferenceAlgorithms.refuseReturns(PreferenceAlgorithms.ALTERNATING),
                        DataAlgorithms.refuseData(PreferenceAlgorithms.ALTERNATING)),
                new Entry(
                        PreferenceAlgorithms.TRUE_REWARD,
                        "ceiling of learning from preferences: learn on the true reward",
                        List.of(),
                        PreferenceAlgorithms.refuseReturns(PreferenceAlgorithms.TRUE_REWARD),
                        DataAlgorithms.refuseData(PreferenceAlgorithms.TRUE_REWARD)),
                new Entry(
                        InverseAlgorithms.FEATURE_MATCHING,
                        "closed-form hypergradient of inverse reinforcement learning (maximum causal entropy, Ziebart et"
                                + " al. 2010)",
                        List.of(),
                        InverseAlgorithms.refuseOthers(),
                        DataAlgorithms.refuseData(InverseAlgorithms.FEATURE_MATCHING)),
                new Entry(
                        "hpgd",
                        "baseline: hypergradient from advantages (Thoma et al. 2024), two continuations",
                        List.of(),
                        (setup, settings) -> {
                            finite(setup, "hpgd");
                            requireEntropy(setup, "hpgd");
                            Method method = new Hpgd(setup.upper().units());
                            return frame(setup, method, solver(setup, method.targets()));
                        },
                        DataAlgorithms.refuseData("hpgd")),
                new Entry(
                        "exact",
                        "ceiling: exact hypergradient of a finite problem or a quadratic lower level, no samples",
                        List.of(),
                        Algorithms::exact,
                        DataAlgorithms::exact),
                new Entry(
                        "zero-order",
                        "baseline: two values of the objective along a random direction",
                        List.of(Parameter.real("radius", 0.1, Range.POSITIVE, "Distance mu of the two points.")),
                        (setup, settings) -> {
                            Method method = new ZeroOrder(
                                    settings.real("radius"), setup.upper().units());
                            return frame(setup, method, solver(setup, withResponse(setup, method.targets())));
                        },
                        DataAlgorithms.refuseData("zero-order")));
    }

    private static Parameter.Forced published(String to) {
        return new Parameter.Forced(
                PRESET, PUBLISHED, to, "whose algorithm is one-sided and draws independent batches");
    }

    private static Algorithm firstOrder(Setup setup, Settings settings) {
        requireEntropy(setup, "first-order");
        boolean twoSided = settings.text("sides").equals("two");
        Coupling coupling = coupling(settings);
        double sigma = sigma(settings);
        Method targets = new FirstOrder(sigma, twoSided, coupling, 1, false);
        LowerSolver solver = solver(setup, withResponse(setup, targets.targets()));
        return frame(
                setup,
                new FirstOrder(sigma, twoSided, coupling, setup.upper().units(), solver.countsTransitions()),
                solver);
    }

    /** What {@code algorithm.coupling} says. */
    static Coupling coupling(Settings settings) {
        return Coupling.valueOf(settings.text("coupling").toUpperCase(Locale.ROOT));
    }

    private static Algorithm pbrl(Setup setup, Settings settings) {
        boolean bellman = settings.text("penalty").equals("bellman");
        StateDistribution states =
                StateDistribution.valueOf(settings.text("stateDistribution").toUpperCase(Locale.ROOT));
        if (bellman && states != StateDistribution.VISITS) {
            requireFullSupport(finite(setup, "pbrl with the Bellman penalty at chosen states"), states);
        }
        if (settings.text("penalty").equals(NIKAIDO_ISODA)) {
            throw misfit(
                    "algorithm.penalty: nikaido-isoda",
                    "measures two players of a zero-sum game, but the lower level of this problem is one follower; use"
                            + " algorithm.penalty: value or bellman");
        }
        PenalisedPolicy policy = penalisedPolicy(settings);
        if (policy.optimizer().isEmpty()) {
            requireNatural(setup, "algorithm.policyOptimizer: natural", policy.stepSize());
            requireCounts(setup);
        }
        LowerSolver solver = solver(setup, List.of(Target.BEST_RESPONSE));
        Method method = new Pbrl(
                bellman ? Pbrl.Penalty.BELLMAN : Pbrl.Penalty.VALUE,
                1 / sigma(settings),
                settings.text("coupling").equals("shared"),
                states,
                setup.upper().units(),
                solver.countsTransitions(),
                policy);
        return frame(setup, method, solver);
    }

    static PenalisedPolicy penalisedPolicy(Settings settings) {
        Optional<Optimizer> optimizer = switch (settings.text("policyOptimizer")) {
            case "adam" -> Optional.of(new Adam());
            case "sgd" -> Optional.of(new Sgd());
            default -> Optional.empty();
        };
        return new PenalisedPolicy(optimizer, settings.real("policyStepSize"));
    }

    private static Algorithm exact(Setup setup, Settings settings) {
        FiniteProblem problem = finite(setup, "exact");
        requireEntropy(setup, "exact");
        Method method = new ExactGradient(problem);
        Frame frame = new Frame(setup);
        return new TwoLevel(frame, method, new PlannedLower(frame, method.targets(), problem));
    }

    private static Algorithm frame(Setup setup, Method method, LowerSolver solver) {
        return new TwoLevel(new Frame(setup), method, solver);
    }

    /** sigma from whichever of the two keys was given. */
    static double sigma(Settings settings) {
        if (settings.has("sigma") == settings.has("penaltyWeight")) {
            throw new MisfitException(
                    settings.has("sigma") ? "algorithm.penaltyWeight" : "algorithm.name",
                    "exactly one of algorithm.sigma and algorithm.penaltyWeight must be given, but "
                            + (settings.has("sigma") ? "both are" : "neither is"));
        }
        return settings.has("sigma") ? settings.real("sigma") : 1 / settings.real("penaltyWeight");
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
        Setup.LowerRule rule = setup.lower();
        if (rule.planned() || rule.step() == Setup.LowerStep.NATURAL || targets.contains(Target.BEST_RESPONSE)) {
            return targets;
        }
        List<Target> all = new ArrayList<>(targets);
        all.add(Target.BEST_RESPONSE);
        return List.copyOf(all);
    }

    /** A solver that tracks these targets. */
    static LowerSolver solver(Setup setup, List<Target> targets) {
        return solver(new Frame(setup), targets);
    }

    static LowerSolver solver(Frame frame, List<Target> targets) {
        Setup setup = frame.setup();
        Setup.LowerRule rule = setup.lower();
        refuseStaleCounts(setup);
        if (rule.planned()) {
            FiniteProblem problem = finite(setup, "lower.solver: planned");
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
                && !(setup.problem() instanceof FiniteProblem)) {
            throw misfit(
                    "sampling.baseline: fitted",
                    "needs a finite problem, on whose counted transitions the values are fitted, or a network of values,"
                            + " but there is neither; use sampling.baseline: none");
        }
        Optimizer optimizer = rule.step() == Setup.LowerStep.ADAM ? new Adam() : new Sgd();
        if (setup.critic().isPresent()) {
            return new ActorCriticLower(frame, targets, setup.critic().get(), optimizer);
        }
        return new SampledLower(frame, targets, Optional.of(optimizer));
    }

    /** Counts of transitions outlive the upper variable at which they were drawn. */
    private static void refuseStaleCounts(Setup setup) {
        boolean natural = setup.lower().step() == Setup.LowerStep.NATURAL;
        boolean counts =
                !setup.lower().planned() && (natural || setup.sampling().fittedBaselines());
        if (counts
                && setup.problem() instanceof FiniteProblem finite
                && finite.dependence().transitions()) {
            throw misfit(
                    natural ? "lower.optimizer: natural" : "sampling.baseline: fitted",
                    "counts transitions, but those of this problem change with the upper variable; use lower.solver:"
                            + " planned, or lower.optimizer: adam with sampling.baseline: none");
        }
    }

    static void requireNatural(Setup setup, String what, double stepSize) {
        finite(setup, what);
        requireEntropy(setup, what);
        requirePolicy(setup, what, setup.policy() instanceof TabularSoftmax, "tabular-softmax");
        if (stepSize > 1) {
            throw misfit(what, "needs a step size in (0, 1], but it is " + stepSize);
        }
    }

    /** The natural step of a policy reads its values from the solver's game, which a gradient solver may not have. */
    static void requireCounts(Setup setup) {
        boolean counts = setup.lower().planned()
                || setup.lower().step() == Setup.LowerStep.NATURAL
                || setup.sampling().fittedBaselines();
        if (!counts) {
            throw misfit(
                    "algorithm.policyOptimizer: natural",
                    "needs counted transitions; use lower.optimizer: natural, sampling.baseline: fitted or"
                            + " algorithm.policyOptimizer: adam");
        }
    }

    private static FiniteProblem finite(Setup setup, String what) {
        if (setup.problem() instanceof FiniteProblem problem) {
            return problem;
        }
        throw misfit(
                what,
                "needs a finite problem, with tables, but this one can only be sampled; use first-order, pbrl or"
                        + " independent with lower.solver: sampled and lower.optimizer: adam");
    }

    static void requireEntropy(Setup setup, String what) {
        if (!(setup.problem().entropyWeight() > 0)) {
            throw misfit(
                    what,
                    "needs problem.entropyWeight above 0, where the best response is unique and smooth, but it is "
                            + setup.problem().entropyWeight());
        }
    }

    private static void requirePolicy(Setup setup, String what, boolean fits, String names) {
        if (!fits) {
            throw misfit(
                    what,
                    "needs policy.name: " + names + ", but the policy is "
                            + setup.policy().getClass().getSimpleName());
        }
    }

    private static void requireFullSupport(FiniteProblem problem, StateDistribution states) {
        for (int context = 0; states == StateDistribution.START && context < problem.contexts(); context++) {
            double[] start = problem.game(context).start();
            for (int s = 0; s < start.length; s++) {
                if (!(start[s] > 0)) {
                    throw misfit(
                            "algorithm.stateDistribution: start",
                            "must be positive in every state, or the Bellman penalty leaves states unconstrained, but is"
                                    + " 0 in state " + s + "; use algorithm.stateDistribution: visits or uniform");
                }
            }
        }
    }

    /** A misfit of {@code key: value}, or of an algorithm, which is told by its name. */
    static MisfitException misfit(String what, String rule) {
        int colon = what.indexOf(':');
        return new MisfitException(colon < 0 ? "algorithm.name" : what.substring(0, colon), what + " " + rule);
    }

    /**
     * An algorithm by what it can solve.
     *
     * @param trajectories builds it for a problem of trajectories, or says why it cannot
     * @param data builds it for a problem that fits a model to data, or says why it cannot
     */
    private record Entry(
            String name,
            String summary,
            List<Parameter> parameters,
            BiFunction<Setup, Settings, Algorithm> trajectories,
            BiFunction<DataSetup, Settings, Algorithm> data)
            implements AlgorithmFactory {

        @Override
        public Algorithm create(ProblemSetup setup, Settings settings) {
            if (settings.has("coupling") && settings.text("coupling").equals(COMMON) && !plain(setup)) {
                throw new MisfitException(
                        "algorithm.coupling",
                        "algorithm.coupling: common needs a problem of one follower's returns; use algorithm.coupling:"
                                + " shared");
            }
            if (setup instanceof DataSetup fit) {
                return data.apply(fit, settings);
            }
            Setup one = (Setup) setup;
            if (settings.has(DataAlgorithms.RAMP.name()) && settings.whole(DataAlgorithms.RAMP.name()) > 0) {
                throw new MisfitException(
                        "algorithm.rampIterations",
                        "algorithm.rampIterations needs a problem with data, but this one samples trajectories; leave it"
                                + " out");
            }
            if (one.problem() instanceof PreferenceProblem pairs) {
                return new PreferenceAlgorithms(one, pairs, settings).create(name);
            }
            if (one.problem() instanceof InverseProblem experts) {
                return InverseAlgorithms.create(name, one, experts, settings);
            }
            return one.problem() instanceof ZeroSumProblem game
                    ? ZeroSumAlgorithms.create(name, one, game, settings)
                    : trajectories.apply(one, settings);
        }

        private static boolean plain(ProblemSetup setup) {
            return setup instanceof Setup one
                    && !(one.problem() instanceof FinitePreferences)
                    && !(one.problem() instanceof InverseProblem)
                    && !(one.problem() instanceof ZeroSumProblem);
        }
    }
}
