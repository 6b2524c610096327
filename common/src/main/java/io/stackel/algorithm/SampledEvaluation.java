package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Combination;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.estimate.FollowerPair;
import io.stackel.estimate.PairLossGradient;
import io.stackel.estimate.Returns;
import io.stackel.estimate.Units;
import io.stackel.estimate.ValueGradient;
import io.stackel.estimate.Wanted;
import io.stackel.math.VectorMath;
import io.stackel.problem.ExpertPaths;
import io.stackel.problem.InverseProblem;
import io.stackel.problem.PairObjective;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.TaskExperts;
import io.stackel.problem.TrajectoryProblem;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Figures of a problem without tables, from trajectories that no training draw sees; counted apart. The upper objective is
 * that of the trajectories, the loss on pairs of others, or the likelihood of all that the experts did.
 *
 * <p>They are means over the contexts, among which the trajectories are divided evenly, at least two for each. A follower is
 * as it was when the algorithm last saw the context.
 *
 * @param units trajectories of the follower's policy, at least 1, of all contexts together; also the number of pairs
 */
record SampledEvaluation(Setup setup, GradientOracle oracle, long units) implements Evaluation {

    private static final int REFERENCE = 1;

    @Override
    public SortedMap<String, Double> measure(Algorithm algorithm, State state) {
        TrajectoryProblem problem = setup.problem();
        Optional<TaskExperts> experts = problem.as(InverseProblem.class).flatMap(one -> one.as(TaskExperts.class));
        Optional<PreferenceProblem> pairs = problem.as(PreferenceProblem.class);
        DenseVector x = new DenseVector(algorithm.upper(state));
        int contexts = problem.contexts();
        SortedMap<String, Double> figures = new TreeMap<>();
        double variance = 0;
        for (int context = 0; context < contexts; context++) {
            Estimand trajectories = new Returns(Purpose.EVALUATION, 0, share(context, contexts), 0, 0);
            BatchResult result = play(
                    algorithm,
                    state,
                    context,
                    pairs.map(one -> List.of(trajectories, loss(one, 1))).orElse(List.of(trajectories)));
            BatchResult.Estimate returns = result.estimate(0);
            BatchResult.Estimate objective = pairs.isPresent() ? result.estimate(1) : returns;
            double[] theta = algorithm.follower(state, context);
            double value = experts.map(one -> logLikelihood(one, theta)).orElse(objective.upperReturn());
            Map<String, Double> here = new TreeMap<>();
            here.put(UPPER_OBJECTIVE, problem.upperTerm(x) - value);
            here.put(LOWER_RETURN, returns.lowerReturn());
            here.put(EPISODE_RETURN, returns.upperTotal());
            here.put("episodeLength", returns.meanLength());
            here.put("terminatedShare", returns.terminatedShare());
            if (problem.upperRewardHidden()) {
                here.put(TRUE_RETURN, returns.upperReturn());
            }
            pairs.ifPresent(one -> here.put("trueReturnStandardError", returns.upperReturnStandardError()));
            here.forEach((figure, mean) -> figures.merge(figure, mean / contexts, Double::sum));
            figures.merge(SAMPLES, (double) result.steps(), Double::sum);
            double error = objective.upperReturnStandardError() / contexts;
            variance += error * error;
        }
        if (experts.isEmpty()) {
            figures.put(UPPER_OBJECTIVE_STANDARD_ERROR, Math.sqrt(variance));
        }
        pairs.ifPresent(one -> figures.put(LABELS, (double) PairBuffer.labelled(state)));
        experts.ifPresent(
                one -> one.experts().trueReturn().ifPresent(mean -> figures.put(EXPERT_EPISODE_RETURN, mean)));
        return figures;
    }

    /** Adds the loss on pairs alone, for a problem whose other figures are exact. */
    void addPairLoss(PreferenceProblem problem, Algorithm algorithm, State state, Map<String, Double> into) {
        BatchResult result = play(algorithm, state, 0, List.of(loss(problem, 0)));
        BatchResult.Estimate loss = result.estimate(0);
        into.put(UPPER_OBJECTIVE, problem.upperTerm(new DenseVector(algorithm.upper(state))) - loss.upperReturn());
        into.put(UPPER_OBJECTIVE_STANDARD_ERROR, loss.upperReturnStandardError());
        into.put(SAMPLES, (double) result.steps());
    }

    private long share(int context, int contexts) {
        long share = units * (context + 1) / contexts - units * context / contexts;
        return contexts == 1 ? share : Math.max(2, share);
    }

    private Estimand loss(PreferenceProblem problem, int stream) {
        ValueGradient terms = new ValueGradient(
                new Units(Purpose.EVALUATION, stream, units),
                0,
                FollowerPair.alone(0),
                Combination.upperObjective(),
                Wanted.NEITHER,
                false);
        int reference = problem.objective() == PairObjective.WIN_RATE ? REFERENCE : PairLossGradient.NO_REFERENCE;
        return new PairLossGradient(terms, problem.pairs(), problem.objective(), 0, 0, reference);
    }

    /** What these estimands give at the state's x for its follower; the draws of contexts are independent. */
    private BatchResult play(Algorithm algorithm, State state, int context, List<Estimand> estimands) {
        BatchRequest request = new BatchRequest(
                setup.seed(),
                state.iteration(),
                context,
                context,
                setup.sampling().horizon(),
                setup.sampling().unitsPerChunk(),
                BatchRequest.ALL_RESIDUALS,
                false,
                List.of(algorithm.upper(state)),
                followers(algorithm, state, context),
                estimands);
        return oracle.evaluate(request, "evaluation at step " + state.step() + ", iteration " + state.iteration());
    }

    /** The best response and, where it wins or loses against one, the reference: uniform if there was no warm-up. */
    private List<Follower> followers(Algorithm algorithm, State state, int context) {
        Follower response = Follower.plain(algorithm.follower(state, context));
        return setup.problem()
                .as(PreferenceProblem.class)
                .filter(pairs -> pairs.objective() == PairObjective.WIN_RATE)
                .map(pairs -> algorithm
                        .surrogates(state, context)
                        .getOrDefault(Algorithm.REFERENCE, setup.policy().uniform()))
                .map(reference -> List.of(response, Follower.plain(reference)))
                .orElse(List.of(response));
    }

    private double logLikelihood(TaskExperts problem, double[] theta) {
        ExpertPaths experts = problem.experts();
        double[] logs = new double[experts.steps()];
        setup.policy().actor(theta).logDensities(experts.observations(), experts.actions(), logs.length, logs);
        return VectorMath.dot(experts.weights(problem.discount()), logs);
    }
}
