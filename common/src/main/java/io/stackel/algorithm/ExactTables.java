package io.stackel.algorithm;

import io.stackel.estimate.PolicyTable;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.PolicyValues;
import io.stackel.exact.PreferenceModel;
import io.stackel.exact.SoftOptimum;
import io.stackel.mdp.MarkovGame;
import io.stackel.policy.Policy;
import io.stackel.problem.FiniteInverse;
import io.stackel.problem.FinitePreferences;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.InverseProblem;
import io.stackel.problem.PreferenceProblem;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * One follower on tables. The upper objective is a return, the likelihood of experts, or the loss on pairs of segments, which
 * is exact where labels can be drawn and all segments be listed.
 *
 * <p>A policy that learns from pairs or experts is also judged by the true reward, if it is known.
 */
final class ExactTables implements ExactEvaluation.Kind {

    private final FiniteProblem problem;
    private final Policy policy;
    private final ExactModel[] models;
    private final boolean onPairs;
    private final Optional<PreferenceModel> listed;
    private final Optional<FiniteInverse> experts;
    private final Optional<ToDoubleFunction<PolicyValues>> trueReturn;

    /** Prepares every context, and lists the segments if they are few. */
    ExactTables(FiniteProblem problem, Policy policy) {
        this.problem = problem;
        this.policy = policy;
        models = new ExactModel[problem.contexts()];
        Arrays.setAll(models, context -> new ExactModel(problem, context));
        onPairs = problem.as(PreferenceProblem.class).isPresent();
        Optional<PreferenceProblem> labelled =
                problem.as(PreferenceProblem.class).filter(PreferenceProblem::labelsPairs);
        listed = labelled.flatMap(one -> one.as(FinitePreferences.class)).flatMap(PreferenceModel::of);
        experts = problem.as(InverseProblem.class)
                .flatMap(one -> one.as(FiniteInverse.class))
                .filter(known -> known.trueReward().length > 0);
        Optional<ToDoubleFunction<PolicyValues>> ofPairs = labelled.map(any -> PolicyValues::upperReturn);
        trueReturn = ofPairs.or(() -> experts.map(known -> values -> expertReturn(known.trueReward(), values)));
    }

    @Override
    public void measure(DenseVector x, int context, Map<String, double[]> lower, ExactEvaluation.Means into) {
        ExactPoint point = models[context].at(x);
        Optional<PreferenceModel> pairs = listed.map(model -> against(lower.get(Algorithm.REFERENCE), model));
        SoftOptimum best = point.best(0, ExactEvaluation.TOLERANCE, ExactEvaluation.COLD);
        if (problem.entropyWeight() > 0) {
            pairs.ifPresent(model -> into.addBest(model.hypergradient(x, best)));
            if (!onPairs) {
                into.addBest(point.hypergradient(best));
            }
        } else if (!onPairs) {
            PolicyValues values = point.evaluate(best.logPolicy());
            into.add(Evaluation.UPPER_OBJECTIVE_AT_BEST_RESPONSE, values.upperObjective());
        }
        trueReturn.ifPresent(of ->
                into.add(Evaluation.TRUE_RETURN_AT_BEST_RESPONSE, of.applyAsDouble(point.evaluate(best.logPolicy()))));
        experts.ifPresent(known ->
                into.add(Evaluation.EXPERT_RETURN, expertReturn(known.trueReward(), point.evaluate(expert(known)))));
        lower.forEach((name, theta) -> {
            PolicyValues values = point.evaluate(PolicyTable.logProbabilities(problem, policy, theta));
            into.add(Evaluation.of(Evaluation.LOWER_GAP, name), point.lowerGap(values, best));
            String objective = Evaluation.of(Evaluation.UPPER_OBJECTIVE, name);
            pairs.ifPresent(model -> into.add(
                    objective, model.upperObjective(x, values.logPolicy()).value()));
            if (!onPairs) {
                into.add(objective, values.upperObjective());
            }
            trueReturn
                    .filter(any -> onPairs || name.equals(Evaluation.RESPONSE))
                    .ifPresent(of -> into.add(Evaluation.of(Evaluation.TRUE_RETURN, name), of.applyAsDouble(values)));
        });
    }

    /** The model with the reference of a run, or its own if a run has none. */
    private PreferenceModel against(double[] reference, PreferenceModel model) {
        return reference == null ? model : model.against(PolicyTable.logProbabilities(problem, policy, reference));
    }

    /** The policy that is optimal for the true reward with the entropy of the follower, which is what experts are. */
    private static double[] expert(FiniteInverse problem) {
        MarkovGame game = problem.game(0);
        return SoftOptimum.solve(
                        game.transitions(),
                        problem.trueReward(),
                        game.discount(),
                        problem.entropyWeight(),
                        ExactEvaluation.TOLERANCE,
                        ExactEvaluation.COLD)
                .logPolicy();
    }

    /** The return of a reward, S x B, without entropy. */
    private static double expertReturn(double[] reward, PolicyValues values) {
        int actions = reward.length / values.visits().length;
        double sum = 0;
        for (int cell = 0; cell < reward.length; cell++) {
            sum += values.visits()[cell / actions] * values.policy()[cell] * reward[cell];
        }
        return sum;
    }
}
