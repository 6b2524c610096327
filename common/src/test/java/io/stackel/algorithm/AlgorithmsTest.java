package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.exact.RandomProblem;
import io.stackel.families.SmallProblems;
import io.stackel.mdp.MarkovGame;
import io.stackel.policy.LinearSoftmax;
import io.stackel.policy.Policy;
import io.stackel.policy.TabularDirect;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.SampleOnly;
import io.stackel.problem.Settings;
import io.stackel.problem.TrajectoryProblem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be solved a certain way is refused before anything runs, with the reason and a way out. */
class AlgorithmsTest {

    private static final Map<String, Object> SIGMA = Map.of("sigma", 0.1);
    private static final String NO_TABLES = " needs a finite problem, with tables, but this one can only be sampled;";
    private static final String SAMPLES_ALONE =
            NO_TABLES + " use first-order, pbrl or independent with lower.solver: sampled and lower.optimizer: adam";

    private final FiniteProblem problem = SmallProblems.rewardDesign();
    private final SampleOnly sampled = new SampleOnly(problem);

    @Test
    void namesAreUniqueAndExplained() {
        assertThat(Algorithms.all())
                .extracting(AlgorithmFactory::name)
                .containsExactly(
                        "first-order",
                        "f2sa",
                        "pbrl",
                        "independent",
                        "lower",
                        "alternating",
                        "true-reward",
                        "feature-matching",
                        "cloning",
                        "hpgd",
                        "boltzmann",
                        "counted",
                        "exact",
                        "zero-order",
                        "cma-es");
        assertThat(Algorithms.all()).extracting(AlgorithmFactory::summary).doesNotContain("");
    }

    @Test
    void boltzmannIsRefusedWhereNothingIsCounted() {
        requireRefused(
                "boltzmann",
                Setups.of(problem, Setups.ADAM, false),
                Map.of(),
                "boltzmann takes the leader's advantage from counted transitions or a network of values, but with"
                        + " sampling.baseline: none there is neither; use fitted, or lower.solver: planned");
    }

    @Test
    void whatNeedsTablesIsRefusedOnSamplesAlone() {
        requireRefused(
                "first-order",
                Setups.of(sampled, Setups.PLANNED, false),
                SIGMA,
                "lower.solver: planned" + SAMPLES_ALONE);
        requireRefused(
                "first-order",
                Setups.of(sampled, Setups.NATURAL, false),
                SIGMA,
                "lower.optimizer: natural" + SAMPLES_ALONE);
        Setup adam = Setups.of(sampled, Setups.ADAM, false);
        String others = NO_TABLES + " use first-order, pbrl, independent, lower, boltzmann, zero-order or cma-es";
        requireRefused("hpgd", adam, Map.of(), "hpgd" + others);
        requireRefused(
                "boltzmann",
                adam,
                Map.of("critic", "vector"),
                "algorithm.critic: vector" + NO_TABLES + " use algorithm.critic: scalar");
        requireRefused("exact", adam, Map.of(), "exact" + others);
        requireRefused(
                "pbrl",
                adam,
                Map.of("sigma", 0.1, "penalty", "bellman", "stateDistribution", "uniform"),
                "pbrl with the Bellman penalty at chosen states" + SAMPLES_ALONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-order", "pbrl", "independent", "zero-order", "cma-es"})
    void fittedBaselinesAreRefusedOnSamplesAlone(String name) {
        Map<String, Object> given = name.equals("pbrl") ? Map.of("sigma", 0.1, "policyOptimizer", "adam") : SIGMA;
        String reason = "sampling.baseline: fitted needs a finite problem, on whose counted transitions the values are"
                + " fitted, or a network of values, but there is neither; use sampling.baseline: none";
        assertThatThrownBy(() -> Setups.algorithm(name, Setups.of(sampled, Setups.ADAM, true), given))
                .isInstanceOfSatisfying(
                        MisfitException.class,
                        misfit -> assertThat(misfit.key()).isEqualTo("sampling.baseline"))
                .hasMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-order", "hpgd", "exact"})
    void whatNeedsASmoothBestResponseIsRefusedWithoutEntropy(String name) {
        Setup setup = Setups.of(withoutEntropy(), Setups.PLANNED, false);
        Map<String, Object> given = name.equals("first-order") ? SIGMA : Map.of();
        requireRefused(
                name,
                setup,
                given,
                name
                        + " needs problem.entropyWeight above 0, where the best response is unique and smooth, but it is 0.0;"
                        + " use pbrl, independent, lower, zero-order or cma-es");
    }

    @Test
    void countedIsRefusedWhereItsCountsGrowOld() {
        FiniteProblem taxes = SmallProblems.taxes();
        requireRefused(
                "counted",
                Setups.of(taxes, Setups.ADAM, false),
                Map.of(),
                "counted needs transitions that do not depend on the upper variable, because counts outlive the x at which"
                        + " they were drawn, but those of this problem do; use first-order, pbrl, independent, lower,"
                        + " hpgd, boltzmann, exact, zero-order or cma-es");
    }

    @Test
    void countedIsRefusedWhereNothingIsCounted() {
        requireRefused(
                "counted",
                Setups.of(problem, Setups.PLANNED, false),
                Map.of(),
                "counted plans on what it has counted, not on the tables; use lower.solver: sampled");
        requireRefused(
                "counted",
                Setups.of(problem, Setups.NATURAL, false),
                Map.of("splits", 31L),
                "lower.units must be at least algorithm.splits, 31, so that every part counts trajectories, but was 30");
    }

    @Test
    void averagesOfTooManyNumbersAreRefused() {
        FiniteProblem large = RandomProblem.of(1, 130, 130, 2, 0.3);
        requireRefused(
                "hpgd",
                Setups.of(large, Setups.PLANNED, false),
                Map.of(),
                "algorithm.form: averages needs at most 4194304 numbers, states x actions x length of x, but"
                        + " this problem has 4394000; use algorithm.form: continuations");
        assertThat(Setups.algorithm("hpgd", Setups.of(large, Setups.NATURAL, false), Map.of("form", "continuations")))
                .isNotNull();
    }

    @Test
    void aVectorCriticOfTooManyNumbersIsRefused() {
        FiniteProblem large = RandomProblem.of(1, 130, 250, 2, 0.3);
        requireRefused(
                "boltzmann",
                Setups.of(large, Setups.PLANNED, false),
                Map.of("critic", "vector"),
                "algorithm.critic: vector needs at most 4194304 numbers, states x length of x, but this problem has"
                        + " 4225000; use algorithm.critic: scalar");
    }

    @Test
    void countedTransitionsMustNotMoveWithTheUpperVariable() {
        FiniteProblem taxes = SmallProblems.taxes();
        String reason =
                " counts transitions, but those of this problem change with the upper variable; use lower.solver:"
                        + " planned, or lower.optimizer: adam with sampling.baseline: none";
        requireRefused(
                "first-order", Setups.of(taxes, Setups.NATURAL, false), SIGMA, "lower.optimizer: natural" + reason);
        requireRefused("first-order", Setups.of(taxes, Setups.ADAM, true), SIGMA, "sampling.baseline: fitted" + reason);
    }

    @Test
    void naturalStepsNeedEntropySoftmaxAndAStepOfAtMostOne() {
        requireRefused(
                "independent",
                Setups.of(withoutEntropy(), Setups.NATURAL, false),
                Map.of(),
                "lower.optimizer: natural needs problem.entropyWeight above 0, where the best response is unique and"
                        + " smooth, but it is 0.0");
        requireRefused(
                "independent",
                Setups.of(problem, new TabularDirect(5, 3), Setups.NATURAL, false),
                Map.of(),
                "lower.optimizer: natural needs policy.name: tabular-softmax, but the policy is TabularDirect");
        Setup.LowerRule fast = new Setup.LowerRule(false, 1, Setup.LowerStep.NATURAL, 1.5, 1, 0, 1e-9);
        requireRefused(
                "independent",
                Setups.of(problem, fast, false),
                Map.of(),
                "lower.optimizer: natural needs a step size in (0, 1], but it is 1.5");
    }

    @Test
    void naturalStepsOfThePenalisedPolicyNeedAGame() {
        Map<String, Object> natural = Map.of("sigma", 0.1, "policyOptimizer", "natural");
        requireRefused(
                "pbrl",
                Setups.of(sampled, Setups.ADAM, false),
                natural,
                "algorithm.policyOptimizer: natural" + SAMPLES_ALONE);
        requireRefused(
                "pbrl",
                Setups.of(problem, Setups.ADAM, false),
                natural,
                "algorithm.policyOptimizer: natural needs counted transitions; use lower.optimizer: natural,"
                        + " sampling.baseline: fitted or algorithm.policyOptimizer: adam");
        requireRefused(
                "pbrl",
                Setups.of(problem, Setups.PLANNED, false),
                Map.of("sigma", 0.1, "policyStepSize", 2.0),
                "algorithm.policyOptimizer: natural needs a step size in (0, 1], but it is 2.0");
    }

    @Test
    void plannedFollowersNeedATabularPolicy() {
        requireRefused(
                "independent",
                Setups.of(problem, new LinearSoftmax(5, 3), Setups.PLANNED, false),
                Map.of(),
                "lower.solver: planned needs policy.name: tabular-softmax or tabular-direct, but the policy is LinearSoftmax");
        for (Policy policy : new Policy[] {new TabularSoftmax(5, 3), new TabularDirect(5, 3)}) {
            assertThat(Setups.algorithm("independent", Setups.of(problem, policy, Setups.PLANNED, false), Map.of())
                            .init()
                            .step())
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-order", "pbrl"})
    void exactlyOneOfSigmaAndPenaltyWeightIsGiven(String name) {
        Setup setup = Setups.of(problem, Setups.PLANNED, false);
        String rule = "exactly one of algorithm.sigma and algorithm.penaltyWeight must be given, but ";
        requireRefused(name, setup, Map.of(), rule + "neither is");
        requireRefused(name, setup, Map.of("sigma", 0.1, "penaltyWeight", 10.0), rule + "both are");
        assertThat(Difference.sigma(Settings.of(Map.of("penaltyWeight", 8.0)))).isEqualTo(0.125);
        assertThat(Difference.sigma(Settings.of(Map.of("sigma", 0.25)))).isEqualTo(0.25);
    }

    @Test
    void theBellmanPenaltyNeedsStatesOfPositiveWeight() {
        FiniteProblem point = startingInStateZero();
        Map<String, Object> start = Map.of("sigma", 0.1, "penalty", "bellman", "stateDistribution", "start");
        requireRefused(
                "pbrl",
                Setups.of(point, Setups.PLANNED, false),
                start,
                "algorithm.stateDistribution: start must be positive in every state, or the Bellman penalty leaves states"
                        + " unconstrained, but is 0 in state 1; use algorithm.stateDistribution: visits or uniform");
        Map<String, Object> uniform = Map.of("sigma", 0.1, "penalty", "bellman", "stateDistribution", "uniform");
        assertThat(Setups.algorithm("pbrl", Setups.of(point, Setups.PLANNED, false), uniform)
                        .request(Setups.algorithm("pbrl", Setups.of(point, Setups.PLANNED, false), uniform)
                                .init())
                        .estimands())
                .hasSize(2);
        assertThat(Setups.algorithm("pbrl", Setups.of(problem, Setups.PLANNED, false), start)
                        .init()
                        .step())
                .isZero();
    }

    private static FiniteProblem withoutEntropy() {
        return SmallProblems.of("reward-design", Map.of("states", 5L, "actions", 3L, "entropyWeight", 0.0));
    }

    private static FiniteProblem startingInStateZero() {
        RandomProblem random = RandomProblem.of(5, 3, 2, 2, 0.3);
        MarkovGame game = random.game();
        double[] start = {1, 0, 0};
        MarkovGame moved = new MarkovGame(3, 2, 2, game.transition(), start, game.discount());
        return new RandomProblem(moved, random.reward(), random.upperReward(), 0.3);
    }

    private static void requireRefused(String name, Setup setup, Map<String, Object> given, String reason) {
        TrajectoryProblem problem = setup.problem();
        assertThatThrownBy(() -> Setups.algorithm(name, setup, given))
                .as("%s on %s", name, problem.getClass().getSimpleName())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }
}
