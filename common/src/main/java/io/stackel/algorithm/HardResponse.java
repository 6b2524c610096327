package io.stackel.algorithm;

import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.InverseProblem;
import io.stackel.problem.PreferenceProblem;
import io.stackel.problem.Problem;
import io.stackel.problem.ZeroSumProblem;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Adds what x is worth against a follower without entropy, by value iteration on the tables, mean over the contexts. It plays
 * the first of equally good actions, so where a tie is broken by rounding the figure may jump.
 *
 * @param inner all other figures
 * @param models the problem in each context
 */
record HardResponse(Evaluation inner, List<ExactModel> models) implements Evaluation {

    private static final String KEY = "evaluation.hardResponse";

    static Evaluation of(Problem problem, Evaluation inner) {
        FiniteProblem tables = tables(problem);
        return new HardResponse(
                inner,
                IntStream.range(0, tables.contexts())
                        .mapToObj(context -> new ExactModel(tables, context))
                        .toList());
    }

    /**
     * The tables of a problem.
     *
     * @throws MisfitException if it has none of one follower whose leader has a return
     */
    static FiniteProblem tables(Problem problem) {
        return problem.as(FiniteProblem.class)
                .filter(one -> one.as(ZeroSumProblem.class).isEmpty()
                        && one.as(PreferenceProblem.class).isEmpty()
                        && one.as(InverseProblem.class).isEmpty())
                .orElseThrow(() -> new MisfitException(
                        KEY, KEY + " needs tables of one follower, and a leader with a return; leave it out"));
    }

    @Override
    public SortedMap<String, Double> measure(Algorithm algorithm, State state) {
        return with(algorithm, state, inner.measure(algorithm, state));
    }

    @Override
    public Optional<SortedMap<String, Double>> first(Algorithm algorithm, State state, Watch watch) {
        return inner.first(algorithm, state, watch).map(figures -> with(algorithm, state, figures));
    }

    private SortedMap<String, Double> with(Algorithm algorithm, State state, SortedMap<String, Double> figures) {
        DenseVector x = new DenseVector(algorithm.upper(state));
        double sum = 0;
        for (ExactModel model : models) {
            ExactPoint point = model.at(x);
            sum += point.evaluate(point.hardBest(ExactEvaluation.TOLERANCE).logPolicy())
                    .upperObjective();
        }
        SortedMap<String, Double> more = new TreeMap<>(figures);
        more.put(UPPER_OBJECTIVE_AT_HARD_RESPONSE, sum / models.size());
        return more;
    }
}
