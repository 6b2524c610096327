package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.math.Tensor;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.Settings;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The first-order Hessian-free hypergradient, sigma = 1 / penaltyWeight, from values of the lower level at two followers:
 *
 * <pre>
 *   one-sided:  grad_x f(theta_sigma) + ( grad_x J(theta_0) - grad_x J(theta_sigma) ) / sigma                bias O(sigma)
 *   two-sided:  mean of grad_x f(theta_-sigma), grad_x f(theta_sigma)
 *               + ( grad_x J(theta_-sigma) - grad_x J(theta_sigma) ) / (2 sigma)                            bias O(sigma^2)
 * </pre>
 *
 * <p>{@code first-order}: theta_k maximises {@code J - k f} and is tracked by the lower level.
 *
 * <p>{@code pbrl} with the value penalty {@code p = J(x, pihat) - J(x, theta)}: descent in (x, theta) on {@code f +
 * penaltyWeight p}, with pihat = theta_0 in the place of the best response. Its gradient in x is the one-sided form; only
 * how theta = theta_sigma is brought along differs: it takes one step in each outer batch ({@link PenalisedPolicy}).
 *
 * <p>Sources: Gaur et al., "On the sample complexity bounds in bilevel reinforcement learning", NeurIPS 2025; Kwon et al.,
 * ICLR 2024 (one-sided); Shen, Yang and Chen, "Principled penalty-based methods for bilevel reinforcement learning and
 * RLHF", JMLR 26(114), 2025 (value penalty). The two-sided form and the shared trajectories are this project's.
 *
 * @param sigma above 0
 * @param twoSided which form
 * @param coupling of the two trajectories that a pair has, one of each term of the difference
 * @param units pairs of trajectories of the outer batch
 * @param counted whether the outer batch's transitions are counted
 * @param objective how f enters
 * @param penalised theta of a penalty method, one-sided; empty where the lower level tracks both followers
 */
record Difference(
        double sigma,
        boolean twoSided,
        Coupling coupling,
        long units,
        boolean counted,
        ObjectiveTerms objective,
        Optional<PenalisedPolicy> penalised)
        implements Method {

    /** {@code first-order} where the upper objective is a return. */
    static Algorithm onReturns(Setup setup, Settings settings) {
        Difference method = of(setup, settings, new ObjectiveTerms.OfReturn());
        return TwoLevel.of(setup, method, LowerLevels.withResponse(setup, method.targets()));
    }

    /** {@code first-order} on preferences. */
    static Algorithm onPairs(Setup setup, Settings settings) {
        PreferenceProblem problem = PreferenceOpening.problem(setup);
        Setup.LowerRule rule = setup.lower();
        MisfitException.require(
                !LowerLevels.isPlannedOrNatural(rule),
                rule.planned() ? "lower.solver" : "lower.optimizer",
                "first-order on preferences ascends J - sigma f, which is no return of the lower level's own process"
                        + " and cannot be planned; use lower.solver: sampled and lower.optimizer: adam or sgd");
        boolean both = isTwoSided(settings)
                || setup.critic().filter(Setup.CriticRule::shared).isPresent();
        long inner = Math.multiplyExact((both ? 2L : 1L) * rule.innerSteps(), rule.units());
        long labels = Math.addExact(inner, 2 * setup.upper().units());
        Difference fresh = of(setup, settings, new ObjectiveTerms.OfFreshPairs(problem, labels));
        List<Target> targets = LowerLevels.withResponse(setup, fresh.targets());
        Frame frame = new Frame(setup);
        LowerSolver solver = LowerLevels.onPairs(frame, targets, problem);
        if (setup.critic().isEmpty()) {
            return new PreferenceOpening(frame, problem, fresh, solver);
        }
        MisfitException.require(
                problem.protocol().newPairs() > 0,
                "problem.newPairs",
                "first-order learns from new pairs of its policy, but problem.newPairs is 0");
        // The mean of f at both followers is f at the best response, up to sigma squared.
        int player = targets.indexOf(Target.BEST_RESPONSE);
        Difference kept = of(setup, settings, new ObjectiveTerms.OfKeptPairs(problem, player, inner));
        return new PreferenceOpening(frame, problem, kept, solver);
    }

    static Difference of(Setup setup, Settings settings, ObjectiveTerms objective) {
        return new Difference(
                sigma(settings),
                isTwoSided(settings),
                Coupling.valueOf(settings.text("coupling").toUpperCase(Locale.ROOT)),
                setup.upper().units(),
                setup.countsTransitions(),
                objective,
                Optional.empty());
    }

    static boolean isTwoSided(Settings settings) {
        return settings.text("sides").equals("two");
    }

    /** sigma from whichever of the two keys was given. */
    static double sigma(Settings settings) {
        boolean both = settings.has("sigma");
        MisfitException.require(
                both != settings.has("penaltyWeight"),
                both ? "algorithm.penaltyWeight" : "algorithm.name",
                "exactly one of algorithm.sigma and algorithm.penaltyWeight must be given, but "
                        + (both ? "both are" : "neither is"));
        return both ? settings.real("sigma") : 1 / settings.real("penaltyWeight");
    }

    @Override
    public List<Target> targets() {
        return penalised.isPresent() ? List.of(Target.BEST_RESPONSE) : List.of(first(), second());
    }

    private Target first() {
        return new Target(twoSided ? -sigma : 0, 0);
    }

    private Target second() {
        return new Target(sigma, 0);
    }

    @Override
    public SortedMap<String, Target> surrogates() {
        SortedMap<String, Target> surrogates = new TreeMap<>();
        if (twoSided) {
            surrogates.put(Algorithm.MINUS, first());
        }
        if (penalised.isEmpty()) {
            surrogates.put(Algorithm.PLUS, second());
        }
        return surrogates;
    }

    @Override
    public List<Estimand> estimands(State state) {
        return objective.estimands(
                new ValueGradient(
                        new Units(Purpose.TRAINING, OUTER_STREAM, units),
                        0,
                        new FollowerPair(0, 1, coupling),
                        twoSided ? Combination.twoSided(sigma) : Combination.oneSided(sigma),
                        penalised.isPresent() ? Wanted.BOTH : Wanted.UPPER,
                        counted),
                state);
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        return objective.gradient(state, result);
    }

    @Override
    public SortedMap<String, double[]> ownFollowers(State state, int context) {
        SortedMap<String, double[]> own = Method.super.ownFollowers(state, context);
        own.putAll(objective.followers(state));
        return own;
    }

    @Override
    public Map<String, Tensor> ownStep(Frame frame, State state, BatchResult result) {
        SortedMap<String, Tensor> tensors = new TreeMap<>(objective.kept(state, result));
        tensors.putAll(Method.super.ownStep(frame, state, result));
        return tensors;
    }
}
