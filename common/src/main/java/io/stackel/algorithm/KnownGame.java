package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.TransitionCounts;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.ZeroSumModel;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.math.Tensor;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.ZeroSumProblem;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The lower level's game as a run knows it: the tables themselves, or what was counted, in the tensors {@code
 * transitions/<context>}.
 *
 * @param <P> the game at an upper variable
 */
final class KnownGame<P> {

    private final FiniteProblem problem;
    private final boolean counted;
    private final BiFunction<FiniteProblem, Integer, Function<DenseVector, P>> modeller;
    private final List<Function<DenseVector, P>> tables;

    private KnownGame(
            FiniteProblem problem,
            boolean counted,
            BiFunction<FiniteProblem, Integer, Function<DenseVector, P>> modeller) {
        this.problem = problem;
        this.counted = counted;
        this.modeller = modeller;
        tables = IntStream.range(0, counted ? 0 : problem.contexts())
                .mapToObj(context -> modeller.apply(problem, context))
                .toList();
    }

    /** The game of one follower. */
    static KnownGame<ExactPoint> ofFollower(FiniteProblem problem, boolean counted) {
        return new KnownGame<>(problem, counted, (one, context) -> new ExactModel(one, context)::at);
    }

    /** The game of two players. */
    static KnownGame<ZeroSumPoint> ofPlayers(ZeroSumProblem problem, boolean counted) {
        int actions = problem.firstActions();
        return new KnownGame<>(problem, counted, (one, context) -> new ZeroSumModel(one, context, actions)::at);
    }

    FiniteProblem problem() {
        return problem;
    }

    boolean isCounted() {
        return counted;
    }

    /** The game as a function of the upper variable. */
    Function<DenseVector, P> model(State state, int context) {
        return counted ? model(CountTable.of(state, counts(context)).sorted(), context) : tables.get(context);
    }

    /** The game that counts give. */
    Function<DenseVector, P> model(TransitionCounts.Sorted counts, int context) {
        return modeller.apply(new CountedGame(problem, context, counts), 0);
    }

    /** The game at an upper variable. */
    P at(State state, double[] upper, int context) {
        return model(state, context).apply(new DenseVector(upper));
    }

    /** The tensors at the start: counts of nothing. */
    SortedMap<String, Tensor> init() {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (int context = 0; counted && context < problem.contexts(); context++) {
            tensors.put(counts(context), CountTable.none(problem.game(context)).tensor());
        }
        return tensors;
    }

    /** The counts with those of a batch in a context added. */
    Map<String, Tensor> learn(State state, BatchResult result, int context) {
        return !counted || result.transitions().keys().length == 0
                ? Map.of()
                : Map.of(
                        counts(context),
                        CountTable.of(state, counts(context))
                                .plus(result.transitions())
                                .tensor());
    }

    private static String counts(int context) {
        return "transitions/" + context;
    }
}
