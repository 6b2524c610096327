package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.Returns;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Figures of a problem without tables, from trajectories that no training draw sees; counted apart.
 *
 * <p>They are means over the contexts, among which the trajectories are divided evenly, at least two for each. A follower is
 * as it was when the algorithm last saw the context.
 */
public final class SampledEvaluation implements Evaluation {

    /** The figure of the leader's mean total of rewards of a trajectory. */
    public static final String EPISODE_RETURN = "episodeReturn";

    private final Setup setup;
    private final GradientOracle oracle;
    private final long units;

    /**
     * Measures on trajectories that the oracle plays.
     *
     * @param units trajectories of the follower's policy, at least 1; of all contexts together
     */
    public SampledEvaluation(Setup setup, GradientOracle oracle, long units) {
        this.setup = setup;
        this.oracle = oracle;
        this.units = units;
    }

    @Override
    public SortedMap<String, Double> measure(Algorithm algorithm, State state) {
        int contexts = setup.problem().contexts();
        double[] x = algorithm.upper(state);
        SortedMap<String, Double> figures = new TreeMap<>();
        double variance = 0;
        for (int context = 0; context < contexts; context++) {
            double[] theta = algorithm.follower(state, context);
            BatchResult result =
                    play(setup, oracle, state, context, x, theta, List.of(returns(share(context, contexts))));
            BatchResult.Estimate returns = result.estimate(0);
            SortedMap<String, Double> one = new TreeMap<>();
            one.put(UPPER_OBJECTIVE, setup.problem().upperTerm(new DenseVector(x)) - returns.upperReturn());
            one.put(LOWER_RETURN, returns.lowerReturn());
            putEpisodes(returns, one);
            one.forEach((key, value) -> figures.merge(key, value / contexts, Double::sum));
            figures.merge(SAMPLES, (double) result.steps(), Double::sum);
            double error = returns.upperReturnStandardError() / contexts;
            variance += error * error;
        }
        figures.put(UPPER_OBJECTIVE_STANDARD_ERROR, Math.sqrt(variance));
        return figures;
    }

    private long share(int context, int contexts) {
        long share = units * (context + 1) / contexts - units * context / contexts;
        return contexts == 1 ? share : Math.max(2, share);
    }

    /** Trajectories of a policy that no training draw sees. */
    static Estimand returns(long units) {
        return new Returns(Purpose.EVALUATION, 0, units, 0, 0);
    }

    /** What these estimands give at x for the policy theta; the draws of contexts are independent. */
    static BatchResult play(
            Setup setup,
            GradientOracle oracle,
            State state,
            int context,
            double[] x,
            double[] theta,
            List<Estimand> estimands) {
        BatchRequest request = new BatchRequest(
                setup.seed(),
                state.iteration(),
                context,
                context,
                setup.sampling().horizon(),
                setup.sampling().unitsPerChunk(),
                BatchRequest.ALL_RESIDUALS,
                false,
                List.of(x),
                List.of(Follower.plain(theta)),
                estimands);
        return oracle.evaluate(request, "evaluation at step " + state.step() + ", iteration " + state.iteration());
    }

    /** Puts what the measured trajectories were like, without discount. */
    static void putEpisodes(BatchResult.Estimate returns, SortedMap<String, Double> into) {
        into.put(EPISODE_RETURN, returns.upperTotal());
        into.put("episodeLength", returns.meanLength());
        into.put("terminatedShare", returns.terminatedShare());
    }
}
