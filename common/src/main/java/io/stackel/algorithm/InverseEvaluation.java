package io.stackel.algorithm;

import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.SoftOptimum;
import io.stackel.mdp.MarkovGame;
import io.stackel.problem.FiniteInverse;
import java.util.SortedMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Exact figures of inverse reinforcement learning: those of {@link ExactEvaluation} and, if the experts' reward is known,
 * its discounted return without entropy from the experts' starts, under the best response to the learnt reward, as the
 * algorithm knows it and exactly, and under a policy that is optimal for the true one with the same entropy, which is what experts are.
 */
public final class InverseEvaluation implements Evaluation {

    /** The return of the true reward under the best response as the algorithm knows it. */
    public static final String TRUE_RETURN = PreferenceEvaluation.TRUE_RETURN;

    /** The return of the true reward under the exact best response to the learnt one. */
    public static final String TRUE_RETURN_AT_BEST_RESPONSE = PreferenceEvaluation.TRUE_RETURN_AT_BEST_RESPONSE;

    /** The return of the true reward under the experts' policy. */
    public static final String EXPERT_RETURN = "expertReturn";

    private static final double TOLERANCE = 1e-12;
    private static final double[] COLD = {};

    private final Setup setup;
    private final FiniteInverse problem;
    private final ExactEvaluation exact;
    private final ExactModel model;

    /**
     * Prepares the tables of the setup's problem.
     *
     * @param problem that of the setup
     */
    public InverseEvaluation(Setup setup, FiniteInverse problem) {
        this.setup = setup;
        this.problem = problem;
        exact = new ExactEvaluation(problem, setup.policy(), setup.upper().projection());
        model = new ExactModel(problem, 0);
    }

    @Override
    public SortedMap<String, Double> measure(Algorithm algorithm, State state) {
        SortedMap<String, Double> figures = exact.measure(algorithm, state);
        if (problem.trueReward().length > 0) {
            ExactPoint point = model.at(new DenseVector(algorithm.upper(state)));
            double[] own = PolicyTable.logProbabilities(problem, setup.policy(), algorithm.follower(state, 0));
            figures.put(TRUE_RETURN, trueReturn(point, own));
            figures.put(
                    TRUE_RETURN_AT_BEST_RESPONSE,
                    trueReturn(point, point.best(0, TOLERANCE, COLD).logPolicy()));
            figures.put(EXPERT_RETURN, trueReturn(point, expert().logPolicy()));
        }
        return figures;
    }

    private SoftOptimum expert() {
        MarkovGame game = problem.game(0);
        return SoftOptimum.solve(
                game.states(),
                game.followerActions(),
                game.transition(),
                problem.trueReward(),
                game.discount(),
                problem.entropyWeight(),
                TOLERANCE,
                COLD);
    }

    private double trueReturn(ExactPoint point, double[] logPolicy) {
        PolicyValues values = point.evaluate(logPolicy);
        double[] reward = problem.trueReward();
        double sum = 0;
        for (int cell = 0; cell < reward.length; cell++) {
            sum += values.visits()[cell / problem.actions()] * values.policy()[cell] * reward[cell];
        }
        return sum;
    }
}
