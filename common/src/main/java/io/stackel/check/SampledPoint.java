package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.estimate.BatchResult.Estimate;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Coupling;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.PolicyTable;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.Gradients;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.Softmax;
import io.stackel.math.Statistics;
import io.stackel.math.VectorMath;
import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.TabularDirect;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import io.stackel.random.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A finite problem in one context, ready to be sampled and computed with the same followers: the point's own policy,
 * another one unlike it, both once more without baselines, and the best response with a policy near it where the policy can
 * stand for it.
 */
final class SampledPoint {

    static final int OWN = 0;
    static final int OTHER = 1;
    static final int PLAIN_OWN = 2;
    static final int PLAIN_OTHER = 3;
    static final int BEST = 4;
    static final int NEAR_BEST = 5;

    private static final double[] COLD = {};

    final CheckedContext<? extends FiniteProblem> scene;
    final FiniteProblem problem;
    final ExactPoint point;
    final PolicyValues own;
    final PolicyValues other;
    private final DiscretePolicy policy;
    private final List<Follower> followers = new ArrayList<>();

    SampledPoint(CheckedContext<? extends FiniteProblem> scene) {
        this.scene = scene;
        problem = scene.problem();
        policy = DiscretePolicy.of(scene.policy());
        point = new ExactModel(problem, scene.context()).at(scene.upper());
        double[] theta = scene.at().lower();
        double[] otherTheta = otherTheta();
        own = values(theta);
        other = values(otherTheta);
        followers.add(follower(theta, own));
        followers.add(follower(otherTheta, other));
        followers.add(Follower.plain(theta));
        followers.add(Follower.plain(otherTheta));
        if (hasBest()) {
            SoftOptimum best = best();
            double[] bestTheta = policy instanceof TabularDirect ? best.policy() : best.logPolicy();
            followers.add(follower(bestTheta, point.evaluate(best.logPolicy())));
            double[] near = nearBest(best);
            followers.add(follower(near, values(near)));
        }
    }

    /** Whether the best response exists as parameters of the policy. */
    boolean hasBest() {
        return problem.entropyWeight() > 0 && (policy instanceof TabularSoftmax || policy instanceof TabularDirect);
    }

    SoftOptimum best() {
        return point.best(0, SoftOptimum.TO_ROUNDING, COLD);
    }

    /** The best response with a vector critic. */
    Follower bestWithResponse() {
        return followers.get(BEST).withResponse(point.responseGradients(point.evaluate(best().logPolicy())));
    }

    /** Comparisons of what these followers play. */
    ChunkComparison comparison(int horizon) {
        return new ChunkComparison(scene, followers, horizon);
    }

    Units units() {
        return new Units(Purpose.CHECK, 0, scene.rule().units());
    }

    /** The estimand of a combination of J and f at two followers. */
    ValueGradient terms(int first, int second, boolean shared, Combination combination) {
        FollowerPair pair = new FollowerPair(first, second, Coupling.sharedIf(shared));
        return new ValueGradient(units(), 0, pair, combination, Wanted.BOTH, false);
    }

    /**
     * The exact gradients of that combination at the own policy and at the other: in x of all of it, in the parameters of the
     * other.
     *
     * @param ownLoss gradients of f at the own policy
     * @param otherLoss gradients of f at the other
     */
    Gradients combined(Combination weights, Gradients ownLoss, Gradients otherLoss) {
        Gradients second = point.followerGradients(other);
        double[] upper = VectorMath.scaled(
                weights.scale(), point.followerGradients(own).plus(-1, second).inUpper());
        VectorMath.addScaled(weights.firstWeight(), ownLoss.inUpper(), upper);
        VectorMath.addScaled(weights.secondWeight(), otherLoss.inUpper(), upper);
        double[] lower = VectorMath.scaled(-weights.scale(), second.inLower());
        VectorMath.addScaled(weights.secondWeight(), otherLoss.inLower(), lower);
        return new Gradients(throughPolicy(OTHER, lower), upper);
    }

    /** The gradient in the policy's parameters of an estimate, as it is compared. */
    Function<Estimate, double[]> inParameters() {
        return estimate -> admissible(estimate.lowerGradient());
    }

    /**
     * A gradient in parameters without what no admissible step uses: rows of probabilities keep their sum, so that the
     * mean of a row of their gradient is arbitrary, and estimators with and without baselines differ in it.
     */
    private double[] admissible(double[] gradient) {
        if (!(policy instanceof TabularDirect)) {
            return gradient;
        }
        double[] kept = gradient.clone();
        int actions = policy.actions();
        for (int row = 0; row < kept.length; row += actions) {
            double mean = Statistics.mean(Arrays.copyOfRange(gradient, row, row + actions));
            for (int i = row; i < row + actions; i++) {
                kept[i] -= mean;
            }
        }
        return kept;
    }

    /** The gradient in a follower's parameters from that in its logits, S x B. */
    double[] throughPolicy(int follower, double[] inLogits) {
        double[] theta = followers.get(follower).parameters();
        double[] gradient = new double[policy.parameters()];
        double[] probabilities = values(theta).policy();
        for (int s = 0; s < problem.states(); s++) {
            double[] observation = PolicyTable.observation(problem, policy, s);
            policy.addScores(theta, observation, probabilities, inLogits, s * policy.actions(), gradient);
        }
        return admissible(gradient);
    }

    /** Logits moved by a standard normal number each, or probabilities mixed with random ones. */
    private double[] otherTheta() {
        double[] moved = scene.random().normal(Use.POLICY, scene.context(), policy.parameters());
        double share = 1;
        if (policy instanceof TabularDirect) {
            normalise(moved);
            share = 0.5;
        }
        for (int i = 0; i < moved.length; i++) {
            moved[i] = share * (scene.at().lower()[i] + moved[i]);
        }
        return moved;
    }

    /** The best response with weights of 1.5 and 0.5 in turn on its actions: its ratios to the best response are bounded. */
    private double[] nearBest(SoftOptimum best) {
        int actions = policy.actions();
        double[] moved = new double[best.policy().length];
        for (int i = 0; i < moved.length; i++) {
            double weight = (i / actions + i % actions) % 2 == 0 ? 1.5 : 0.5;
            moved[i] = best.logPolicy()[i] + StrictMath.log(weight);
        }
        if (policy instanceof TabularDirect) {
            normalise(moved);
        }
        return moved;
    }

    /** Makes probabilities of rows of logits. */
    private void normalise(double[] logits) {
        for (int row = 0; row < logits.length; row += policy.actions()) {
            Softmax.probabilities(logits, row, policy.actions(), logits);
        }
    }

    /** The policy of one of the followers, exactly. */
    PolicyValues values(int follower) {
        return values(followers.get(follower).parameters());
    }

    private PolicyValues values(double[] theta) {
        return point.evaluate(PolicyTable.logProbabilities(problem, policy, theta));
    }

    private static Follower follower(double[] theta, PolicyValues values) {
        return Follower.withBaselines(theta, values.value(), values.upperValue())
                .withAdvantage(values.upperAdvantage());
    }
}
