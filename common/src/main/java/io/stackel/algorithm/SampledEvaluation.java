package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Follower;
import io.stackel.estimate.Role;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/** Figures of a problem without tables, from trajectories that no training draw sees; counted apart. */
public final class SampledEvaluation implements Evaluation {

    /** The figure of the leader's mean total of rewards of a trajectory. */
    public static final String EPISODE_RETURN = "episodeReturn";

    private final Setup setup;
    private final GradientOracle oracle;
    private final long units;

    /**
     * An evaluation.
     *
     * @param units trajectories of the follower's policy, at least 1
     */
    public SampledEvaluation(Setup setup, GradientOracle oracle, long units) {
        this.setup = setup;
        this.oracle = oracle;
        this.units = units;
    }

    @Override
    public SortedMap<String, Double> measure(Algorithm algorithm, State state) {
        int context = algorithm.context(state);
        double[] x = algorithm.upper(state);
        double[] theta = algorithm.follower(state, context);
        BatchResult result = play(setup, oracle, state, context, x, theta, List.of(returns(units)));
        BatchResult.Estimate returns = result.role(0);
        SortedMap<String, Double> figures = new TreeMap<>();
        figures.put(UPPER_OBJECTIVE, setup.problem().upperTerm(new DenseVector(x)) - returns.upperReturn());
        figures.put("upperObjectiveStandardError", returns.upperReturnStandardError());
        figures.put("lowerReturn", returns.lowerReturn());
        putEpisodes(returns, figures);
        figures.put("evaluationSamples", (double) result.steps());
        return figures;
    }

    /** Trajectories of a policy that no training draw sees. */
    static Role returns(long units) {
        return new Role.Returns(Purpose.EVALUATION, 0, units, 0, 0);
    }

    /** What these roles give at x for the policy theta. */
    static BatchResult play(
            Setup setup,
            GradientOracle oracle,
            State state,
            int context,
            double[] x,
            double[] theta,
            List<Role> roles) {
        BatchRequest request = new BatchRequest(
                setup.seed(),
                state.iteration(),
                0,
                context,
                setup.sampling().horizon(),
                setup.sampling().unitsPerChunk(),
                BatchRequest.ALL_RESIDUALS,
                false,
                List.of(x),
                List.of(Follower.plain(theta)),
                roles);
        return oracle.evaluate(request, "evaluation at step " + state.step() + ", iteration " + state.iteration());
    }

    /** Puts what the measured trajectories were like, without discount. */
    static void putEpisodes(BatchResult.Estimate returns, SortedMap<String, Double> into) {
        into.put(EPISODE_RETURN, returns.upperTotal());
        into.put("episodeLength", returns.meanLength());
        into.put("terminatedShare", returns.terminatedShare());
    }
}
