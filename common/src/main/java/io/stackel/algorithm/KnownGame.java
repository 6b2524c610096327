package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
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

    private static final long MOST_COUNTS = 1L << 27;

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
        if (counted) {
            requireFits(problem, 1, "lower.optimizer: adam with sampling.baseline: none");
        }
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

    /**
     * Returns if so many tables of counts fit into a state.
     *
     * @param instead what to use if not
     * @throws IllegalArgumentException with the size and the way out
     */
    static void requireFits(FiniteProblem problem, int tables, String instead) {
        long size = tables * CountedGame.size(problem.game(0));
        if (size > MOST_COUNTS) {
            throw new IllegalArgumentException("counting transitions needs states x (states + 1) x leader actions x"
                    + " follower actions x tables of at most " + MOST_COUNTS + " cells, but with " + tables
                    + " tables it has " + size + "; use " + instead);
        }
    }

    FiniteProblem problem() {
        return problem;
    }

    boolean isCounted() {
        return counted;
    }

    /** The game as a function of the upper variable. */
    Function<DenseVector, P> model(State state, int context) {
        return counted ? model(state.whole(counts(context)), context) : tables.get(context);
    }

    /** The game that counts give. */
    Function<DenseVector, P> model(long[] counts, int context) {
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
            int size = Math.toIntExact(CountedGame.size(problem.game(context)));
            tensors.put(counts(context), Tensor.of(new long[size]));
        }
        return tensors;
    }

    /** The counts with those of a batch in a context added. */
    Map<String, Tensor> learn(State state, BatchResult result, int context) {
        return !counted || result.transitions().keys().length == 0
                ? Map.of()
                : Map.of(
                        counts(context),
                        Tensor.of(CountedGame.add(state.whole(counts(context)), result.transitions())));
    }

    private static String counts(int context) {
        return "transitions/" + context;
    }
}
