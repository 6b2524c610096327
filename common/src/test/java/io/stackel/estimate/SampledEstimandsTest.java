package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Gradients;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.RandomProblem;
import io.stackel.exact.SoftOptimum;
import io.stackel.families.SmallProblems;
import io.stackel.math.VectorMath;
import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.LinearSoftmax;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.SampleOnly;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What chunks of drawn trajectories add up to, against the closed forms: every estimand, both samplers. Each comparison has
 * the false-alarm rate of {@link Draws}; the horizon leaves a truncation far below the standard errors.
 */
class SampledEstimandsTest {

    private static final int HORIZON = 60;
    private static final double PENALTY = 2;

    private enum Baselines {
        NONE,
        EXACT,
        ARBITRARY
    }

    private static Stream<FiniteProblem> problems() {
        return Stream.of(SmallProblems.rewardDesign(), SmallProblems.stackelberg(), RandomProblem.of(5, 3, 2, 2, 0.3));
    }

    /** Two-sided, one-sided, the policy gradient of J + 0.7 U, and the partial gradient. */
    private static List<Estimand> gradients(long units) {
        return List.of(
                gradient(0, units, 0, 1, PENALTY, 0.5, 0.5, true),
                gradient(1, units, 0, 1, PENALTY, 0.5, 0.5, false),
                gradient(2, units, 0, 1, PENALTY, 0, 1, true),
                gradient(3, units, 0, 1, PENALTY, 0, 1, false),
                gradient(4, units, 1, 1, 1, 0, 0.7, false),
                gradient(5, units, 1, 1, 0, 0, 1, false));
    }

    private static Estimand gradient(
            int stream,
            long units,
            int first,
            int second,
            double scale,
            double weight1,
            double weight2,
            boolean shared) {
        return new ValueGradient(
                new Units(Purpose.TRAINING, stream, units),
                0,
                new FollowerPair(first, second, Coupling.sharedIf(shared)),
                new Combination(scale, weight1, weight2),
                Wanted.BOTH,
                false);
    }

    @ParameterizedTest
    @EnumSource
    void gradientRolesOnTables(Baselines baselines) {
        problems().forEach(problem -> {
            Case one = Case.of(problem, tabular(problem), baselines);
            requireGradients(one, problem, gradients(5_000));
        });
    }

    /** With exact values every residual but the score's own has mean zero, so that no decay of the trace biases. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    void exactBaselinesBearEveryTraceDecay(double traceDecay) {
        problems().forEach(problem -> {
            Case one = Case.of(problem, tabular(problem), Baselines.EXACT);
            List<Estimand> estimands = gradients(2_000);
            Draws plain = Draws.of(problem, one.policy, one.request(1, estimands));
            Draws decayed = Draws.of(problem, one.policy, one.request(traceDecay, estimands));
            requireGradients(one, decayed, estimands);
            for (int i = 0; i < estimands.size(); i++) {
                assertThat(decayed.scalar(i, EstimandLayout.LOWER_SQUARE))
                        .as("less noise in estimand %d", i)
                        .isLessThan(plain.scalar(i, EstimandLayout.LOWER_SQUARE));
            }
        });
    }

    @ParameterizedTest(name = "problem {index}")
    @MethodSource("problems")
    void gradientRolesOnSimulators(FiniteProblem problem) {
        requireGradients(Case.of(problem, tabular(problem), Baselines.NONE), new SampleOnly(problem), gradients(1_000));
    }

    @ParameterizedTest(name = "problem {index}")
    @MethodSource("problems")
    void gradientRolesWithPoliciesThatAreLinearInFeatures(FiniteProblem problem) {
        DiscretePolicy policy = new LinearSoftmax(problem.featureSize(), problem.actions());
        requireGradients(Case.of(problem, policy, Baselines.EXACT), problem, gradients(1_500));
    }

    private static void requireGradients(Case one, TrajectoryProblem sampled, List<Estimand> estimands) {
        requireGradients(one, Draws.of(sampled, one.policy, one.request(1, estimands)), estimands);
    }

    private static void requireGradients(Case one, Draws draws, List<Estimand> estimands) {
        for (int i = 0; i < estimands.size(); i++) {
            ValueGradient estimand = (ValueGradient) estimands.get(i);
            draws.requireUpper(i, one.upperGradient(estimand));
            draws.requireLower(i, one.lowerGradient(estimand));
        }
    }

    @ParameterizedTest
    @EnumSource
    void bellmanRoles(Baselines baselines) {
        problems().forEach(problem -> {
            Case one = Case.of(problem, tabular(problem), baselines).withBestResponse();
            Draws draws = Draws.of(
                    problem,
                    one.policy,
                    one.request(
                            1, List.of(bellman(0, StateDistribution.UNIFORM), bellman(1, StateDistribution.START))));
            double[] uniform = new double[problem.states()];
            Arrays.fill(uniform, 1.0 / uniform.length);
            requireBellman(draws, 0, one, uniform);
            requireBellman(draws, 1, one, problem.game(0).start());
        });
    }

    /**
     * Its weights target/planned are unbounded, so the target lies near the best response, as it does in a run; and there
     * is so much entropy that the best response takes every action often enough to be counted.
     */
    @ParameterizedTest
    @EnumSource
    void bellmanRolesOnVisits(Baselines baselines) {
        Stream.of(SmallProblems.rewardDesign(1), SmallProblems.stackelberg(), RandomProblem.of(5, 3, 2, 2, 1))
                .forEach(problem -> {
                    Case one = Case.of(problem, tabular(problem), baselines).nearBestResponse();
                    Draws draws = Draws.of(
                            problem, one.policy, one.request(1, List.of(bellman(0, StateDistribution.VISITS))));
                    double[] visits = one.values.get(0).visits();
                    requireBellman(draws, 0, one, VectorMath.scaled(1 - problem.discount(), visits));
                });
    }

    private static Estimand bellman(int stream, StateDistribution states) {
        return new BellmanPenalty(Purpose.TRAINING, stream, 5_000, 0, 0, 1, states);
    }

    private static void requireBellman(Draws draws, int estimand, Case one, double[] nu) {
        Gradients exact =
                one.point.bellmanPenalty(one.values.get(1), one.best, nu).gradients();
        draws.requireUpper(estimand, exact.inUpper());
        draws.requireLower(estimand, exact.inLower());
    }

    @ParameterizedTest
    @EnumSource
    void hpgdAtTheBestResponseIsTheHypergradient(Baselines baselines) {
        problems().forEach(problem -> {
            Case one = Case.of(problem, tabular(problem), baselines).withBestResponse();
            Estimand estimand = new AdvantageGradient(Purpose.TRAINING, 0, 10_000, 0, 0);
            Draws draws = Draws.of(problem, one.policy, one.request(1, List.of(estimand)));
            draws.requireUpper(
                    0, one.withoutTerm(1, one.point.hypergradient(one.best).gradient()));
        });
    }

    @ParameterizedTest(name = "problem {index}")
    @MethodSource("problems")
    void returns(FiniteProblem problem) {
        Case one = Case.of(problem, tabular(problem), Baselines.NONE);
        List<Estimand> estimands = List.of(
                new Returns(Purpose.EVALUATION, 0, 3_000, 0, 0), new Returns(Purpose.EVALUATION, 1, 3_000, 0, 1));
        for (TrajectoryProblem sampled : List.of(problem, new SampleOnly(problem))) {
            Draws draws = Draws.of(sampled, one.policy, one.request(1, estimands));
            for (int i = 0; i < 2; i++) {
                PolicyValues exact = one.values.get(i);
                draws.requireReturns(i, exact.upperReturn(), exact.followerValue());
            }
        }
    }

    private static DiscretePolicy tabular(FiniteProblem problem) {
        return new TabularSoftmax(problem.states(), problem.actions());
    }

    /** A problem at a point with two followers and what is exactly known about them. */
    private record Case(
            FiniteProblem problem,
            DiscretePolicy policy,
            Baselines baselines,
            DenseVector upper,
            ExactPoint point,
            SoftOptimum best,
            List<PolicyValues> values,
            List<Follower> followers) {

        static Case of(FiniteProblem problem, DiscretePolicy policy, Baselines baselines) {
            DenseVector upper = new DenseVector(normal(0, problem.upperSize()));
            ExactPoint point = new ExactModel(problem, 0).at(upper);
            SoftOptimum best = point.best(0, SoftOptimum.TO_ROUNDING, new double[0]);
            double[] first = normal(1, policy.parameters());
            double[] second = first.clone();
            VectorMath.addScaled(0.5, normal(2, policy.parameters()), second);
            return new Case(problem, policy, baselines, upper, point, best, List.of(), List.of())
                    .withFollowers(first, second);
        }

        private Case withFollowers(double[] first, double[] second) {
            List<PolicyValues> values = Stream.of(first, second)
                    .map(theta -> point.evaluate(PolicyTable.logProbabilities(problem, policy, theta)))
                    .toList();
            List<Follower> followers = List.of(follower(first, values.get(0)), follower(second, values.get(1)));
            return new Case(problem, policy, baselines, upper, point, best, values, followers);
        }

        private Follower follower(double[] theta, PolicyValues at) {
            return switch (baselines) {
                case NONE -> Follower.plain(theta);
                case EXACT -> Follower.withBaselines(theta, at.value(), at.upperValue());
                case ARBITRARY ->
                    Follower.withBaselines(theta, normal(3, problem.states()), normal(4, problem.states()));
            };
        }

        /** The same with the best response in the place of the first follower. */
        Case withBestResponse() {
            return withFollowers(best.logPolicy(), followers.get(1).parameters());
        }

        /** The best response, and a policy whose probabilities are at most some four times smaller or larger. */
        Case nearBestResponse() {
            double[] near = best.logPolicy().clone();
            double[] moved = normal(2, near.length);
            for (int i = 0; i < near.length; i++) {
                near[i] += 0.5 * Math.max(-1.5, Math.min(1.5, moved[i]));
            }
            return withFollowers(best.logPolicy(), near);
        }

        BatchRequest request(double traceDecay, List<Estimand> estimands) {
            return new BatchRequest(
                    7, 0, 0, 0, HORIZON, 1000, traceDecay, true, List.of(upper.values()), followers, estimands);
        }

        double[] upperGradient(ValueGradient estimand) {
            PolicyValues first = values.get(estimand.first());
            PolicyValues second = values.get(estimand.second());
            double[] total = VectorMath.scaled(
                    estimand.scale(), point.followerGradients(first).inUpper());
            VectorMath.addScaled(
                    -estimand.scale(), point.followerGradients(second).inUpper(), total);
            VectorMath.addScaled(
                    estimand.firstWeight(), point.upperGradients(first).inUpper(), total);
            VectorMath.addScaled(
                    estimand.secondWeight(), point.upperGradients(second).inUpper(), total);
            return withoutTerm(estimand.firstWeight() + estimand.secondWeight(), total);
        }

        double[] withoutTerm(double weight, double[] gradient) {
            double[] term = new double[gradient.length];
            problem.addUpperTermGradient(upper, term);
            double[] rest = gradient.clone();
            VectorMath.addScaled(-weight, term, rest);
            return rest;
        }

        /** Through the scores of the policy: the rows of exact gradients in logits weigh them. */
        double[] lowerGradient(ValueGradient estimand) {
            PolicyValues second = values.get(estimand.second());
            Gradients follower = point.followerGradients(second);
            double[] weights = VectorMath.scaled(-estimand.scale(), follower.inLower());
            VectorMath.addScaled(
                    estimand.secondWeight(), point.upperGradients(second).inLower(), weights);
            double[] gradient = new double[policy.parameters()];
            double[] theta = followers.get(estimand.second()).parameters();
            for (int s = 0; s < problem.states(); s++) {
                double[] observation = PolicyTable.observation(problem, policy, s);
                policy.addScores(theta, observation, second.policy(), weights, s * problem.actions(), gradient);
            }
            return gradient;
        }

        private static double[] normal(int item, int count) {
            RandomStream random = RandomStream.at(11, Purpose.CHECK, 0, item, 0, 0);
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = random.nextGaussian();
            }
            return values;
        }
    }
}
