package io.stackel.algorithm;

import io.stackel.algorithm.AlgorithmEntry.Condition;
import io.stackel.algorithm.AlgorithmEntry.Form;
import io.stackel.problem.Parameter;
import io.stackel.problem.Range;
import java.util.List;

/** Every algorithm that ships with Stackel: a row each, with what it is on each kind of problem and what it needs there. */
public final class Algorithms {

    private static final String COVARIANCE = "covariance";
    private static final String FULL = "full";
    private static final String COUPLING = "coupling";
    private static final String CRITIC = "critic";
    private static final String VECTOR = "vector";
    private static final String FORM = "form";
    private static final String AVERAGES = "averages";
    private static final String COMMON = "common";
    private static final String PAIRS_WEIGHT = "pairsWeight";
    private static final String PENALTY = "penalty";
    private static final String POLICY_STEPS = "policySteps";
    private static final String PRESET = "preset";
    private static final String PUBLISHED = "published";
    private static final String RAMP = "rampIterations";
    private static final String SIDES = "sides";

    private static final Parameter SIGMA = Parameter.real(
                    "sigma",
                    0.1,
                    Range.POSITIVE,
                    "Weight of the upper objective in the perturbed lower level; 1 / penaltyWeight.")
            .optional();
    private static final Parameter PENALTY_WEIGHT = Parameter.real(
                    "penaltyWeight", 10, Range.POSITIVE, "Weight of the penalty; 1 / sigma, give one of the two.")
            .optional();

    private static final List<Parameter> FIRST_ORDER = List.of(
            SIGMA,
            PENALTY_WEIGHT,
            Parameter.choice(
                            SIDES,
                            "two",
                            List.of("one", "two"),
                            "Perturbs the lower level on one side (sigma) or on both (-sigma and sigma).")
                    .forcedBy(published("one")),
            Parameter.choice(
                            COUPLING,
                            "shared",
                            List.of("none", "shared", COMMON),
                            "What both terms of the difference have in common: nothing, their trajectories, or random"
                                    + " numbers.")
                    .forcedBy(published("none")),
            Parameter.choice(
                    PRESET,
                    "none",
                    List.of("none", PUBLISHED),
                    "Takes sigma, units, inner steps, horizon and iterations from epsilon, as Gaur et al."
                            + " publish them."),
            Parameter.real(
                            "epsilon",
                            0.1,
                            new Range(0, true, 1, true),
                            "Squared norm of the hypergradient that preset: published aims at.")
                    .optional());

    private static final List<Parameter> PBRL = List.of(
            SIGMA,
            PENALTY_WEIGHT,
            Parameter.choice(
                    PENALTY,
                    "value",
                    List.of("value", "bellman", "nikaido-isoda"),
                    "Penalty that measures how far the policy is from the best response, or from the equilibrium."),
            Parameter.choice(
                    COUPLING,
                    "shared",
                    List.of("none", "shared"),
                    "What the terms of a difference have in common: nothing, or their trajectories."),
            Parameter.choice(
                    "stateDistribution",
                    "visits",
                    List.of("visits", "uniform", "start"),
                    "States over which the Bellman penalty is averaged."),
            Parameter.choice(
                    "policyOptimizer",
                    "natural",
                    List.of("natural", "sgd", "adam"),
                    "Turns the policy's gradient into a step; natural needs a finite problem and tabular-softmax."),
            Parameter.real("policyStepSize", 0.5, Range.POSITIVE, "Step size of the penalised policy."),
            Parameter.whole(
                    POLICY_STEPS,
                    1,
                    Range.closed(1, 10_000),
                    "Natural steps of the penalised policies between two steps of x; only with penalty: nikaido-isoda."),
            Parameter.real(
                    PAIRS_WEIGHT,
                    1,
                    Range.NON_NEGATIVE,
                    "Weight of the loss on kept pairs in the step of x; only with problem.objective: win-rate."),
            Parameter.whole(
                    RAMP,
                    0,
                    Range.closed(0, Long.MAX_VALUE),
                    "Iterations over which the penalty weight grows linearly, on problems with data; 0 for none."));

    private static final List<Parameter> F2SA = List.of(
            Parameter.real(
                    "penaltyWeight",
                    1,
                    Range.POSITIVE,
                    "Weight of the penalty in the first iteration; it grows from there."),
            Parameter.choice(
                    "exponents",
                    "noisy",
                    List.of("noisy", "noisy-upper", "deterministic", "constant"),
                    "How steps decay and the weight grows: for the noise that the theorem of Kwon et al. 2023 assumes."),
            Parameter.flag(
                    "momentum",
                    false,
                    "Keeps running estimates of gradients (F3SA), at twice the gradient-oracle calls."),
            Parameter.real("offset", 100, Range.POSITIVE, "Iterations after which decay and growth set in."));

    private static final List<Parameter> COUNTED = List.of(
            Parameter.whole("upperSteps", 20, Range.closed(1, 1_000_000), "Steps of x in each game that was counted."),
            Parameter.whole(
                    "splits",
                    2,
                    Range.closed(2, 64),
                    "Parts into which trajectories are counted; the spread of their gradients is the standard error."));

    private static final List<Parameter> CMA_ES = List.of(
            Parameter.whole(
                            "population",
                            10,
                            Range.closed(4, 10_000),
                            "Candidates of a generation, each with its own follower; 4 + floor(3 ln m) for x of m numbers if left out.")
                    .optional(),
            Parameter.real(
                    "initialDeviation",
                    0.5,
                    Range.POSITIVE,
                    "Standard deviation of the first candidates about the start, in every coordinate of x."),
            Parameter.choice(
                    COVARIANCE,
                    FULL,
                    List.of(FULL, "diagonal"),
                    "What is learnt of the covariance: all of it, or its diagonal alone, faster and for many coordinates."));

    private static final List<AlgorithmEntry> ENTRIES = List.of(
            new AlgorithmEntry(
                            "first-order",
                            "Hessian-free first-order hypergradient (Gaur et al. 2025), one- or two-sided",
                            FIRST_ORDER,
                            List.of(
                                    new Condition(PRESET, PUBLISHED, Need.TRAJECTORIES),
                                    new Condition(COUPLING, COMMON, Need.PLAYED),
                                    new Condition(SIDES, "two", Need.BOUNDED)),
                            Form.ofReturns(Difference::onReturns, Need.ENTROPY),
                            Form.ofPairs(Difference::onPairs, Need.LOSS, Need.TRUE_REWARD, Need.ENTROPY),
                            Form.ofExperts(ImitatingLower::of, Need.TABLES, Need.ENTROPY),
                            Form.ofData(DataMethod.FirstOrder::of))
                    .able(Ability.SAMPLED_GRADIENT, Ability.FALLING_ENTROPY),
            new AlgorithmEntry(
                    "f2sa",
                    "fully first-order stochastic approximation (Kwon et al. 2023) for problems with data,"
                            + " momentum optional",
                    F2SA,
                    List.of(),
                    Form.ofData(DataMethod.F2sa::of)),
            new AlgorithmEntry(
                    "pbrl",
                    "penalty-based bilevel RL (Shen, Yang and Chen 2025), value, Bellman or Nikaido-Isoda penalty",
                    PBRL,
                    List.of(
                            new Condition(PENALTY, "value", Need.ONE_FOLLOWER),
                            new Condition(PENALTY, "bellman", Need.TRAJECTORIES),
                            new Condition(PENALTY, "bellman", Need.ONE_FOLLOWER),
                            new Condition(PENALTY, "bellman", Need.RETURN),
                            new Condition(PENALTY, "nikaido-isoda", Need.TWO_PLAYERS),
                            new Condition(POLICY_STEPS, "", Need.TWO_PLAYERS),
                            new Condition(PAIRS_WEIGHT, "", Need.WIN_RATE),
                            new Condition(RAMP, "", Need.DATA)),
                    Form.ofReturns(PenaltyMethods::onReturns),
                    Form.ofPairs(PenaltyMethods::onPairs, Need.TABLES, Need.NEW_PAIRS),
                    Form.ofPlayers(NikaidoIsoda::of),
                    Form.ofData(DataMethod.ValueGap::of)),
            new AlgorithmEntry(
                    "independent",
                    "baseline: each player ascends its own value",
                    Form.ofReturns((setup, settings) -> TwoLevel.of(setup, Independent.of(setup))),
                    Form.ofPlayers((setup, settings) -> TwoLevel.ofPlayers(setup, Independent.of(setup)))),
            new AlgorithmEntry(
                            "lower",
                            "the lower level alone, at the upper variable's start",
                            Form.ofReturns((setup, settings) -> TwoLevel.of(setup, new LowerOnly())))
                    .able(),
            new AlgorithmEntry(
                    "alternating",
                    "baseline: fit the reward to preferences and the policy to the reward in turn (Christiano et al."
                            + " 2017)",
                    Form.ofPairs(Alternating::of)),
            new AlgorithmEntry(
                            "true-reward",
                            "ceiling of learning from preferences: learn on the true reward",
                            Form.ofPairs(TrueReward::of, Need.TRUE_REWARD))
                    .able(),
            new AlgorithmEntry(
                    "feature-matching",
                    "closed-form hypergradient of inverse reinforcement learning (maximum causal entropy, Ziebart et"
                            + " al. 2010)",
                    Form.ofExperts(FeatureMatching::of, Need.ENTROPY)),
            new AlgorithmEntry(
                            "cloning",
                            "baseline: the policy that makes what the experts did likeliest (Pomerleau 1991), x stays where it"
                                    + " starts",
                            Form.ofExperts(ClonedPolicy::of, Need.TABLES))
                    .able(),
            new AlgorithmEntry(
                    "hpgd",
                    "baseline: hypergradient from advantages (Thoma et al. 2024)",
                    List.of(Parameter.choice(
                            FORM,
                            AVERAGES,
                            List.of(AVERAGES, "continuations"),
                            "Advantages from averages over a batch, as published, or from two continuations: unbiased, far"
                                    + " noisier.")),
                    List.of(new Condition(FORM, AVERAGES, Need.FEW_AVERAGES)),
                    Form.ofReturns(Hpgd::of, Need.TABLES, Need.ENTROPY)),
            new AlgorithmEntry(
                    "boltzmann",
                    "hypergradient from watching one soft best response (BC-HG, Kudo et al. 2026)",
                    List.of(
                            Parameter.real(
                                            "advantageDecay",
                                            1,
                                            Range.closed(0, 1),
                                            "Factor by which credit for an action fades with each later step; 1 is"
                                                    + " unbiased, less has less noise.")
                                    .forcedBy(new Parameter.Forced(
                                            CRITIC, VECTOR, 1.0, "which credits no action with what followed it")),
                            Parameter.choice(
                                    CRITIC,
                                    "scalar",
                                    List.of("scalar", VECTOR),
                                    "The leader's advantage, or the mean effect of x in each state: far less noise, biased by"
                                            + " its errors.")),
                    List.of(
                            new Condition(CRITIC, VECTOR, Need.TABLES),
                            new Condition(CRITIC, VECTOR, Need.FEW_RESPONSES)),
                    Form.ofReturns(Boltzmann::of, Need.ENTROPY)),
            new AlgorithmEntry(
                            "counted",
                            "exact hypergradient of the game counted so far",
                            COUNTED,
                            List.of(),
                            Form.ofReturns(Counted::onTables, Need.TABLES, Need.ENTROPY, Need.STEADY),
                            Form.ofExperts(Counted::onTables, Need.TABLES, Need.ENTROPY, Need.STEADY),
                            Form.ofPlayers(Counted::onPlayers, Need.STEADY))
                    .able(),
            new AlgorithmEntry(
                            "exact",
                            "ceiling: exact hypergradient of a finite problem or a quadratic lower level, no samples",
                            Form.ofReturns(Exact::onTables, Need.TABLES, Need.ENTROPY),
                            Form.ofPairs(
                                    Exact::onPairs, Need.TRUE_REWARD, Need.ENTROPY, Need.TABLES, Need.FEW_SEGMENTS),
                            Form.ofExperts(Exact::onTables, Need.TABLES, Need.ENTROPY),
                            Form.ofPlayers(Exact::onPlayers),
                            Form.ofData(Exact::onData, Need.QUADRATIC))
                    .able(Ability.FALLING_ENTROPY),
            new AlgorithmEntry(
                            "zero-order",
                            "baseline: two values of the objective along a random direction",
                            List.of(Parameter.real(
                                    "radius",
                                    0.1,
                                    Range.POSITIVE,
                                    "Distance of the two points at which the objective is compared, mu.")),
                            List.of(),
                            Form.ofReturns(ZeroOrder::onReturns),
                            Form.ofPlayers(
                                    (setup, settings) -> TwoLevel.ofPlayers(setup, ZeroOrder.of(setup, settings))))
                    .able(Ability.SAMPLED_GRADIENT, Ability.FALLING_ENTROPY),
            new AlgorithmEntry(
                            "cma-es",
                            "baseline: evolution strategy with an adapted covariance (Hansen 2016) over x, by ranks of the"
                                    + " objective",
                            CMA_ES,
                            List.of(new Condition(COVARIANCE, FULL, Need.FEW_COORDINATES)),
                            Form.ofReturns(CmaEs::onReturns),
                            Form.ofPlayers((setup, settings) -> TwoLevel.ofPlayers(setup, CmaEs.of(setup, settings))))
                    .able());

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
}
