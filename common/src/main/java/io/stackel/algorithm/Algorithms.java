package io.stackel.algorithm;

import io.stackel.algorithm.AlgorithmEntry.Condition;
import io.stackel.algorithm.AlgorithmEntry.Form;
import io.stackel.estimate.BatchResult;
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
import io.stackel.problem.QuadraticLower;
import io.stackel.problem.Range;
import io.stackel.problem.Settings;
import io.stackel.problem.ZeroSumProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
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
                    "cloning",
                    "baseline: the policy that makes what the experts did likeliest (Pomerleau 1991), x stays where it"
                            + " starts",
                    List.of(),
                    List.of(Form.of(Algorithms::cloning, Need.ONE_FOLLOWER, Need.EXPERTS, Need.TABLES)),
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
                            Form.ofData(Algorithms::exactOnData, Need.QUADRATIC)),
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
        Method method = difference(setup, settings, new ObjectiveTerms.OfReturn());
        return twoLevel(setup, method, withResponse(setup, method.targets()));
    }

    private static Difference difference(Setup setup, Settings settings, ObjectiveTerms objective) {
        return new Difference(
                sigma(settings),
                isTwoSided(settings),
                coupling(settings),
                setup.upper().units(),
                setup.countsTransitions(),
                objective,
                Optional.empty());
    }

    private static boolean isTwoSided(Settings settings) {
        return settings.text(SIDES).equals("two");
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
        Frame frame = new Frame(setup);
        boolean both = isTwoSided(settings)
                || setup.critic().filter(Setup.CriticRule::shared).isPresent();
        long inner = Math.multiplyExact((both ? 2L : 1L) * rule.innerSteps(), rule.units());
        ObjectiveTerms fresh = new ObjectiveTerms.OfFreshPairs(
                problem, Math.addExact(inner, 2 * setup.upper().units()));
        Method method = difference(setup, settings, fresh);
        List<Target> targets = withResponse(setup, method.targets());
        if (setup.critic().isPresent()) {
            if (problem.protocol().newPairs() == 0) {
                throw new MisfitException(
                        "problem.newPairs",
                        "first-order learns from new pairs of its policy, but problem.newPairs is 0");
            }
            // The mean of f at both followers is f at the best response, up to sigma squared.
            int player = targets.indexOf(Target.BEST_RESPONSE);
            method = difference(setup, settings, new ObjectiveTerms.OfKeptPairs(problem, player, inner));
        }
        return opened(frame, problem, method, LowerLevels.onPairs(frame, targets, problem));
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
        Difference method = difference(setup, settings, new ObjectiveTerms.OfReturn());
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
        return onData(setup, new DataMethods.FirstOrder(sigma(settings), isTwoSided(settings), isShared(settings)));
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
        FittedModels models = new FittedModels(setup, method, LowerLevels.ofModels(setup.lower()));
        return new TwoLevel(new Frame(setup), new ModelDifference(setup.problem(), method, models), models);
    }

    private static Algorithm pbrl(Setup setup, Settings settings) {
        boolean bellman = settings.text(PENALTY).equals("bellman");
        StateDistribution states =
                StateDistribution.valueOf(settings.text("stateDistribution").toUpperCase(Locale.ROOT));
        if (bellman && states != StateDistribution.VISITS) {
            requireFullSupport(LowerLevels.tables(setup, "pbrl with the Bellman penalty at chosen states"), states);
        }
        double sigma = sigma(settings);
        if (bellman) {
            return twoLevel(
                    setup,
                    new Bellman(
                            1 / sigma,
                            states,
                            setup.upper().units(),
                            setup.countsTransitions(),
                            penalised(
                                    setup,
                                    settings,
                                    result -> Bellman.inLower(1 / sigma, result),
                                    step -> mirror(setup, sigma, step, Optional.of(states)))));
        }
        ObjectiveTerms objective = new ObjectiveTerms.OfReturn();
        PenalisedPolicy policy =
                penalised(setup, settings, objective::inLower, step -> mirror(setup, sigma, step, Optional.empty()));
        return twoLevel(setup, valuePenalty(setup, settings, objective, policy));
    }

    private static PenalisedPolicy mirror(
            Setup setup, double sigma, double stepSize, Optional<StateDistribution> bellman) {
        return new MirrorPolicy(setup.problem().tables().orElseThrow(), 1 / sigma, stepSize, bellman);
    }

    private static Difference valuePenalty(
            Setup setup, Settings settings, ObjectiveTerms objective, PenalisedPolicy policy) {
        return new Difference(
                sigma(settings),
                false,
                Coupling.sharedIf(isShared(settings)),
                setup.upper().units(),
                setup.countsTransitions(),
                objective,
                Optional.of(policy));
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

    /**
     * The penalised policy.
     *
     * @param gradient of the penalised objective in its parameters
     * @param natural by natural steps of this size, which read values from the solver's game; a gradient solver may have none
     */
    private static PenalisedPolicy penalised(
            Setup setup,
            Settings settings,
            Function<BatchResult, double[]> gradient,
            DoubleFunction<PenalisedPolicy> natural) {
        double stepSize = settings.real("policyStepSize");
        if (!settings.text("policyOptimizer").equals("natural")) {
            return byGradient(settings, gradient);
        }
        LowerLevels.requireNatural(setup, "algorithm.policyOptimizer: natural", stepSize);
        if (!setup.lower().planned() && !setup.countsTransitions()) {
            throw LowerLevels.misfit(
                    "algorithm.policyOptimizer: natural",
                    "needs counted transitions; use lower.optimizer: natural, sampling.baseline: fitted or"
                            + " algorithm.policyOptimizer: adam");
        }
        return natural.apply(stepSize);
    }

    private static PenalisedPolicy byGradient(Settings settings, Function<BatchResult, double[]> gradient) {
        Optimizer optimizer = settings.text("policyOptimizer").equals("adam") ? new Adam() : new Sgd();
        return new PenalisedPolicy.ByGradient(optimizer, settings.real("policyStepSize"), gradient);
    }

    private static Algorithm pbrlOnPairs(Setup setup, Settings settings) {
        FinitePreferences problem = preferences(setup).finitePreferences().orElseThrow();
        Frame frame = new Frame(setup);
        ObjectiveTerms objective = new ObjectiveTerms.OfKeptPairs(problem, 1, 0);
        double lambda = 1 / sigma(settings);
        PenalisedPolicy policy =
                penalised(setup, settings, objective::inLower, step -> new MirrorPairsPolicy(problem, lambda, step));
        Method method = valuePenalty(setup, settings, objective, policy);
        return opened(frame, problem, method, LowerLevels.of(frame, method.targets()));
    }

    private static Algorithm pbrlOnPlayers(Setup setup, Settings settings) {
        boolean natural = settings.text("policyOptimizer").equals("natural");
        double stepSize = settings.real("policyStepSize");
        if (natural && stepSize > 1) {
            throw new MisfitException(
                    "algorithm.policyStepSize",
                    "algorithm.policyOptimizer: natural needs a step size in (0, 1], but it is " + stepSize);
        }
        Frame frame = new Frame(setup);
        ZeroSumLower players = LowerLevels.ofPlayers(frame, ZeroSumLower.Tracking.RESPONSES, NikaidoIsoda.RESPONSES);
        double lambda = 1 / sigma(settings);
        PenalisedPolicy policy = natural
                ? new MirrorPlayersPolicy(players, lambda, stepSize)
                : byGradient(settings, result -> result.estimate(0).lowerGradient());
        Method method =
                new NikaidoIsoda(lambda, isShared(settings), setup.upper().units(), setup.countsTransitions(), policy);
        return new TwoLevel(frame, method, players);
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

    private static Algorithm cloning(Setup setup, Settings settings) {
        LowerLevels.requireTabular(setup, "cloning");
        return new TwoLevel(new Frame(setup), new LowerOnly(), new ClonedPolicy(experts(setup)));
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

    private static Algorithm exactOnData(DataSetup setup, Settings settings) {
        QuadraticLower problem = setup.problem().quadratic().orElseThrow();
        return new TwoLevel(new Frame(setup), Exact.onData(problem), new SolvedModel(problem));
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
