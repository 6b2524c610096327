package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.StateDistribution;
import io.stackel.exact.ExactPoint;
import io.stackel.optim.Adam;
import io.stackel.optim.Sgd;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.PairObjective;
import io.stackel.problem.Settings;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** {@code pbrl} with one follower: {@link Difference} with the value penalty and {@link Bellman}. */
final class PenaltyMethods {

    static final String NATURAL = "algorithm.policyOptimizer: natural";

    private PenaltyMethods() {}

    /** Where the upper objective is a return. */
    static Algorithm onReturns(Setup setup, Settings settings) {
        double lambda = 1 / Difference.sigma(settings);
        if (settings.text("penalty").equals("bellman")) {
            return bellman(setup, settings, lambda);
        }
        ObjectiveTerms objective = new ObjectiveTerms.OfReturn();
        PenalisedPolicy policy =
                penalised(setup, settings, objective::inLower, step -> mirror(setup, lambda, step, Optional.empty()));
        return TwoLevel.of(setup, valuePenalty(setup, settings, objective, policy));
    }

    private static Algorithm bellman(Setup setup, Settings settings, double lambda) {
        StateDistribution states =
                StateDistribution.valueOf(settings.text("stateDistribution").toUpperCase(Locale.ROOT));
        if (states != StateDistribution.VISITS) {
            requireFullSupport(LowerLevels.tables(setup, "pbrl with the Bellman penalty at chosen states"), states);
        }
        PenalisedPolicy policy = penalised(
                setup,
                settings,
                result -> Bellman.inLower(lambda, result),
                step -> mirror(setup, lambda, step, Optional.of(states)));
        return TwoLevel.of(
                setup, new Bellman(lambda, states, setup.upper().units(), setup.countsTransitions(), policy));
    }

    private static PenalisedPolicy mirror(
            Setup setup, double lambda, double step, Optional<StateDistribution> bellman) {
        return MirrorPolicy.ofFollower(game(setup), setup.policy(), lambda, step, bellman);
    }

    private static void requireFullSupport(FiniteProblem problem, StateDistribution states) {
        for (int context = 0; states == StateDistribution.START && context < problem.contexts(); context++) {
            double[] start = problem.game(context).start();
            for (int s = 0; s < start.length; s++) {
                MisfitException.requireOf(
                        start[s] > 0,
                        "algorithm.stateDistribution: start",
                        "must be positive in every state, or the Bellman penalty leaves states unconstrained, but is 0 in"
                                + " state " + s + "; use algorithm.stateDistribution: visits or uniform");
            }
        }
    }

    /** On preferences. */
    static Algorithm onPairs(Setup setup, Settings settings) {
        FinitePreferences problem =
                PreferenceOpening.problem(setup).as(FinitePreferences.class).orElseThrow();
        double lambda = 1 / Difference.sigma(settings);
        ObjectiveTerms objective = problem.objective() == PairObjective.WIN_RATE
                ? new ObjectiveTerms.OfWins(problem, settings.real("pairsWeight"))
                : new ObjectiveTerms.OfKeptPairs(problem, 1, 0);
        PenalisedPolicy policy = penalised(
                setup, settings, objective::inLower, step -> new MirrorPairsPolicy(problem, game(setup), lambda, step));
        Method method = valuePenalty(setup, settings, objective, policy);
        Frame frame = new Frame(setup);
        return new PreferenceOpening(frame, problem, method, LowerLevels.of(frame, method.targets()));
    }

    private static Difference valuePenalty(
            Setup setup, Settings settings, ObjectiveTerms objective, PenalisedPolicy policy) {
        return new Difference(
                Difference.sigma(settings),
                false,
                Coupling.sharedIf(isShared(settings)),
                setup.upper().units(),
                setup.countsTransitions(),
                objective,
                Optional.of(policy));
    }

    static boolean isShared(Settings settings) {
        return settings.text("coupling").equals("shared");
    }

    private static KnownGame<ExactPoint> game(Setup setup) {
        return KnownGame.ofFollower(
                setup.problem().as(FiniteProblem.class).orElseThrow(),
                !setup.lower().planned());
    }

    /**
     * The penalised policy.
     *
     * @param gradient of the penalised objective in its parameters
     * @param natural by natural steps of this size, which read values from the game as it is known
     */
    private static PenalisedPolicy penalised(
            Setup setup,
            Settings settings,
            Function<BatchResult, double[]> gradient,
            DoubleFunction<PenalisedPolicy> natural) {
        double step = settings.real("policyStepSize");
        if (isNatural(settings)) {
            LowerLevels.requireNatural(setup, NATURAL, step);
            MisfitException.requireOf(
                    setup.lower().planned() || setup.countsTransitions(),
                    NATURAL,
                    "needs counted transitions; use lower.optimizer: natural, sampling.baseline: fitted or"
                            + " algorithm.policyOptimizer: adam");
            return natural.apply(step);
        }
        return byGradient(settings, gradient);
    }

    static boolean isNatural(Settings settings) {
        return settings.text("policyOptimizer").equals("natural");
    }

    static PenalisedPolicy byGradient(Settings settings, Function<BatchResult, double[]> gradient) {
        boolean adam = settings.text("policyOptimizer").equals("adam");
        return new PenalisedPolicy.ByGradient(adam ? new Adam() : new Sgd(), settings.real("policyStepSize"), gradient);
    }
}
