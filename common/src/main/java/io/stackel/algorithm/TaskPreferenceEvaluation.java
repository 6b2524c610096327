package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Combination;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.PairLossGradient;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.problem.PreferenceProblem;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Figures of a preference problem without tables: the true return of the best response as the algorithm knows it, with and
 * without discount, and the loss on pairs of it, from trajectories that no training draw sees; counted apart.
 */
public final class TaskPreferenceEvaluation implements Evaluation {

    private static final int PAIRS_STREAM = 1;

    private final Setup setup;
    private final PreferenceProblem problem;
    private final GradientOracle oracle;
    private final long units;

    /**
     * Measures on trajectories and pairs that the oracle plays.
     *
     * @param problem that of the setup
     * @param units trajectories, and pairs, at least 1
     */
    public TaskPreferenceEvaluation(Setup setup, PreferenceProblem problem, GradientOracle oracle, long units) {
        this.setup = setup;
        this.problem = problem;
        this.oracle = oracle;
        this.units = units;
    }

    @Override
    public SortedMap<String, Double> measure(Algorithm algorithm, State state) {
        double[] x = algorithm.upper(state);
        ValueGradient terms = new ValueGradient(
                new Units(Purpose.EVALUATION, PAIRS_STREAM, units),
                0,
                FollowerPair.alone(0),
                Combination.upperObjective(),
                Wanted.NEITHER,
                false);
        BatchResult result = SampledEvaluation.play(
                setup,
                oracle,
                state,
                0,
                x,
                algorithm.follower(state, 0),
                List.of(SampledEvaluation.returns(units), new PairLossGradient(terms, problem.pairs(), 0, 0)));
        BatchResult.Estimate returns = result.estimate(0);
        BatchResult.Estimate loss = result.estimate(1);
        SortedMap<String, Double> figures = new TreeMap<>();
        figures.put(PreferenceEvaluation.TRUE_RETURN, returns.upperReturn());
        figures.put("trueReturnStandardError", returns.upperReturnStandardError());
        SampledEvaluation.putEpisodes(returns, figures);
        figures.put(LOWER_RETURN, returns.lowerReturn());
        figures.put(PreferenceEvaluation.LABELS, (double) PairBuffer.labelled(state));
        figures.put(UPPER_OBJECTIVE, problem.upperTerm(new DenseVector(x)) - loss.upperReturn());
        figures.put(UPPER_OBJECTIVE_STANDARD_ERROR, loss.upperReturnStandardError());
        figures.put(SAMPLES, (double) result.steps());
        return figures;
    }
}
