package io.stackel.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.math.ChiSquare;
import io.stackel.math.VectorMath;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.Parameter;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Settings;
import io.stackel.problem.Simulator;
import io.stackel.problem.Step;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every finite family promises: tables that agree with their pullbacks, and a simulator that agrees with them. */
class FiniteProblemContractTest {

    /** Sizes that make a generated problem small; a family uses those that it declares. */
    private static final Map<String, Object> SMALL = Map.of(
            "states",
            6L,
            "actions",
            3L,
            "leaderActions",
            3L,
            "followerActions",
            2L,
            "hoursLevels",
            3L,
            "consumptionLevels",
            2L);

    /** One false alarm in a million for every family and context, by the chi-square approximation. */
    private static final double FALSE_ALARM = 1e-6;

    private static final int STEPS = 200_000;
    private static final int HORIZON = 40;

    static Stream<Named<FiniteProblem>> problems() {
        return Stream.concat(
                Families.all().stream()
                        .filter(factory -> !factory.fitsData())
                        .map(factory -> Named.of(factory.name(), factory.create(settings(factory))))
                        .filter(problem -> problem.getPayload() instanceof FiniteProblem)
                        .map(problem -> Named.of(problem.getName(), (FiniteProblem) problem.getPayload())),
                endingProblems());
    }

    /** Files some of whose rows sum to less than one. */
    static Stream<Named<FiniteProblem>> endingProblems() {
        return Stream.of("ending_reward_design", "ending_stackelberg", "ending_zero_sum")
                .map(name -> Named.of(
                        name, (FiniteProblem) ExactReportTest.file(name).problem()));
    }

    private static Settings settings(ProblemFactory factory) {
        TreeMap<String, Object> values = new TreeMap<>();
        for (Parameter parameter : factory.parameters()) {
            parameter.fallback().ifPresent(value -> values.put(parameter.name(), value));
            if (SMALL.containsKey(parameter.name())) {
                values.put(parameter.name(), SMALL.get(parameter.name()));
            }
        }
        return Settings.of(values);
    }

    @ParameterizedTest
    @MethodSource("problems")
    void contextsShareSizesAndDiscount(FiniteProblem problem) {
        assertThat(problem.contexts()).isPositive();
        for (int context = 0; context < problem.contexts(); context++) {
            MarkovGame game = problem.game(context);
            assertThat(game.states()).isEqualTo(problem.states());
            assertThat(game.followerActions()).isEqualTo(problem.actions());
            assertThat(game.leaderActions()).isEqualTo(problem.game(0).leaderActions());
            assertThat(game.discount()).isEqualTo(problem.discount());
        }
        assertThat(problem.entropyWeight()).isNotNegative();
        assertThat(problem.upperStart(RandomStream.at(0, Purpose.START, 0, 0, 0, 0))
                        .size())
                .isEqualTo(problem.upperSize());
    }

    @ParameterizedTest
    @MethodSource("problems")
    void leaderPolicyIsADistributionInEveryState(FiniteProblem problem) {
        double[] policy = leaderPolicy(problem, point(problem));
        int actions = problem.game(0).leaderActions();
        for (int row = 0; row < policy.length; row += actions) {
            double total = 0;
            for (int cell = row; cell < row + actions; cell++) {
                assertThat(policy[cell]).isBetween(0.0, 1.0);
                total += policy[cell];
            }
            assertThat(Math.abs(total - 1)).isLessThan(1e-12);
        }
    }

    static Stream<Named<FiniteProblem>> leaders() {
        return problems().filter(problem -> problem.getPayload().upperIsLeaderLogits());
    }

    @ParameterizedTest
    @MethodSource("leaders")
    void leaderLogitsHaveTheScoresOfASoftmax(FiniteProblem problem) {
        double[] policy = leaderPolicy(problem, point(problem));
        int actions = problem.game(0).leaderActions();
        assertThat(problem.upperSize()).isEqualTo(policy.length);
        for (int cell = 0; cell < policy.length; cell++) {
            double[] weights = new double[policy.length];
            weights[cell] = 1;
            double[] score = new double[policy.length];
            problem.addLeaderScores(point(problem), cell / actions, policy, weights, score);
            for (int i = 0; i < score.length; i++) {
                double own = i == cell ? 1 : 0;
                double wanted = i / actions == cell / actions ? own - policy[i] : 0;
                assertThat(score[i]).isCloseTo(wanted, within(1e-15));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void pullbacksAreTheDerivativesOfTheirTables(FiniteProblem problem) {
        MarkovGame game = problem.game(0);
        requirePullback(
                problem,
                game.leaderCells(),
                (x, into) -> logarithms(leaderPolicy(problem, x), into),
                (weights, into) -> {
                    double[] policy = leaderPolicy(problem, point(problem));
                    for (int s = 0; s < game.states(); s++) {
                        problem.addLeaderScores(point(problem), s, policy, weights, into);
                    }
                });
        for (int context = 0; context < problem.contexts(); context++) {
            int number = context;
            requirePullback(
                    problem,
                    game.jointCells(),
                    (x, into) -> problem.lowerReward(x, number, into),
                    (weights, into) -> problem.addLowerRewardGradient(point(problem), number, weights, into));
            requirePullback(
                    problem,
                    game.jointCells(),
                    (x, into) -> problem.upperReward(x, number, into),
                    (weights, into) -> problem.addUpperRewardGradient(point(problem), number, weights, into));
            double[] next = normal(game.states(), 6);
            requirePullback(
                    problem,
                    game.jointCells(),
                    (x, into) -> expectations(problem.game(x, number), next, into),
                    (weights, into) -> problem.addTransitionGradient(point(problem), number, weights, next, into));
            requirePullback(
                    problem,
                    game.jointCells(),
                    (x, into) -> expectations(problem.game(x, number), next, into),
                    (weights, into) -> addScores(problem, number, weights, next, into));
        }
        requirePullback(problem, 1, (x, into) -> into[0] = problem.upperTerm(x), (weights, into) -> {
            double[] gradient = new double[into.length];
            problem.addUpperTermGradient(point(problem), gradient);
            VectorMath.addScaled(weights[0], gradient, into);
        });
    }

    /** The mean of a value of the next state for every cell. */
    private static void expectations(MarkovGame game, double[] value, double[] into) {
        for (int i = 0; i < game.transition().length; i++) {
            into[i / game.states()] += game.transition()[i] * value[i % game.states()];
        }
    }

    private static void addScores(FiniteProblem problem, int context, double[] weights, double[] value, double[] into) {
        double[] transition = problem.game(point(problem), context).transition();
        for (int i = 0; i < transition.length; i++) {
            int cell = i / problem.states();
            int next = i % problem.states();
            if (transition[i] > 0) {
                double weight = weights[cell] * transition[i] * value[next];
                problem.addTransitionScore(point(problem), context, cell, next, weight, into);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void pullbacksAddToWhatIsThere(FiniteProblem problem) {
        double[] weights = normal(problem.game(0).jointCells(), 2);
        double[] fresh = new double[problem.upperSize()];
        problem.addLowerRewardGradient(point(problem), 0, weights, fresh);
        double[] filled = new double[problem.upperSize()];
        Arrays.fill(filled, 1);
        problem.addLowerRewardGradient(point(problem), 0, weights, filled);
        for (int i = 0; i < fresh.length; i++) {
            assertThat(Math.abs(filled[i] - 1 - fresh[i])).isLessThan(1e-12);
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void tablesMoveWithTheUpperVariableWhereTheProblemSaysSo(FiniteProblem problem) {
        DenseVector here = point(problem);
        DenseVector there = new DenseVector(normal(problem.upperSize(), 5));
        TrajectoryProblem.Dependence dependence = problem.dependence();
        assertThat(Arrays.equals(leaderPolicy(problem, here), leaderPolicy(problem, there)))
                .isEqualTo(!dependence.leaderPolicy());
        double[][] lower = new double[2][problem.game(0).jointCells()];
        problem.lowerReward(here, 0, lower[0]);
        problem.lowerReward(there, 0, lower[1]);
        assertThat(Arrays.equals(lower[0], lower[1])).isEqualTo(!dependence.lowerReward());
        double[][] upper = new double[2][problem.game(0).jointCells()];
        problem.upperReward(here, 0, upper[0]);
        problem.upperReward(there, 0, upper[1]);
        assertThat(Arrays.equals(upper[0], upper[1])).isEqualTo(!dependence.upperReward());
        assertThat(Arrays.equals(
                        problem.game(here, 0).transition(),
                        problem.game(there, 0).transition()))
                .isEqualTo(!dependence.transitions());
    }

    @ParameterizedTest
    @MethodSource("problems")
    void simulatedStepsHaveTheProbabilitiesAndRewardsOfTheTables(FiniteProblem problem) {
        for (int context = 0; context < problem.contexts(); context++) {
            StepCounts counts = new StepCounts(problem, point(problem), context);
            play(problem, context, counts);
            List<Double> tails = new ArrayList<>();
            counts.addTails(tails);
            assertThat(tails)
                    .isNotEmpty()
                    .allSatisfy(tail -> assertThat(tail).isGreaterThan(FALSE_ALARM / tails.size()));
        }
    }

    /** The end of an episode is one of the outcomes that were compared with the tables: some cells have it, some do not. */
    @ParameterizedTest
    @MethodSource("endingProblems")
    void episodesEndWhereRowsSumToLessThanOne(FiniteProblem problem) {
        StepCounts counts = new StepCounts(problem, point(problem), 0);
        play(problem, 0, counts);
        assertThat(counts.ends()).contains(0L).anyMatch(ends -> ends > 1000);
    }

    private static void play(FiniteProblem problem, int context, StepCounts counts) {
        Simulator simulator = problem.simulator(point(problem), context);
        RandomStream random = RandomStream.at(11, Purpose.CHECK, context, 0, 0, 0);
        Step step = new Step();
        double[] observation = new double[problem.observationSize()];
        boolean fresh = true;
        for (int i = 0; i < STEPS; i++) {
            if (fresh || i % HORIZON == 0) {
                simulator.start(random);
                simulator.observe(observation);
                counts.start((int) observation[0]);
            }
            int state = (int) observation[0];
            int action = random.nextInt(problem.actions());
            step.clear();
            simulator.step(action, random, step);
            simulator.observe(observation);
            fresh = step.terminated();
            counts.step(state, action, step, fresh ? problem.states() : (int) observation[0]);
        }
    }

    /** Counts of (leader's action, next state or end) for every cell of the follower, against their probabilities. */
    private static final class StepCounts {

        private static final double LEAST_EXPECTED = 10;

        private final MarkovGame game;
        private final double[] leaderPolicy;
        private final double[] lowerReward;
        private final double[] upperReward;
        private final long[] starts;
        private final long[][] outcomes;

        StepCounts(FiniteProblem problem, DenseVector upper, int context) {
            game = problem.game(upper, context);
            leaderPolicy = leaderPolicy(problem, upper);
            lowerReward = new double[game.jointCells()];
            problem.lowerReward(upper, context, lowerReward);
            upperReward = new double[game.jointCells()];
            problem.upperReward(upper, context, upperReward);
            starts = new long[game.states()];
            outcomes = new long[game.followerCells()][game.leaderActions() * (game.states() + 1)];
        }

        void start(int state) {
            starts[state]++;
        }

        /** The leader's action is known by its rewards, which differ between actions. */
        void step(int state, int action, Step step, int next) {
            for (int a = 0; a < game.leaderActions(); a++) {
                int cell = (state * game.leaderActions() + a) * game.followerActions() + action;
                if (step.lowerReward() == lowerReward[cell] && step.upperReward() == upperReward[cell]) {
                    outcomes[state * game.followerActions() + action][a * (game.states() + 1) + next]++;
                    return;
                }
            }
            throw new AssertionError("no action of the leader has the rewards of a step in state " + state);
        }

        /** How many episodes ended in each cell of the follower. */
        List<Long> ends() {
            List<Long> ends = new ArrayList<>();
            for (long[] cell : outcomes) {
                long total = 0;
                for (int a = 0; a < game.leaderActions(); a++) {
                    total += cell[a * (game.states() + 1) + game.states()];
                }
                ends.add(total);
            }
            return ends;
        }

        void addTails(List<Double> into) {
            addTail(starts, game.start(), into);
            for (int cell = 0; cell < outcomes.length; cell++) {
                addTail(outcomes[cell], probabilities(cell), into);
            }
        }

        private double[] probabilities(int followerCell) {
            double[] p = new double[outcomes[followerCell].length];
            int s = followerCell / game.followerActions();
            for (int a = 0; a < game.leaderActions(); a++) {
                double weight = leaderPolicy[s * game.leaderActions() + a];
                int row =
                        (s * game.leaderActions() + a) * game.followerActions() + followerCell % game.followerActions();
                double end = 1;
                for (int t = 0; t < game.states(); t++) {
                    double next = game.transition()[row * game.states() + t];
                    p[a * (game.states() + 1) + t] = weight * next;
                    end -= next;
                }
                p[a * (game.states() + 1) + game.states()] = end < 1e-9 ? 0 : weight * end;
            }
            return p;
        }

        /** Adds the tail probability of Pearson's statistic; rare outcomes are counted together. */
        private static void addTail(long[] observed, double[] p, List<Double> into) {
            long total = Arrays.stream(observed).sum();
            List<Long> counts = new ArrayList<>();
            List<Double> probabilities = new ArrayList<>();
            long rare = 0;
            double rareProbability = 0;
            for (int i = 0; i < p.length; i++) {
                if (p[i] == 0) {
                    assertThat(observed[i]).as("outcome of probability zero").isZero();
                } else if (total * p[i] >= LEAST_EXPECTED) {
                    counts.add(observed[i]);
                    probabilities.add(p[i]);
                } else {
                    rare += observed[i];
                    rareProbability += p[i];
                }
            }
            if (rareProbability > 0 && total * rareProbability >= LEAST_EXPECTED) {
                counts.add(rare);
                probabilities.add(rareProbability);
            }
            if (counts.size() > 1) {
                double statistic = ChiSquare.statistic(
                        counts.stream().mapToLong(Long::longValue).toArray(),
                        probabilities.stream().mapToDouble(Double::doubleValue).toArray());
                into.add(ChiSquare.upperTail(statistic, counts.size() - 1));
            }
        }
    }

    /** Compares a pullback with central differences of sum weights table, step 1e-5: errors of order 1e-10. */
    private static void requirePullback(
            FiniteProblem problem,
            int cells,
            BiConsumer<DenseVector, double[]> table,
            BiConsumer<double[], double[]> pullback) {
        double[] weights = normal(cells, 3);
        double[] got = new double[problem.upperSize()];
        pullback.accept(weights, got);
        double[] x = point(problem).values();
        double step = 1e-5;
        for (int i = 0; i < x.length; i++) {
            double[] up = x.clone();
            up[i] += step;
            double[] down = x.clone();
            down[i] -= step;
            double wanted = (weighted(table, up, weights) - weighted(table, down, weights)) / (2 * step);
            assertThat(Math.abs(got[i] - wanted))
                    .as("coordinate " + i)
                    .isLessThan(1e-8 * Math.max(1, Math.abs(wanted)));
        }
    }

    private static double weighted(BiConsumer<DenseVector, double[]> table, double[] x, double[] weights) {
        double[] values = new double[weights.length];
        table.accept(new DenseVector(x), values);
        return VectorMath.dot(weights, values);
    }

    private static void logarithms(double[] values, double[] into) {
        for (int i = 0; i < values.length; i++) {
            into[i] = StrictMath.log(values[i]);
        }
    }

    private static double[] leaderPolicy(FiniteProblem problem, DenseVector upper) {
        double[] policy = new double[problem.game(0).leaderCells()];
        problem.leaderPolicy(upper, policy);
        return policy;
    }

    private static DenseVector point(FiniteProblem problem) {
        return new DenseVector(normal(problem.upperSize(), 4));
    }

    private static double[] normal(int count, int role) {
        RandomStream random = RandomStream.at(1, Purpose.CHECK, role, 0, 0, 0);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }
}
