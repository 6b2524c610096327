package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/** One algorithm built with several settings, of which a state says by a number which it goes on with; all have the same tensors. */
abstract class SwitchingAlgorithm implements Algorithm {

    private final LongFunction<Algorithm> numbered;
    private final long first;
    private final Map<Long, Algorithm> built = new ConcurrentHashMap<>();

    /**
     * Builds the first one, so that what does not fit is said at once.
     *
     * @param numbered the algorithm of a number
     * @param first number at the start
     */
    SwitchingAlgorithm(LongFunction<Algorithm> numbered, long first) {
        this.numbered = numbered;
        this.first = first;
        built.put(first, numbered.apply(first));
    }

    /** The number of the algorithm that takes the next step. */
    abstract long number(State state);

    private Algorithm of(State state) {
        return built.computeIfAbsent(number(state), numbered::apply);
    }

    @Override
    public State init() {
        return built.get(first).init();
    }

    @Override
    public BatchRequest request(State state) {
        return of(state).request(state);
    }

    @Override
    public Progress step(State state, BatchResult result) {
        return of(state).step(state, result);
    }

    @Override
    public double[] upper(State state) {
        return of(state).upper(state);
    }

    @Override
    public double[] follower(State state, int context) {
        return of(state).follower(state, context);
    }

    @Override
    public SortedMap<String, double[]> surrogates(State state, int context) {
        return of(state).surrogates(state, context);
    }

    @Override
    public boolean movesUpper() {
        return built.get(first).movesUpper();
    }

    @Override
    public int context(State state) {
        return of(state).context(state);
    }
}
