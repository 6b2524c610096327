package io.stackel.algorithm;

import io.stackel.algorithm.AlgorithmEntry.Condition;
import io.stackel.algorithm.AlgorithmEntry.Form;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.StateDistribution;
import io.stackel.exact.PreferenceModel;
import io.stackel.math.VectorMath;
import io.stackel.optim.Adam;
import io.stackel.optim.Optimizer;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.problem.FiniteInverse;
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
import org.apache.spark.ml.linalg.DenseVector;

/** Every algorithm that ships with Stackel: a row each, with what it is on each kind of problem and what it needs there. */
public final class Algorithms {

    private static final String COUPLING = "coupling";
    private static final String COMMON = "common";
    private static final String PENALTY = "penalty";
    private static final String PRESET = "preset";
    private static final String PUBLISHED = "published";
    private static final String RAMP = "rampIterations";
    private static final String SIDES = "sides";

    private static final Parameter SIGMA = Parameter.real(
                    "sigma", 1, Range.POSITIVE, "Weight of the upper objective in the perturbed lower level.")
            .optional();
    private static final Parameter PENALTY_WEIGHT = Parameter.real(
                    "penaltyWeight", 1, Range.POSITIVE, "Weight of the penalty: 1 / sigma.")
            .optional();

    private static final List<Parameter> FIRST_ORDER = List.of(
            SIGMA,
            PENALTY_WEIGHT,
            Parameter.choice(SIDES, "two", List.of("one", "two"), "Form of the difference.")
                    .forcedBy(published("one")),
            Parameter.choice(
                            COUPLING,
                            "shared",
                            List.of("none", "shared", COMMON),
                            "Whether both terms of a difference come from the same trajectories, or from the same random"
                                    + " numbers.")
                    .forcedBy(published("none")),
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
                    .optional());

    private static final List<Parameter> PBRL = List.of(
            SIGMA,
            PENALTY_WEIGHT,
            Parameter.choice(PENALTY, "value", List.of("value", "bellman", "nikaido-isoda"), "Which penalty."),
            Parameter.choice(
                    COUPLING,
                    "shared",
                    List.of("none", "shared"),
                    "Whether both terms of a difference come from the same trajectories."),
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
            Parameter.whole(
                    RAMP,
                    0,
                    Range.closed(0, Long.MAX_VALUE),
                    "Iterations over which the penalty weight grows linearly; 0 for none. Problems with data only."));

    private static final List<Parameter> F2SA = List.of(
            Parameter.real("penaltyWeight", 1, Range.POSITIVE, "Weight of the penalty in the first iteration."),
            Parameter.choice(
                    "exponents",
                    "noisy",
                    List.of("noisy", "noisy-upper", "deterministic", "constant"),
                    "Decay of the steps and growth of the weight: the noise that the theorem of Kwon et al. 2023 assumes."),
            Parameter.flag("momentum", false, "Running gradient estimates (F3SA) at twice the oracle calls."),
            Parameter.real("offset", 100, Range.POSITIVE, "Iterations until decay and growth have set in."));

    private static final List<AlgorithmEntry> ENTRIES = List.of(
            new AlgorithmEntry(
                    "first-order",
                    "Hessian-free first-order hypergradient (Gaur et al. 2025), one- or two-sided",
                    FIRST_ORDER,
                    List.of(
                            Form.of(Algorithms::firstOrder, Need.ONE_FOLLOWER, Need.RETURN, Need.ENTROPY),
                            Form.of(
                                    Algorithms::firstOrderOnPairs,
                                    Need.ONE_FOLLOWER,
                                    Need.PAIRS,
                                    Need.TRUE_REWARD,
                                    Need.ENTROPY),
                            Form.of(
                                    Algorithms::firstOrderOnExperts,
                                    Need.ONE_FOLLOWER,
                                    Need.EXPERTS,
                                    Need.TABLES,
                                    Need.ENTROPY),
                            Form.ofData(Algorithms::firstOrderOnData)),
                    List.of(
                            new Condition(PRESET, PUBLISHED, Need.TRAJECTORIES),
                            new Condition(COUPLING, COMMON, Need.PLAYED),
                            new Condition(SIDES, "two", Need.BOUNDED))),
            new AlgorithmEntry(
                    "f2sa",
                    "fully first-order stochastic approximation (Kwon et al. 2023) for problems with data,"
                            + " momentum optional",
                    F2SA,
                    List.of(Form.ofData(Algorithms::f2sa)),
                    List.of()),
            new AlgorithmEntry(
                    "pbrl",
                    "penalty-based bilevel RL (Shen, Yang and Chen 2025), value, Bellman or Nikaido-Isoda penalty",
                    PBRL,
                    List.of(
                            Form.of(Algorithms::pbrl, Need.ONE_FOLLOWER, Need.RETURN),
                            Form.of(
                                    Algorithms::pbrlOnPairs,
                                    Need.ONE_FOLLOWER,
                                    Need.PAIRS,
                                    Need.TABLES,
                                    Need.NEW_PAIRS),
                            Form.of(Algorithms::pbrlOnPlayers, Need.TWO_PLAYERS, Need.ENTROPY),
                            Form.ofData(Algorithms::pbrlOnData)),
                    List.of(
                            new Condition(PENALTY, "value", Need.ONE_FOLLOWER),
                            new Condition(PENALTY, "bellman", Need.TRAJECTORIES),
                            new Condition(PENALTY, "bellman", Need.ONE_FOLLOWER),
                            new Condition(PENALTY, "bellman", Need.RETURN),
                            new Condition(PENALTY, "nikaido-isoda", Need.TWO_PLAYERS),
                            new Condition(RAMP, "", Need.DATA))),
            new AlgorithmEntry(
                    "independent",
                    "baseline: each player ascends its own value",
                    List.of(),
                    List.of(
                            Form.of(Algorithms::independent, Need.ONE_FOLLOWER, Need.RETURN),
                            Form.of(
                                    (setup, settings) -> onPlayers(setup, Independent.of(setup)),
                                    Need.TWO_PLAYERS,
                                    Need.ENTROPY)),
                    List.of()),
            new AlgorithmEntry(
                    "lower",
                    "the lower level alone, at the upper variable's start",
                    List.of(),
                    List.of(Form.of(
                            (setup, settings) -> twoLevel(setup, new LowerOnly()), Need.ONE_FOLLOWER, Need.RETURN)),
                    List.of()),
            new AlgorithmEntry(
                    "alternating",
                    "baseline: fit the reward to preferences and the policy to the reward in turn (Christiano et al."
                            + " 2017)",
                    List.of(),
                    List.of(Form.of(Algorithms::alternating, Need.ONE_FOLLOWER, Need.PAIRS)),
                    List.of()),
            new AlgorithmEntry(
                    "true-reward",
                    "ceiling of learning from preferences: learn on the true reward",
                    List.of(),
                    List.of(Form.of(Algorithms::trueReward, Need.ONE_FOLLOWER, Need.PAIRS, Need.TRUE_REWARD)),
                    List.of()),
            new AlgorithmEntry(
                    "feature-matching",
                    "closed-form hypergradient of inverse reinforcement learning (maximum causal entropy, Ziebart et"
                            + " al. 2010)",
                    List.of(),
                    List.of(Form.of(Algorithms::featureMatching, Need.ONE_FOLLOWER, Need.EXPERTS, Need.ENTROPY)),
                    List.of()),
            new AlgorithmEntry(
                    "hpgd",
                    "baseline: hypergradient from advantages (Thoma et al. 2024), two continuations",
                    List.of(),
                    List.of(Form.of(
                            (setup, settings) ->
                                    twoLevel(setup, new Hpgd(setup.upper().units())),
                            Need.ONE_FOLLOWER,
                            Need.RETURN,
                            Need.TABLES,
                            Need.ENTROPY)),
                    List.of()),
            new AlgorithmEntry(
                    "exact",
                    "ceiling: exact hypergradient of a finite problem or a quadratic lower level, no samples",
                    List.of(),
                    List.of(
                            Form.of(Algorithms::exact, Need.ONE_FOLLOWER, Need.RETURN, Need.TABLES, Need.ENTROPY),
                            Form.of(
                                    Algorithms::exactOnPairs,
                                    Need.ONE_FOLLOWER,
                                    Need.PAIRS,
                                    Need.TRUE_REWARD,
                                    Need.ENTROPY,
                                    Need.TABLES,
                                    Need.FEW_SEGMENTS),
                            Form.of(
                                    Algorithms::exactOnExperts,
                                    Need.ONE_FOLLOWER,
                                    Need.EXPERTS,
                                    Need.TABLES,
                                    Need.ENTROPY),
                            Form.of(Algorithms::exactOnPlayers, Need.TWO_PLAYERS, Need.ENTROPY),
                            Form.ofData(
                                    (setup, settings) -> new DataExact(
                                            setup, setup.problem().quadratic().orElseThrow()),
                                    Need.QUADRATIC)),
                    List.of()),
            new AlgorithmEntry(
                    "zero-order",
                    "baseline: two values of the objective along a random direction",
                    List.of(Parameter.real("radius", 0.1, Range.POSITIVE, "Distance mu of the two points.")),
                    List.of(
                            Form.of(Algorithms::zeroOrder, Need.ONE_FOLLOWER, Need.RETURN),
                            Form.of(
                                    (setup, settings) -> onPlayers(setup, ZeroOrder.of(setup, settings)),
                                    Need.TWO_PLAYERS,
                                    Need.ENTROPY)),
                    List.of()));

    private Algorithms() {}

    /** The factories, in the order of the documentation. */
    public static List<AlgorithmFactory> all() {
        return List.copyOf(ENTRIES);
    }

    static List<AlgorithmEntry> entries() {
        return ENTRIES;
    }

    private static Parameter.Forced published(String to) {
        return new Parameter.Forced(
                PRESET, PUBLISHED, to, "whose algorithm is one-sided and draws independent batches");
    }

    private static Algorithm twoLevel(Setup setup, Method method) {
        return twoLevel(setup, method, method.targets());
    }

    private static Algorithm twoLevel(Setup setup, Method method, List<Target> targets) {
        Frame frame = new Frame(setup);
        return new TwoLevel(frame, method, LowerLevels.of(frame, targets));
    }

    private static Algorithm independent(Setup setup, Settings settings) {
        return twoLevel(setup, Independent.of(setup));
    }

    private static Algorithm zeroOrder(Setup setup, Settings settings) {
        Method method = ZeroOrder.of(setup, settings);
        return twoLevel(setup, method, withResponse(setup, method.targets()));
    }

    private static Algorithm firstOrder(Setup setup, Settings settings) {
        Method method = difference(setup, settings);
        return twoLevel(setup, method, withResponse(setup, method.targets()));
    }

    private static FirstOrder difference(Setup setup, Settings settings) {
        return new FirstOrder(
                sigma(settings),
                settings.text(SIDES).equals("two"),
                coupling(settings),
                setup.upper().units(),
                setup.countsTransitions());
    }

    private static Coupling coupling(Settings settings) {
        return Coupling.valueOf(settings.text(COUPLING).toUpperCase(Locale.ROOT));
    }

    private static boolean isShared(Settings settings) {
        return settings.text(COUPLING).equals("shared");
    }

    private static Algorithm firstOrderOnPairs(Setup setup, Settings settings) {
        PreferenceProblem problem = preferences(setup);
        Setup.LowerRule rule = setup.lower();
        if (rule.planned() || rule.step() == Setup.LowerStep.NATURAL) {
            throw new MisfitException(
                    rule.planned() ? "lower.solver" : "lower.optimizer",
                    "first-order on preferences ascends J - sigma f, which is no return of the lower level's own process"
                            + " and cannot be planned; use lower.solver: sampled and lower.optimizer: adam or sgd");
        }
        FirstOrder terms = difference(setup, settings);
        Frame frame = new Frame(setup);
        List<Target> targets = withResponse(setup, terms.targets());
        boolean both = terms.twoSided()
                || setup.critic().filter(Setup.CriticRule::shared).isPresent();
        long labels = Math.multiplyExact((both ? 2L : 1L) * rule.innerSteps(), rule.units());
        LowerSolver solver = LowerLevels.onPairs(frame, targets, problem);
        if (setup.critic().isEmpty()) {
            return opened(frame, problem, new PreferenceFirstOrder(problem, terms, labels), solver);
        }
        if (problem.protocol().newPairs() == 0) {
            throw new MisfitException(
                    "problem.newPairs", "first-order learns from new pairs of its policy, but problem.newPairs is 0");
        }
        int player = targets.indexOf(Target.BEST_RESPONSE);
        return opened(frame, problem, new KeptPairsFirstOrder(problem, terms, player, labels), solver);
    }

    private static PreferenceProblem preferences(Setup setup) {
        PreferenceProblem problem = setup.problem().preferences().orElseThrow();
        int steps = problem.pairs().steps();
        if (setup.sampling().horizon() < steps) {
            throw new MisfitException(
                    "sampling.horizon",
                    "sampling.horizon must be at least " + steps + ", where the last segment ends, but was "
                            + setup.sampling().horizon());
        }
        return problem;
    }

    private static Algorithm opened(Frame frame, PreferenceProblem problem, Method method, LowerSolver solver) {
        return new PreferenceOpening(frame, problem, solver, new TwoLevel(frame, method, solver));
    }

    private static Algorithm firstOrderOnExperts(Setup setup, Settings settings) {
        Setup.LowerRule rule = setup.lower();
        if (!rule.planned() && rule.step() != Setup.LowerStep.NATURAL) {
            throw new MisfitException(
                    "lower.optimizer",
                    "first-order on experts takes natural steps in a game that is planned or counted; use lower.solver:"
                            + " planned or lower.optimizer: natural");
        }
        LowerLevels.requireNatural(setup, "first-order on experts, which takes natural steps,", rule.stepSize());
        Frame frame = new Frame(setup);
        FollowerSolver best = (FollowerSolver) LowerLevels.of(frame, List.of(Target.BEST_RESPONSE));
        FirstOrder method = difference(setup, settings);
        return new TwoLevel(frame, method, new ImitatingLower(frame, experts(setup), best, method.sigma()));
    }

    private static FiniteInverse experts(Setup setup) {
        return inverse(setup).finiteInverse().orElseThrow();
    }

    private static InverseProblem inverse(Setup setup) {
        InverseProblem problem = setup.problem().inverse().orElseThrow();
        problem.taskExperts().ifPresent(task -> {
            int horizon = setup.sampling().horizon();
            if (horizon != task.experts().horizon()) {
                throw new MisfitException(
                        "sampling.horizon",
                        "sampling.horizon must be the problem.steps after which experts are cut, "
                                + task.experts().horizon() + ", but was " + horizon);
            }
        });
        return problem;
    }

    private static Algorithm firstOrderOnData(DataSetup setup, Settings settings) {
        boolean twoSided = settings.text(SIDES).equals("two");
        return onData(setup, new DataMethods.FirstOrder(sigma(settings), twoSided, isShared(settings)));
    }

    private static Algorithm f2sa(DataSetup setup, Settings settings) {
        Schedule schedule = setup.upper().schedule();
        if (schedule != Schedule.CONSTANT) {
            throw LowerLevels.misfit(
                    "upper.schedule: "
                            + schedule.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    "contradicts algorithm.name: f2sa, which has a schedule of its own (algorithm.exponents); leave it out");
        }
        String exponents = settings.text("exponents").toUpperCase(Locale.ROOT).replace('-', '_');
        return onData(
                setup,
                new DataMethods.F2sa(
                        settings.real("penaltyWeight"),
                        DataMethods.Exponents.valueOf(exponents),
                        settings.flag("momentum"),
                        settings.real("offset")));
    }

    private static Algorithm pbrlOnData(DataSetup setup, Settings settings) {
        return onData(setup, new DataMethods.ValueGap(1 / sigma(settings), isShared(settings), settings.whole(RAMP)));
    }

    private static Algorithm onData(DataSetup setup, DataMethod method) {
        return new DataTwoLevel(setup, method, LowerLevels.ofModels(setup.lower()));
    }

    private static Algorithm pbrl(Setup setup, Settings settings) {
        boolean bellman = settings.text(PENALTY).equals("bellman");
        StateDistribution states =
                StateDistribution.valueOf(settings.text("stateDistribution").toUpperCase(Locale.ROOT));
        if (bellman && states != StateDistribution.VISITS) {
            requireFullSupport(LowerLevels.tables(setup, "pbrl with the Bellman penalty at chosen states"), states);
        }
        return twoLevel(
                setup,
                new Pbrl(
                        bellman ? Pbrl.Penalty.BELLMAN : Pbrl.Penalty.VALUE,
                        1 / sigma(settings),
                        isShared(settings),
                        states,
                        setup.upper().units(),
                        setup.countsTransitions(),
                        penalisedPolicy(setup, settings)));
    }

    private static void requireFullSupport(FiniteProblem problem, StateDistribution states) {
        for (int context = 0; states == StateDistribution.START && context < problem.contexts(); context++) {
            double[] start = problem.game(context).start();
            for (int s = 0; s < start.length; s++) {
                if (!(start[s] > 0)) {
                    throw LowerLevels.misfit(
                            "algorithm.stateDistribution: start",
                            "must be positive in every state, or the Bellman penalty leaves states unconstrained, but is"
                                    + " 0 in state " + s + "; use algorithm.stateDistribution: visits or uniform");
                }
            }
        }
    }

    /** The penalised policy; its natural step reads values from the solver's game, which a gradient solver may not have. */
    private static PenalisedPolicy penalisedPolicy(Setup setup, Settings settings) {
        PenalisedPolicy policy = penalisedPolicy(settings);
        if (policy.optimizer().isEmpty()) {
            LowerLevels.requireNatural(setup, "algorithm.policyOptimizer: natural", policy.stepSize());
            if (!setup.lower().planned() && !setup.countsTransitions()) {
                throw LowerLevels.misfit(
                        "algorithm.policyOptimizer: natural",
                        "needs counted transitions; use lower.optimizer: natural, sampling.baseline: fitted or"
                                + " algorithm.policyOptimizer: adam");
            }
        }
        return policy;
    }

    static PenalisedPolicy penalisedPolicy(Settings settings) {
        Optional<Optimizer> optimizer = switch (settings.text("policyOptimizer")) {
            case "adam" -> Optional.of(new Adam());
            case "sgd" -> Optional.of(new Sgd());
            default -> Optional.empty();
        };
        return new PenalisedPolicy(optimizer, settings.real("policyStepSize"));
    }

    private static Algorithm pbrlOnPairs(Setup setup, Settings settings) {
        FinitePreferences problem = preferences(setup).finitePreferences().orElseThrow();
        Frame frame = new Frame(setup);
        Method method = new PreferencePbrl(
                problem,
                1 / sigma(settings),
                isShared(settings),
                setup.upper().units(),
                setup.countsTransitions(),
                penalisedPolicy(setup, settings));
        return opened(frame, problem, method, LowerLevels.of(frame, method.targets()));
    }

    private static Algorithm pbrlOnPlayers(Setup setup, Settings settings) {
        PenalisedPolicy penalised = penalisedPolicy(settings);
        if (penalised.optimizer().isEmpty() && penalised.stepSize() > 1) {
            throw LowerLevels.misfit(
                    "algorithm.policyStepSize",
                    "algorithm.policyOptimizer: natural needs a step size in (0, 1], but it is "
                            + penalised.stepSize());
        }
        Frame frame = new Frame(setup);
        ZeroSumLower solver = LowerLevels.ofPlayers(frame, ZeroSumLower.Tracking.RESPONSES, NikaidoIsoda.RESPONSES);
        Method method = new NikaidoIsoda(
                1 / sigma(settings), isShared(settings), setup.upper().units(), penalised, solver);
        return new TwoLevel(frame, method, solver);
    }

    private static Algorithm onPlayers(Setup setup, Method method) {
        Frame frame = new Frame(setup);
        return new TwoLevel(
                frame, method, LowerLevels.ofPlayers(frame, ZeroSumLower.Tracking.EQUILIBRIUM, method.targets()));
    }

    private static Algorithm alternating(Setup setup, Settings settings) {
        PreferenceProblem problem = preferences(setup);
        Frame frame = new Frame(setup);
        Method method = new Alternating(problem, setup.countsTransitions());
        return opened(frame, problem, method, LowerLevels.of(frame, method.targets()));
    }

    private static Algorithm trueReward(Setup setup, Settings settings) {
        PreferenceProblem problem = preferences(setup);
        problem.finitePreferences().ifPresent(tables -> {
            double[] learnt = new double[tables.game(0).jointCells()];
            tables.lowerReward(new DenseVector(setup.start()), 0, learnt);
            if (VectorMath.maxAbs(learnt) > 0) {
                throw LowerLevels.misfit(
                        "true-reward", "needs a learnt reward that is zero where x starts, but it is not");
            }
        });
        return twoLevel(setup, TrueReward.of(problem));
    }

    private static Algorithm featureMatching(Setup setup, Settings settings) {
        return twoLevel(setup, new FeatureMatching(inverse(setup), setup.upper().units()));
    }

    private static Algorithm exact(Setup setup, Settings settings) {
        FiniteProblem problem = setup.problem().tables().orElseThrow();
        return planned(setup, Exact.onTables(problem, setup.lower().tolerance()), problem);
    }

    private static Algorithm exactOnExperts(Setup setup, Settings settings) {
        FiniteInverse problem = experts(setup);
        return planned(setup, Exact.onTables(problem, setup.lower().tolerance()), problem);
    }

    private static Algorithm exactOnPairs(Setup setup, Settings settings) {
        FinitePreferences problem = preferences(setup).finitePreferences().orElseThrow();
        PreferenceModel model = PreferenceModel.of(problem).orElseThrow();
        return planned(setup, Exact.onPairs(model, setup.lower().tolerance()), problem);
    }

    private static Algorithm planned(Setup setup, Method method, FiniteProblem problem) {
        Frame frame = new Frame(setup);
        return new TwoLevel(frame, method, new PlannedLower(frame, method.targets(), problem));
    }

    private static Algorithm exactOnPlayers(Setup setup, Settings settings) {
        if (!setup.lower().planned()) {
            throw new MisfitException("lower.solver", "exact on a zero-sum game needs lower.solver: planned");
        }
        ZeroSumProblem problem = setup.problem().zeroSum().orElseThrow();
        return onPlayers(setup, Exact.onPlayers(problem, setup.lower().tolerance()));
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
}
