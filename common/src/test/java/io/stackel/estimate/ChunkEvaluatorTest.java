package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.estimate.BoltzmannGradient.Critic;
import io.stackel.exact.RandomProblem;
import io.stackel.families.SmallProblems;
import io.stackel.math.Normal;
import io.stackel.mdp.MarkovGame;
import io.stackel.policy.Policy;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.SampleOnly;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is true of every chunk, whatever it estimates; the values themselves are the matter of SampledRolesTest. */
class ChunkEvaluatorTest {

    private static final int HORIZON = 20;
    private static final RandomProblem PROBLEM = RandomProblem.of(5, 3, 2, 2, 0.3);
    private static final Policy POLICY = new TabularSoftmax(3, 2);
    private static final Estimand PAIRS = new ValueGradient(
            new Units(Purpose.TRAINING, 0, 50),
            0,
            new FollowerPair(0, 1, Coupling.SHARED),
            new Combination(2, 0.5, 0.5),
            Wanted.BOTH,
            true);
    private static final Estimand UNCOUNTED_PAIRS = new ValueGradient(
            new Units(Purpose.TRAINING, 0, 50),
            0,
            new FollowerPair(0, 1, Coupling.SHARED),
            new Combination(2, 0.5, 0.5),
            Wanted.BOTH,
            false);
    private static final Estimand RETURNS = new Returns(Purpose.TRAINING, 1, 133, 0, 0);
    private static final Estimand BELLMAN =
            new BellmanPenalty(Purpose.TRAINING, 2, 40, 0, 0, 1, StateDistribution.UNIFORM);
    private static final Estimand HPGD = new AdvantageGradient(Purpose.TRAINING, 3, 30, 0, 0);
    private static final Estimand TRANSITIONS = new CountedTransitions(Purpose.TRAINING, 4, 77, 0, 0, 1, 0.2);

    private static Stream<TrajectoryProblem> samplers() {
        return Stream.of(PROBLEM, new SampleOnly(PROBLEM));
    }

    @ParameterizedTest(name = "sampler {index}")
    @MethodSource("samplers")
    void theSameRequestGivesTheSameBits(TrajectoryProblem problem) {
        BatchRequest request = request(8, true, rolesFor(problem));
        Draws first = Draws.of(problem, POLICY, request);
        Draws again = Draws.of(problem, POLICY, request);
        assertThat(again.sums()).containsExactly(first.sums());
        assertThat(again.counters()).containsExactly(first.counters());
    }

    @ParameterizedTest(name = "sampler {index}")
    @MethodSource("samplers")
    void aChunkDoesNotDependOnThoseThatWereEvaluatedBefore(TrajectoryProblem problem) {
        BatchRequest request = request(8, true, rolesFor(problem));
        ChunkEvaluator.Source source = new ChunkEvaluator.Source(problem, POLICY);
        ChunkEvaluator used = source.open(request);
        evaluate(used, 3);
        evaluate(used, 0);
        assertThat(evaluate(used, 5)).containsExactly(evaluate(source.open(request), 5));
    }

    @ParameterizedTest(name = "sampler {index}")
    @MethodSource("samplers")
    void unitsPerChunkChangesTheOrderOfAdditionAlone(TrajectoryProblem problem) {
        Draws one = Draws.of(problem, POLICY, request(1, true, rolesFor(problem)));
        for (int unitsPerChunk : new int[] {3, 16, 17, 1000}) {
            Draws other = Draws.of(problem, POLICY, request(unitsPerChunk, true, rolesFor(problem)));
            for (int i = 0; i < one.sums().length; i++) {
                assertThat(other.sums()[i]).isCloseTo(one.sums()[i], within(1e-12 * (1 + Math.abs(one.sums()[i]))));
            }
            assertThat(other.counters()).containsExactly(one.counters());
            assertThat(other.counts().keys()).containsExactly(one.counts().keys());
            assertThat(other.counts().tallies()).containsExactly(one.counts().tallies());
        }
    }

    @Test
    void theAddressOfTheDrawsIsSeedIterationInnerStepPurposeAndStream() {
        SortedSet<Double> returns = new TreeSet<>();
        returns.add(returnAt(1, 0, 0, Purpose.TRAINING, 0));
        returns.add(returnAt(2, 0, 0, Purpose.TRAINING, 0));
        returns.add(returnAt(1, 1, 0, Purpose.TRAINING, 0));
        returns.add(returnAt(1, 0, 1, Purpose.TRAINING, 0));
        returns.add(returnAt(1, 0, 0, Purpose.EVALUATION, 0));
        returns.add(returnAt(1, 0, 0, Purpose.TRAINING, 1));
        assertThat(returns).hasSize(6);
        assertThat(returnAt(1, 0, 0, Purpose.TRAINING, 0)).isIn(returns);
    }

    private static double returnAt(long seed, long iteration, long innerStep, Purpose purpose, int stream) {
        BatchRequest request = new BatchRequest(
                seed,
                iteration,
                innerStep,
                0,
                HORIZON,
                8,
                BatchRequest.ALL_RESIDUALS,
                false,
                List.of(upper()),
                followers(),
                List.of(new Returns(purpose, stream, 20, 0, 0)));
        return Draws.of(PROBLEM, POLICY, request).scalar(0, EstimandLayout.UPPER_RETURN);
    }

    @Test
    void rolesOfOneStreamSeeCommonRandomNumbers() {
        Estimand same = new Returns(Purpose.TRAINING, 1, 133, 0, 0);
        Draws draws = Draws.of(PROBLEM, POLICY, request(8, false, List.of(RETURNS, same)));
        assertThat(draws.scalar(1, EstimandLayout.LOWER_RETURN))
                .isEqualTo(draws.scalar(0, EstimandLayout.LOWER_RETURN));
    }

    @ParameterizedTest(name = "sampler {index}")
    @MethodSource("samplers")
    void countersAddUp(TrajectoryProblem problem) {
        List<Estimand> estimands = rolesFor(problem);
        Draws draws = Draws.of(problem, POLICY, request(8, true, estimands));
        for (int i = 0; i < estimands.size(); i++) {
            long trajectories =
                    draws.counter(i, EstimandLayout.TERMINATED) + draws.counter(i, EstimandLayout.TRUNCATED);
            assertThat(draws.counter(i, EstimandLayout.UNITS))
                    .isEqualTo(estimands.get(i).units());
            assertThat(draws.counter(i, EstimandLayout.NON_FINITE)).isZero();
            assertThat(draws.counter(i, EstimandLayout.STEPS)).isLessThanOrEqualTo(trajectories * HORIZON);
            if (estimands.get(i) instanceof AdvantageGradient) {
                assertThat(trajectories).isBetween(2 * HPGD.units(), 5 * HPGD.units());
            } else {
                assertThat(trajectories)
                        .isEqualTo(estimands.get(i).units() * estimands.get(i).trajectoriesPerUnit());
            }
        }
    }

    /** False-alarm rate 1e-6 each, for normal means. */
    @ParameterizedTest(name = "sampler {index}")
    @MethodSource("samplers")
    void lengthsAndTerminationsFollowTheTables(TrajectoryProblem problem) {
        int n = 20_000;
        Estimand estimand = new Returns(Purpose.TRAINING, 0, n, 0, 0);
        Draws draws = Draws.of(problem, POLICY, request(1000, false, List.of(estimand)));
        double[] alive = aliveAfter();
        double mean = 0;
        double square = 0;
        for (int t = 0; t < HORIZON; t++) {
            mean += alive[t];
            square += (2 * t + 1) * alive[t];
        }
        double limit = -Normal.quantile(1e-6 / 2);
        double steps = (double) draws.counter(0, EstimandLayout.STEPS) / n;
        assertThat(steps).isCloseTo(mean, within(limit * Math.sqrt((square - mean * mean) / n)));
        double cut = alive[HORIZON];
        assertThat(cut).isBetween(0.01, 0.99);
        double truncated = (double) draws.counter(0, EstimandLayout.TRUNCATED) / n;
        assertThat(truncated).isCloseTo(cut, within(limit * Math.sqrt(cut * (1 - cut) / n)));
    }

    /** The probability that a path of follower 0 has not terminated after t steps, t = 0 .. horizon. */
    private static double[] aliveAfter() {
        MarkovGame game = PROBLEM.game();
        double[] leader = new double[game.leaderCells()];
        PROBLEM.leaderPolicy(new DenseVector(upper()), leader);
        double[] transition = game.followerTransition(leader);
        double[] logs =
                PolicyTable.logProbabilities(PROBLEM, POLICY, followers().get(0).parameters());
        double[] state = game.start();
        double[] alive = new double[HORIZON + 1];
        for (int t = 0; t <= HORIZON; t++) {
            alive[t] = Arrays.stream(state).sum();
            double[] next = new double[3];
            for (int i = 0; i < logs.length; i++) {
                for (int s = 0; s < 3; s++) {
                    next[s] += state[i / 2] * StrictMath.exp(logs[i]) * transition[i * 3 + s];
                }
            }
            state = next;
        }
        return alive;
    }

    @Test
    void countedTransitionsAreThePlayedSteps() {
        Draws draws = Draws.of(PROBLEM, POLICY, request(8, false, List.of(TRANSITIONS, RETURNS)));
        assertThat(Arrays.stream(draws.counts().tallies()).sum()).isEqualTo(draws.counter(0, EstimandLayout.STEPS));
        long ends = 0;
        for (int i = 0; i < draws.counts().keys().length; i++) {
            long key = draws.counts().keys()[i];
            long next = key % 4;
            double p = next == 3 ? missing((int) (key / 4)) : PROBLEM.game().transition()[(int) (key / 4 * 3 + next)];
            assertThat(p).as("probability of a transition that was counted").isPositive();
            ends += next == 3 ? draws.counts().tallies()[i] : 0;
        }
        assertThat(ends).isEqualTo(draws.counter(0, EstimandLayout.TERMINATED)).isPositive();
    }

    private static double missing(int cell) {
        double[] row = Arrays.copyOfRange(PROBLEM.game().transition(), 3 * cell, 3 * cell + 3);
        return 1 - Arrays.stream(row).sum();
    }

    /**
     * A follower that always plays action 0 in a problem without end: a trajectory that explores shows another action,
     * unless all of its 40 uniform draws among 3 actions are 0 (1e-19 each).
     */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.25, 1.0 / 3, 1})
    void aFixedShareOfThePairsExplores(double exploration) {
        FiniteProblem problem = SmallProblems.rewardDesign();
        double[] theta = new double[15];
        for (int s = 0; s < 5; s++) {
            theta[3 * s] = 100;
        }
        int units = 200;
        List<Follower> follower = List.of(Follower.plain(theta));
        Estimand estimand = new CountedTransitions(Purpose.TRAINING, 0, units, 0, 0, 0, exploration);
        BatchRequest request = new BatchRequest(
                3,
                0,
                0,
                0,
                40,
                1,
                BatchRequest.ALL_RESIDUALS,
                false,
                List.of(new double[problem.upperSize()]),
                follower,
                List.of(estimand));
        ChunkEvaluator evaluator = new ChunkEvaluator.Source(problem, new TabularSoftmax(5, 3)).open(request);
        boolean[] explored = new boolean[units];
        int total = 0;
        for (int unit = 0; unit < units; unit++) {
            TransitionCounts counts = new TransitionCounts(evaluator.possibleTransitions());
            evaluator.evaluate(unit, new double[evaluator.sumLength()], new long[evaluator.counterLength()], counts);
            explored[unit] = Arrays.stream(counts.sorted().keys()).anyMatch(key -> key / 6 % 3 != 0);
            total += explored[unit] ? 1 : 0;
            assertThat(explored[unit]).as("both of a pair explore").isEqualTo(explored[unit & ~1]);
        }
        assertThat(total).isEqualTo(2 * (int) StrictMath.floor(100 * exploration));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void unitsThatAreNotFiniteAreCounted(double broken) {
        double[] reward = PROBLEM.reward().clone();
        Arrays.fill(reward, 0, 4, broken);
        RandomProblem problem = new RandomProblem(PROBLEM.game(), reward, PROBLEM.upperReward(), 0.3);
        for (TrajectoryProblem sampled : List.of(problem, new SampleOnly(problem))) {
            List<Estimand> estimands = List.of(RETURNS, UNCOUNTED_PAIRS);
            BatchRequest request = request(1, false, estimands);
            Draws draws = Draws.of(sampled, POLICY, request);
            ChunkEvaluator evaluator = new ChunkEvaluator.Source(sampled, POLICY).open(request);
            long broke = 0;
            for (long unit = 0; unit < RETURNS.units(); unit++) {
                double[] sums = evaluate(evaluator, unit);
                broke += Double.isFinite(sums[draws.layouts()[0].scalars() + EstimandLayout.LOWER_RETURN]) ? 0 : 1;
            }
            assertThat(broke).as("paths through state 0").isBetween(1L, RETURNS.units() - 1);
            assertThat(draws.counter(0, EstimandLayout.NON_FINITE)).isEqualTo(broke);
            assertThat(draws.counter(1, EstimandLayout.NON_FINITE)).isPositive();
        }
    }

    @ParameterizedTest(name = "sampler {index}")
    @MethodSource("samplers")
    void diagonalMomentsAddUpToThoseOfTheVector(TrajectoryProblem problem) {
        Draws diagonal = Draws.of(problem, POLICY, request(8, true, rolesFor(problem)));
        Draws scalar = Draws.of(problem, POLICY, request(8, false, rolesFor(problem)));
        for (int i = 0; i < rolesFor(problem).size(); i++) {
            assertThat(scalar.upper(i)).usingComparatorWithPrecision(1e-11).containsExactly(diagonal.upper(i));
            assertThat(scalar.lower(i)).usingComparatorWithPrecision(1e-11).containsExactly(diagonal.lower(i));
            double upperSquare = scalar.scalar(i, EstimandLayout.UPPER_SQUARE);
            double lowerSquare = scalar.scalar(i, EstimandLayout.LOWER_SQUARE);
            assertThat(Arrays.stream(diagonal.upperSquares(i)).sum())
                    .isCloseTo(upperSquare, within(1e-12 * upperSquare));
            assertThat(Arrays.stream(diagonal.lowerSquares(i)).sum())
                    .isCloseTo(lowerSquare, within(1e-12 * lowerSquare));
        }
    }

    @Test
    void whatNeedsTablesIsRefusedOnEnvironmentsThatCanOnlyBeSampled() {
        String states = "chosen start states and first actions need a finite problem, with tables";
        String counts = "counting transitions needs a finite problem, with numbered states";
        requireRefused(BELLMAN, followers(), states);
        requireRefused(TRANSITIONS, followers(), counts);
        requireRefused(PAIRS, followers(), counts);
        requireRefused(HPGD, followers(), "state numbers need a finite problem");
        List<Follower> baselines = List.of(Follower.withBaselines(new double[6], new double[3], new double[3]));
        requireRefused(
                RETURNS,
                baselines,
                "baselines of a problem that can only be sampled must be the 0 parameters of its value network, but were 3"
                        + " and 3 numbers");
    }

    private static void requireRefused(Estimand estimand, List<Follower> followers, String reason) {
        BatchRequest request = request(8, false, followers, List.of(estimand));
        assertThatThrownBy(() -> Draws.of(new SampleOnly(PROBLEM), POLICY, request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }

    @Test
    void baselinesOfAnotherLengthAreRefused() {
        List<Follower> followers = List.of(Follower.withBaselines(new double[6], new double[2], new double[3]));
        BatchRequest request = request(8, false, followers, List.of(RETURNS));
        assertThatThrownBy(() -> Draws.of(PROBLEM, POLICY, request))
                .hasMessage("a baseline must have 3 entries, one a state, but has 2");
    }

    @Test
    void anAdvantageThatIsMissingOrOfAnotherLengthIsRefused() {
        BoltzmannGradient watched =
                new BoltzmannGradient(new Units(Purpose.TRAINING, 0, 10), 0, 0, Critic.SCALAR, 1, false);
        Follower plain = Follower.plain(new double[6]);
        requireRefused(
                watched,
                List.of(plain),
                "the estimand needs the leader's advantage, but the follower has no values by a network");
        BatchRequest missing = request(8, false, List.of(plain), List.of(watched));
        assertThatThrownBy(() -> Draws.of(PROBLEM, POLICY, missing))
                .hasMessage("the estimand needs the leader's advantage, but the follower has none");
        BatchRequest wrong = request(8, false, List.of(plain.withAdvantage(new double[3])), List.of(watched));
        assertThatThrownBy(() -> Draws.of(PROBLEM, POLICY, wrong))
                .hasMessage("the leader's advantage must have 6 entries, one a state and action, but has 3");
    }

    @Test
    void aResponseThatIsMissingOrOfAnotherLengthIsRefused() {
        BoltzmannGradient watched =
                new BoltzmannGradient(new Units(Purpose.TRAINING, 0, 10), 0, 0, Critic.VECTOR, 1, false);
        Follower plain = Follower.plain(new double[6]);
        requireRefused(watched, List.of(plain), "the follower's response by state needs a finite problem");
        BatchRequest missing = request(8, false, List.of(plain), List.of(watched));
        assertThatThrownBy(() -> Draws.of(PROBLEM, POLICY, missing))
                .hasMessage("the estimand needs the follower's response, but the follower has none");
        BatchRequest wrong = request(8, false, List.of(plain.withResponse(new double[6])), List.of(watched));
        assertThatThrownBy(() -> Draws.of(PROBLEM, POLICY, wrong))
                .hasMessage("the follower's response must have " + 3 * PROBLEM.upperSize()
                        + " entries, states x length of x, but has 6");
    }

    @Test
    void requestsNeedAHorizonAndUnits() {
        assertThatThrownBy(() -> new BatchRequest(
                        0, 0, 0, 0, 0, 1, BatchRequest.ALL_RESIDUALS, false, List.of(), List.of(), List.of()))
                .hasMessage("horizon must be at least 1, but was 0");
        assertThatThrownBy(() -> new BatchRequest(
                        0, 0, 0, 0, 1, 0, BatchRequest.ALL_RESIDUALS, false, List.of(), List.of(), List.of()))
                .hasMessage("unitsPerChunk must be at least 1, but was 0");
        assertThat(request(10, false, List.of(PAIRS, RETURNS)).chunks()).isEqualTo(14);
        assertThat(request(10, false, List.of()).isEmpty()).isTrue();
    }

    private static List<Estimand> rolesFor(TrajectoryProblem problem) {
        return problem instanceof FiniteProblem
                ? List.of(PAIRS, RETURNS, BELLMAN, HPGD, TRANSITIONS)
                : List.of(UNCOUNTED_PAIRS, RETURNS);
    }

    private static BatchRequest request(int unitsPerChunk, boolean diagonal, List<Estimand> estimands) {
        return request(unitsPerChunk, diagonal, followers(), estimands);
    }

    private static BatchRequest request(
            int unitsPerChunk, boolean diagonal, List<Follower> followers, List<Estimand> estimands) {
        return new BatchRequest(
                3,
                0,
                0,
                0,
                HORIZON,
                unitsPerChunk,
                BatchRequest.ALL_RESIDUALS,
                diagonal,
                List.of(upper()),
                followers,
                estimands);
    }

    private static double[] upper() {
        return PROBLEM.point(4).values();
    }

    private static List<Follower> followers() {
        return List.of(
                Follower.plain(new double[] {0.5, 0, -0.3, 0, 0.2, 1}),
                Follower.plain(new double[] {0, 1, 0, 0.3, 0, 0}));
    }

    private static double[] evaluate(ChunkEvaluator evaluator, long chunk) {
        double[] sums = new double[evaluator.sumLength()];
        evaluator.evaluate(
                chunk,
                sums,
                new long[evaluator.counterLength()],
                new TransitionCounts(evaluator.possibleTransitions()));
        return sums;
    }
}
