package io.stackel.algorithm;

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
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.QuadraticLower;
import io.stackel.problem.Settings;
import io.stackel.problem.ZeroSumProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.apache.spark.ml.linalg.DenseVector;

/** Puts the algorithms of {@link Algorithms} together from a method and a lower level, or says which settings do not fit. */
final class AlgorithmBuilders {

    private static final String COUPLING = "coupling";
    private static final String PENALTY = "penalty";
    private static final String RAMP = "rampIterations";
    private static final String SIDES = "sides";

    private AlgorithmBuilders() {}

    static Algorithm twoLevel(Setup setup, Method method) {
        return twoLevel(setup, method, method.targets());
    }

    static Algorithm twoLevel(Setup setup, Method method, List<Target> targets) {
        Frame frame = new Frame(setup);
        return new TwoLevel(frame, method, LowerLevels.of(frame, targets));
    }

    static Algorithm independent(Setup setup, Settings settings) {
        return twoLevel(setup, Independent.of(setup));
    }

    static Algorithm zeroOrder(Setup setup, Settings settings) {
        Method method = ZeroOrder.of(setup, settings);
        return twoLevel(setup, method, withResponse(setup, method.targets()));
    }

    static Algorithm firstOrder(Setup setup, Settings settings) {
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

    static Algorithm firstOrderOnPairs(Setup setup, Settings settings) {
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

    static Algorithm firstOrderOnExperts(Setup setup, Settings settings) {
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

    static Algorithm firstOrderOnData(DataSetup setup, Settings settings) {
        return onData(setup, new DataMethods.FirstOrder(sigma(settings), isTwoSided(settings), isShared(settings)));
    }

    static Algorithm f2sa(DataSetup setup, Settings settings) {
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

    static Algorithm pbrlOnData(DataSetup setup, Settings settings) {
        return onData(setup, new DataMethods.ValueGap(1 / sigma(settings), isShared(settings), settings.whole(RAMP)));
    }

    private static Algorithm onData(DataSetup setup, DataMethod method) {
        FittedModels models = new FittedModels(setup, method, LowerLevels.ofModels(setup.lower()));
        return new TwoLevel(new Frame(setup), new ModelDifference(setup.problem(), method, models), models);
    }

    static Algorithm pbrl(Setup setup, Settings settings) {
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

    static Algorithm pbrlOnPairs(Setup setup, Settings settings) {
        FinitePreferences problem = preferences(setup).finitePreferences().orElseThrow();
        Frame frame = new Frame(setup);
        ObjectiveTerms objective = new ObjectiveTerms.OfKeptPairs(problem, 1, 0);
        double lambda = 1 / sigma(settings);
        PenalisedPolicy policy =
                penalised(setup, settings, objective::inLower, step -> new MirrorPairsPolicy(problem, lambda, step));
        Method method = valuePenalty(setup, settings, objective, policy);
        return opened(frame, problem, method, LowerLevels.of(frame, method.targets()));
    }

    static Algorithm pbrlOnPlayers(Setup setup, Settings settings) {
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

    static Algorithm onPlayers(Setup setup, Method method) {
        Frame frame = new Frame(setup);
        return new TwoLevel(
                frame, method, LowerLevels.ofPlayers(frame, ZeroSumLower.Tracking.EQUILIBRIUM, method.targets()));
    }

    static Algorithm alternating(Setup setup, Settings settings) {
        PreferenceProblem problem = preferences(setup);
        Frame frame = new Frame(setup);
        Method method = new Alternating(problem, setup.countsTransitions());
        return opened(frame, problem, method, LowerLevels.of(frame, method.targets()));
    }

    static Algorithm trueReward(Setup setup, Settings settings) {
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

    static Algorithm featureMatching(Setup setup, Settings settings) {
        return twoLevel(setup, new FeatureMatching(inverse(setup), setup.upper().units()));
    }

    static Algorithm cloning(Setup setup, Settings settings) {
        LowerLevels.requireTabular(setup, "cloning");
        return new TwoLevel(new Frame(setup), new LowerOnly(), new ClonedPolicy(experts(setup)));
    }

    static Algorithm exact(Setup setup, Settings settings) {
        FiniteProblem problem = setup.problem().tables().orElseThrow();
        return planned(setup, Exact.onTables(problem, setup.lower().tolerance()), problem);
    }

    static Algorithm exactOnExperts(Setup setup, Settings settings) {
        FiniteInverse problem = experts(setup);
        return planned(setup, Exact.onTables(problem, setup.lower().tolerance()), problem);
    }

    static Algorithm exactOnPairs(Setup setup, Settings settings) {
        FinitePreferences problem = preferences(setup).finitePreferences().orElseThrow();
        PreferenceModel model = PreferenceModel.of(problem).orElseThrow();
        return planned(setup, Exact.onPairs(model, setup.lower().tolerance()), problem);
    }

    static Algorithm exactOnData(DataSetup setup, Settings settings) {
        QuadraticLower problem = setup.problem().quadratic().orElseThrow();
        return new TwoLevel(new Frame(setup), Exact.onData(problem), new SolvedModel(problem));
    }

    private static Algorithm planned(Setup setup, Method method, FiniteProblem problem) {
        Frame frame = new Frame(setup);
        return new TwoLevel(frame, method, new PlannedLower(frame, method.targets(), problem));
    }

    static Algorithm exactOnPlayers(Setup setup, Settings settings) {
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
