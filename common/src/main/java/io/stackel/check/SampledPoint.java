package io.stackel.check;

import io.stackel.check.Directions.Use;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.math.Softmax;
import io.stackel.math.Statistics;
import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.TabularDirect;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    final FiniteProblem problem;
    final DiscretePolicy policy;
    final CheckPoint at;
    final CheckRule rule;
    final ExactPoint point;
    final double[] otherTheta;
    final PolicyValues own;
    final PolicyValues other;
    private final int context;
    private final ChunkEvaluator.Source source;
    private final List<Follower> followers = new ArrayList<>();

    SampledPoint(
            FiniteProblem problem,
            DiscretePolicy policy,
            int context,
            CheckPoint at,
            CheckRule rule,
            ChunkEvaluator.Source source) {
        this.problem = problem;
        this.policy = policy;
        this.context = context;
        this.at = at;
        this.rule = rule;
        this.source = source;
        point = new ExactModel(problem, context).at(at.upper());
        otherTheta = otherTheta();
        own = values(at.lower());
        other = values(otherTheta);
        followers.add(follower(at.lower(), own));
        followers.add(follower(otherTheta, other));
        followers.add(Follower.plain(at.lower()));
        followers.add(Follower.plain(otherTheta));
        if (hasBest()) {
            SoftOptimum best = best();
            double[] theta = policy instanceof TabularDirect ? best.policy() : best.logPolicy();
            followers.add(follower(theta, point.evaluate(best.logPolicy())));
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

    /** The batch of one estimand, chunk by chunk. */
    List<BatchResult> play(Estimand estimand, int horizon) {
        int perChunk = Math.toIntExact(Math.max(1, estimand.units() / UnitMeans.CHUNKS));
        BatchRequest request = rule.request(context, horizon, perChunk, at.upper(), followers, estimand);
        return UnitMeans.chunks(source, request);
    }

    /**
     * A gradient in parameters without what no admissible step uses: rows of probabilities keep their sum, so that the
     * mean of a row of their gradient is arbitrary, and estimators with and without baselines differ in it.
     */
    double[] admissible(double[] gradient) {
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

    /** The gradient in a policy's parameters from that in its logits, S x B. */
    double[] throughPolicy(double[] theta, double[] inLogits) {
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
        double[] moved = new Directions(rule.seed()).normal(Use.POLICY, context, policy.parameters());
        boolean probabilities = policy instanceof TabularDirect;
        if (probabilities) {
            for (int row = 0; row < moved.length; row += policy.actions()) {
                Softmax.probabilities(moved, row, policy.actions(), moved);
            }
        }
        double share = probabilities ? 0.5 : 1;
        for (int i = 0; i < moved.length; i++) {
            moved[i] = share * (at.lower()[i] + moved[i]);
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
            for (int row = 0; row < moved.length; row += actions) {
                Softmax.probabilities(moved, row, actions, moved);
            }
        }
        return moved;
    }

    /** The policy of one of the followers, exactly. */
    PolicyValues values(int follower) {
        return values(followers.get(follower).parameters());
    }

    /** The parameters of one of the followers. */
    double[] parameters(int follower) {
        return followers.get(follower).parameters();
    }

    private PolicyValues values(double[] theta) {
        return point.evaluate(PolicyTable.logProbabilities(problem, policy, theta));
    }

    private static Follower follower(double[] theta, PolicyValues values) {
        return new Follower(theta, values.value(), values.upperValue());
    }
}
