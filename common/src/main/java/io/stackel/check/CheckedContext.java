package io.stackel.check;

import io.stackel.algorithm.LocalOracle;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.policy.Policy;
import io.stackel.problem.TrajectoryProblem;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * One context of a problem, looked at in a point.
 *
 * @param policy of the follower, with as many parameters as {@code at.lower()}
 * @param source of the engine's samples of problem and policy
 * @param results receives what is found
 */
record CheckedContext<P extends TrajectoryProblem>(
        P problem,
        Policy policy,
        int context,
        CheckPoint at,
        CheckRule rule,
        ChunkEvaluator.Source source,
        CheckResults results) {

    /** The most observations at which scores of a policy are looked at. */
    static final int MOST_OBSERVATIONS = 16;

    private static final int MOST_CONTEXTS = 4;

    /** The contexts of a problem that are looked at. */
    static <P extends TrajectoryProblem> List<CheckedContext<P>> all(
            P problem, Policy policy, CheckPoint at, CheckRule rule, CheckResults results) {
        int count = Math.min(MOST_CONTEXTS, problem.contexts());
        if (count < problem.contexts()) {
            results.leaveOut("contexts " + count + " to " + (problem.contexts() - 1));
        }
        ChunkEvaluator.Source source = new ChunkEvaluator.Source(problem, policy);
        return IntStream.range(0, count)
                .mapToObj(context -> new CheckedContext<>(problem, policy, context, at, rule, source, results))
                .toList();
    }

    /** The same context of a problem as what else it is. */
    <Q extends TrajectoryProblem> CheckedContext<Q> of(Q as) {
        return new CheckedContext<>(as, policy, context, at, rule, source, results);
    }

    DenseVector upper() {
        return at.upper();
    }

    Directions random() {
        return new Directions(rule.seed());
    }

    /** An addition to the names of findings: nothing where there is one context. */
    String where() {
        return problem.contexts() == 1 ? "" : ", context " + context;
    }

    /** The fewest steps after which at most {@code share} of a discounted sum is left. */
    int horizon(double share) {
        double discount = problem.discount();
        return discount == 0 ? 1 : (int) Math.ceil(StrictMath.log(share) / StrictMath.log(discount));
    }

    /** Checks the scores of the policy, which are those of every context. */
    void checkScores(List<double[]> observations) {
        results.add(new PolicyGradients(policy, at.lower(), random()).check(observations));
    }

    /** The request for one estimand at x. */
    BatchRequest request(int steps, int unitsPerChunk, List<Follower> followers, Estimand estimand) {
        return rule.request(context, steps, unitsPerChunk, upper(), followers, estimand);
    }

    /** What the engine makes of a request. */
    BatchResult evaluate(BatchRequest request) {
        try (LocalOracle oracle = LocalOracle.single(source)) {
            return oracle.evaluate(request, "batch of a check");
        }
    }
}
