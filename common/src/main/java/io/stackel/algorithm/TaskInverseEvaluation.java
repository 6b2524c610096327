package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.math.VectorMath;
import io.stackel.problem.ExpertPaths;
import io.stackel.problem.TaskExperts;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Figures of inverse reinforcement learning without tables: the return of the true reward under the best response as the
 * algorithm knows it, from trajectories that no training draw sees and that are counted apart, that of the experts if it is known, and the upper
 * objective, the likelihood of all that the experts did.
 */
public final class TaskInverseEvaluation implements Evaluation {

    /** The experts' return of the true reward, without discount. */
    public static final String EXPERT_EPISODE_RETURN = "expertEpisodeReturn";

    private final Setup setup;
    private final TaskExperts problem;
    private final GradientOracle oracle;
    private final long units;

    /**
     * Measures on trajectories that the oracle plays, and on the experts.
     *
     * @param problem that of the setup
     * @param units trajectories, at least 1
     */
    public TaskInverseEvaluation(Setup setup, TaskExperts problem, GradientOracle oracle, long units) {
        this.setup = setup;
        this.problem = problem;
        this.oracle = oracle;
        this.units = units;
    }

    @Override
    public SortedMap<String, Double> measure(Algorithm algorithm, State state) {
        double[] x = algorithm.upper(state);
        double[] theta = algorithm.follower(state, 0);
        BatchResult result =
                SampledEvaluation.play(setup, oracle, state, 0, x, theta, List.of(SampledEvaluation.returns(units)));
        BatchResult.Estimate returns = result.estimate(0);
        SortedMap<String, Double> figures = new TreeMap<>();
        figures.put(UPPER_OBJECTIVE, problem.upperTerm(new DenseVector(x)) - logLikelihood(theta));
        figures.put(InverseEvaluation.TRUE_RETURN, returns.upperReturn());
        SampledEvaluation.putEpisodes(returns, figures);
        figures.put(LOWER_RETURN, returns.lowerReturn());
        figures.put(SAMPLES, (double) result.steps());
        problem.experts().trueReturn().ifPresent(value -> figures.put(EXPERT_EPISODE_RETURN, value));
        return figures;
    }

    private double logLikelihood(double[] theta) {
        ExpertPaths experts = problem.experts();
        double[] logs = new double[experts.steps()];
        setup.policy().actor(theta).logDensities(experts.observations(), experts.actions(), logs.length, logs);
        return VectorMath.dot(experts.weights(problem.discount()), logs);
    }
}
