package io.stackel.check;

import static io.stackel.check.SampledPoint.BEST;
import static io.stackel.check.SampledPoint.NEAR_BEST;
import static io.stackel.check.SampledPoint.OTHER;
import static io.stackel.check.SampledPoint.OWN;
import static io.stackel.check.SampledPoint.PLAIN_OTHER;
import static io.stackel.check.SampledPoint.PLAIN_OWN;

import io.stackel.estimate.AdvantageGradient;
import io.stackel.estimate.BatchResult.Estimate;
import io.stackel.estimate.BellmanPenalty;
import io.stackel.estimate.BoltzmannGradient;
import io.stackel.estimate.BoltzmannGradient.Critic;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.FeatureExpectation;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.StateDistribution;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Gradients;
import io.stackel.math.VectorMath;
import io.stackel.problem.ExpertVisits;
import io.stackel.problem.FiniteInverse;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.InverseProblem;
import io.stackel.random.Purpose;
import java.util.Arrays;
import java.util.List;

/**
 * What the engine samples on a finite problem against what is exact, estimand by estimand in one context: two-sided and
 * one-sided differences of two unlike policies from shared and from separate trajectories, with and without baselines,
 * the policy gradient, returns, and with entropy and a tabular policy the Bellman penalty and both hypergradients
 * from advantages at the best response.
 *
 * <p>A vector is compared along the exact gradient and along random directions; each score is the mean over chunks in
 * units of its standard error.
 */
final class SampledGradients {

    private static final int HPGD_SHARE = 4;

    private final SampledPoint followers;
    private final FiniteProblem problem;
    private final ExactPoint point;
    private final long units;
    private final ChunkComparison comparison;

    /** What of the upper objective is sampled: nothing where it is a likelihood of data. */
    private final double share;

    SampledGradients(SampledPoint followers) {
        this.followers = followers;
        problem = followers.problem;
        point = followers.point;
        units = followers.scene.rule().units();
        comparison = followers.comparison(horizon());
        share = problem.as(InverseProblem.class).isPresent() ? 0 : 1;
    }

    void check() {
        for (boolean twoSided : new boolean[] {true, false}) {
            String sides = twoSided ? "two-sided" : "one-sided";
            difference(sides + " shared", OWN, OTHER, twoSided, true);
            difference(sides + " independent", OWN, OTHER, twoSided, false);
            if (problem.dependence().scores()) {
                difference(sides + " shared raw", PLAIN_OWN, PLAIN_OTHER, twoSided, true);
            }
        }
        policyGradient();
        comparison.returns(followers.own.upperReturn(), followers.own.followerValue());
        if (followers.hasBest()) {
            bellman();
        }
        problem.as(InverseProblem.class)
                .flatMap(one -> one.as(FiniteInverse.class))
                .ifPresent(inverse -> features(inverse.experts()));
        if (problem.as(InverseProblem.class).isEmpty() && followers.hasBest()) {
            hpgd();
            boltzmann();
        }
    }

    /** With scale 1 the gradients of J weigh about as much as those of f, so that an error of either shows. */
    private void difference(String name, int first, int second, boolean twoSided, boolean shared) {
        double half = twoSided ? 0.5 * share : 0;
        Combination combination = new Combination(1, half, share - half);
        Gradients exact = followers.combined(
                combination, point.upperGradients(followers.own), point.upperGradients(followers.other));
        comparison.gradients(
                name,
                comparison.withoutTerm(exact, share),
                followers.terms(first, second, shared, combination),
                followers.inParameters());
    }

    /** Rewards along a policy's own way less those along the ways that go on where experts were cut. */
    private void features(ExpertVisits experts) {
        comparison.vectors(
                "features less those after the experts' ends in x",
                point.followerGradient(followers.own, VectorMath.minus(experts.starts(), experts.ends())),
                new FeatureExpectation(Purpose.CHECK, 0, units, 0, OWN, 1, experts.ends()),
                Estimate::upperGradient);
    }

    private void policyGradient() {
        double weight = share * followers.scene.at().sigma();
        double[] lower =
                VectorMath.scaled(-1, point.followerGradients(followers.own).inLower());
        VectorMath.addScaled(weight, point.upperGradients(followers.own).inLower(), lower);
        comparison.vectors(
                "policy gradient in theta",
                followers.throughPolicy(OWN, lower),
                new ValueGradient(
                        followers.units(), 0, FollowerPair.alone(OWN), Combination.ascent(weight), Wanted.LOWER, false),
                followers.inParameters());
    }

    private void bellman() {
        double[] even = new double[problem.states()];
        Arrays.fill(even, 1.0 / even.length);
        double[] visits = VectorMath.scaled(
                1 - problem.discount(),
                point.evaluate(followers.best().logPolicy()).visits());
        bellman("Bellman penalty", OWN, StateDistribution.UNIFORM, even);
        bellman("Bellman penalty on visits", NEAR_BEST, StateDistribution.VISITS, visits);
    }

    private void bellman(String what, int target, StateDistribution states, double[] nu) {
        Gradients exact = point.bellmanPenalty(followers.values(target), followers.best(), nu)
                .gradients();
        comparison.gradients(
                what,
                new Gradients(followers.throughPolicy(target, exact.inLower()), exact.inUpper()),
                new BellmanPenalty(Purpose.CHECK, 0, units, 0, BEST, target, states),
                followers.inParameters());
    }

    /** A unit plays five trajectories one after the other, so fewer units are played. */
    private void hpgd() {
        Estimand estimand =
                new AdvantageGradient(Purpose.CHECK, 0, Math.max(ChunkComparison.CHUNKS, units / HPGD_SHARE), 0, BEST);
        hypergradient("hpgd", comparison, estimand);
    }

    private void boltzmann() {
        hypergradient(
                "boltzmann", comparison, new BoltzmannGradient(followers.units(), 0, BEST, Critic.SCALAR, 1, false));
        if (BoltzmannGradient.responseSize(problem) <= BoltzmannGradient.MOST) {
            hypergradient(
                    "boltzmann with a vector critic",
                    new ChunkComparison(followers.scene, List.of(followers.bestWithResponse()), horizon()),
                    new BoltzmannGradient(followers.units(), 0, 0, Critic.VECTOR, 1, false));
        }
    }

    private int horizon() {
        return followers.scene.horizon(ChunkComparison.TRUNCATION);
    }

    private void hypergradient(String name, ChunkComparison played, Estimand estimand) {
        Gradients exact =
                Gradients.ofUpper(point.hypergradient(followers.best()).gradient());
        played.vectors(
                name + " in x", comparison.withoutTerm(exact, share).inUpper(), estimand, Estimate::upperGradient);
    }
}
