package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stackel.exact.RandomProblem;
import io.stackel.policy.TabularDirect;
import io.stackel.policy.TabularSoftmax;
import io.stackel.random.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identities that hold for every trajectory; expectations are the matter of UnbiasednessTest. */
class GradientEstimatorTest {

    private static final RandomProblem PROBLEM = RandomProblem.of(5, 3, 2, 2, 0.3);
    private static final double[] THETA = {0.5, 0, -0.3, 0, 0.2, 1};

    @Test
    void equalFollowersHaveWeightsOfOne() {
        Draws draws = draws(estimand(0, 1, 2, 0.5, true), softmax(THETA, THETA));
        assertThat(draws.scalar(0, EstimandLayout.SATURATION)).isZero();
        Draws apart = draws(estimand(0, 1, 2, 0.5, false), softmax(THETA, THETA));
        assertThat(apart.scalar(0, EstimandLayout.SATURATION)).isEqualTo(100);
    }

    @Test
    void thePairsOfEqualFollowersHaveNoDifference() {
        ValueGradient shared = estimand(0, 1, 2, 0, true);
        Draws without = draws(shared, softmax(THETA, THETA));
        Draws other = draws(withScale(shared, 1000), softmax(THETA, THETA));
        assertThat(other.upper(0))
                .as("the scale does not enter, since every difference is zero")
                .usingComparatorWithPrecision(1e-9)
                .containsExactly(without.upper(0));
    }

    @Test
    void aSingleFollowerIsTheMeanOverItsTrajectories() {
        Draws single = draws(estimand(1, 1, 1, 0, false), softmax(THETA, THETA));
        assertThat(single.counter(0, EstimandLayout.TERMINATED) + single.counter(0, EstimandLayout.TRUNCATED))
                .isEqualTo(100);
        assertThat(single.scalar(0, EstimandLayout.SATURATION)).isZero();
        Draws again = draws(withScale(estimand(1, 1, 1, 0, false), 2), softmax(THETA, THETA));
        assertThat(again.upper(0))
                .as("the difference of a follower to itself is zero at every scale")
                .usingComparatorWithPrecision(1e-10)
                .containsExactly(single.upper(0));
    }

    @Test
    void saturationIsOneForFollowersThatNeverAgree() {
        Draws draws = draws(
                estimand(0, 1, 2, 0.5, true),
                softmax(new double[] {60, 0, 60, 0, 60, 0}, new double[] {0, 60, 0, 60, 0, 60}));
        assertThat(draws.scalar(0, EstimandLayout.SATURATION) / 100).isCloseTo(1, within(1e-12));
    }

    /** Probabilities of exactly zero have infinite logarithms, which weights of zero silence, also without entropy. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0})
    void followersThatExcludeEachOthersActionsGiveFiniteUnits(double tau) {
        RandomProblem problem = RandomProblem.of(5, 3, 2, 2, tau);
        List<Follower> followers = List.of(
                Follower.plain(new double[] {1, 0, 0.5, 0.5, 0, 1}),
                Follower.plain(new double[] {0, 1, 0.5, 0.5, 0.25, 0.75}));
        Draws draws =
                Draws.of(problem, new TabularDirect(3, 2), request(estimand(0, 1, 2, 0.5, true), followers, problem));
        assertThat(draws.counter(0, EstimandLayout.NON_FINITE)).isZero();
        assertThat(draws.scalar(0, EstimandLayout.SATURATION) / 100).isBetween(0.5, 1.0);
    }

    private static ValueGradient estimand(int first, int second, double scale, double firstWeight, boolean shared) {
        return new ValueGradient(
                new Units(Purpose.TRAINING, 0, 100),
                0,
                new FollowerPair(first, second, Coupling.sharedIf(shared)),
                new Combination(scale, firstWeight, 1 - firstWeight),
                Wanted.BOTH,
                false);
    }

    private static ValueGradient withScale(ValueGradient estimand, double scale) {
        Combination scaled = new Combination(
                scale,
                estimand.combination().firstWeight(),
                estimand.combination().secondWeight());
        return new ValueGradient(
                estimand.draws(),
                estimand.upper(),
                estimand.followers(),
                scaled,
                estimand.wanted(),
                estimand.counted());
    }

    private static List<Follower> softmax(double[] first, double[] second) {
        return List.of(Follower.plain(first), Follower.plain(second));
    }

    private static Draws draws(ValueGradient estimand, List<Follower> followers) {
        return Draws.of(PROBLEM, new TabularSoftmax(3, 2), request(estimand, followers, PROBLEM));
    }

    private static BatchRequest request(ValueGradient estimand, List<Follower> followers, RandomProblem problem) {
        return new BatchRequest(
                3,
                0,
                0,
                0,
                20,
                10,
                BatchRequest.ALL_RESIDUALS,
                true,
                List.of(problem.point(4).values()),
                followers,
                List.of(estimand));
    }
}
