package io.stackel.check;

import static io.stackel.check.SampledPoint.BEST;
import static io.stackel.check.SampledPoint.NEAR_BEST;
import static io.stackel.check.SampledPoint.OTHER;
import static io.stackel.check.SampledPoint.OWN;
import static io.stackel.check.SampledPoint.PLAIN_OTHER;
import static io.stackel.check.SampledPoint.PLAIN_OWN;

import io.stackel.estimate.AdvantageGradient;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.BatchResult.Estimate;
import io.stackel.estimate.BellmanPenalty;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.FeatureExpectation;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.Returns;
import io.stackel.estimate.StateDistribution;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.exact.Gradients;
import io.stackel.math.VectorMath;
import io.stackel.problem.ExpertVisits;
import io.stackel.problem.FiniteInverse;
import io.stackel.problem.InverseProblem;
import io.stackel.random.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What the engine samples on a finite problem against what is exact, estimand by estimand in one context: two-sided and
 * one-sided differences of two unlike policies from shared and from separate trajectories, with and without baselines,
 * the policy gradient, returns, and with entropy and a tabular policy the Bellman penalty and HPGD's hypergradient at
 * the best response.
 *
 * <p>A vector is compared along the exact gradient and along random directions; each score is the mean over chunks in
 * units of its standard error. Trajectories are so long that {@code discount^horizon} is at most {@value #TRUNCATION}:
 * what is cut off is that part of a gradient, far below any standard error.
 */
final class SampledGradients {

    static final double TRUNCATION = 1e-9;

    private static final int HPGD_SHARE = 4;

    private final SampledPoint point;
    private final int horizon;
    private final ChunkComparison comparison;

    /** What of the upper objective is sampled: nothing where it is a likelihood of data. */
    private final double share;

    /**
     * Checks at a point.
     *
     * @param where an addition to the names of findings
     */
    SampledGradients(SampledPoint point, String where) {
        this.point = point;
        horizon = horizon(point.problem.discount(), TRUNCATION);
        comparison = new ChunkComparison(point.rule, where, horizon);
        share = point.problem.inverse().isPresent() ? 0 : 1;
    }

    /** The fewest steps after which at most {@code share} of a discounted sum is left. */
    static int horizon(double discount, double share) {
        return discount == 0 ? 1 : (int) Math.ceil(StrictMath.log(share) / StrictMath.log(discount));
    }

    /** After {@link #check}: comparisons too noisy to tell the vector from zero, each with its figure. */
    List<String> weak() {
        return comparison.weak();
    }

    List<Evidence> check() {
        List<Evidence> evidence = new ArrayList<>();
        for (boolean twoSided : new boolean[] {true, false}) {
            String sides = twoSided ? "two-sided" : "one-sided";
            evidence.addAll(difference(sides + " shared", OWN, OTHER, twoSided, true));
            evidence.addAll(difference(sides + " independent", OWN, OTHER, twoSided, false));
            if (point.problem.dependence().scores()) {
                evidence.addAll(difference(sides + " shared raw", PLAIN_OWN, PLAIN_OTHER, twoSided, true));
            }
        }
        evidence.add(policyGradient());
        evidence.add(returns());
        if (point.hasBest()) {
            evidence.addAll(bellman());
        }
        point.problem
                .inverse()
                .flatMap(InverseProblem::finiteInverse)
                .ifPresent(experts -> evidence.add(features(experts)));
        if (point.problem.inverse().isEmpty() && point.hasBest()) {
            evidence.add(hpgd());
        }
        return evidence;
    }

    /** With scale 1 the gradients of J weigh about as much as those of f, so that an error of either shows. */
    private List<Evidence> difference(String name, int first, int second, boolean twoSided, boolean shared) {
        double half = twoSided ? 0.5 * share : 0;
        double rest = share - half;
        Estimand estimand = new ValueGradient(
                new Units(Purpose.CHECK, 0, point.rule.units()),
                0,
                new FollowerPair(first, second, Coupling.sharedIf(shared)),
                new Combination(1, half, rest),
                Wanted.BOTH,
                false);
        Gradients two = point.point.followerGradients(point.other);
        Gradients leaderTwo = point.point.upperGradients(point.other);
        double[] upper = point.point
                .followerGradients(point.own)
                .plus(-1, two)
                .plus(half, point.point.upperGradients(point.own))
                .plus(rest, leaderTwo)
                .inUpper();
        double[] lower = VectorMath.scaled(-1, two.inLower());
        VectorMath.addScaled(rest, leaderTwo.inLower(), lower);
        List<BatchResult> chunks = point.play(estimand, horizon);
        return List.of(
                compare(name + " in x", withoutTerm(upper), chunks, Estimate::upperGradient),
                compare(name + " in theta", point.throughPolicy(point.otherTheta, lower), chunks, this::lowerGradient));
    }

    /** Rewards along a policy's own way less those along the ways that go on where experts were cut. */
    private Evidence features(FiniteInverse problem) {
        ExpertVisits experts = problem.experts();
        Estimand estimand = new FeatureExpectation(Purpose.CHECK, 0, point.rule.units(), 0, OWN, 1, experts.ends());
        return compare(
                "features less those after the experts' ends in x",
                point.point.followerGradient(point.own, VectorMath.minus(experts.starts(), experts.ends())),
                point.play(estimand, horizon),
                Estimate::upperGradient);
    }

    private Evidence policyGradient() {
        double weight = share * point.at.sigma();
        Estimand estimand = new ValueGradient(
                new Units(Purpose.CHECK, 0, point.rule.units()),
                0,
                FollowerPair.alone(OWN),
                Combination.ascent(weight),
                Wanted.LOWER,
                false);
        double[] lower =
                VectorMath.scaled(-1, point.point.followerGradients(point.own).inLower());
        VectorMath.addScaled(weight, point.point.upperGradients(point.own).inLower(), lower);
        return compare(
                "policy gradient in theta",
                point.throughPolicy(point.at.lower(), lower),
                point.play(estimand, horizon),
                this::lowerGradient);
    }

    private Evidence returns() {
        Estimand estimand = new Returns(Purpose.CHECK, 0, point.rule.units(), 0, OWN);
        return compare(
                "returns",
                new double[] {point.own.upperReturn(), point.own.followerValue()},
                point.play(estimand, horizon),
                one -> new double[] {one.upperReturn(), one.lowerReturn()});
    }

    private List<Evidence> bellman() {
        double[] even = new double[point.problem.states()];
        Arrays.fill(even, 1.0 / even.length);
        double[] visits = VectorMath.scaled(
                1 - point.problem.discount(),
                point.point.evaluate(point.best().logPolicy()).visits());
        List<Evidence> all = new ArrayList<>(bellman("Bellman penalty", OWN, StateDistribution.UNIFORM, even));
        all.addAll(bellman("Bellman penalty on visits", NEAR_BEST, StateDistribution.VISITS, visits));
        return all;
    }

    private List<Evidence> bellman(String what, int target, StateDistribution states, double[] nu) {
        Gradients exact = point.point
                .bellmanPenalty(point.values(target), point.best(), nu)
                .gradients();
        Estimand estimand = new BellmanPenalty(Purpose.CHECK, 0, point.rule.units(), 0, BEST, target, states);
        List<BatchResult> chunks = point.play(estimand, horizon);
        return List.of(
                compare(what + " in x", exact.inUpper(), chunks, Estimate::upperGradient),
                compare(
                        what + " in theta",
                        point.throughPolicy(point.parameters(target), exact.inLower()),
                        chunks,
                        this::lowerGradient));
    }

    /** A unit plays five trajectories one after the other, so fewer units are played. */
    private Evidence hpgd() {
        long units = Math.max(UnitMeans.CHUNKS, point.rule.units() / HPGD_SHARE);
        Estimand estimand = new AdvantageGradient(Purpose.CHECK, 0, units, 0, BEST);
        double[] exact = point.point.hypergradient(point.best()).gradient();
        return compare("hpgd in x", withoutTerm(exact), point.play(estimand, horizon), Estimate::upperGradient);
    }

    private double[] lowerGradient(Estimate estimate) {
        return point.admissible(estimate.lowerGradient());
    }

    private double[] withoutTerm(double[] gradient) {
        double[] term = new double[gradient.length];
        point.problem.addUpperTermGradient(point.at.upper(), term);
        return VectorMath.minus(gradient, VectorMath.scaled(share, term));
    }

    private Evidence compare(
            String name, double[] exact, List<BatchResult> chunks, Function<Estimate, double[]> estimate) {
        return comparison.of(name, exact, chunks, estimate);
    }
}
