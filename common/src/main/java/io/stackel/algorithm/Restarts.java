package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Follower;
import io.stackel.estimate.Returns;
import io.stackel.math.Tensor;
import io.stackel.random.Purpose;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * Descents with seeds of their own, one after the other, of which the best by their own estimates is the answer.
 *
 * <p>After the last step of a descent its x plays trajectories against the follower that it knows, in every context; their
 * mean is its estimate of the upper objective. These trajectories count as samples, and no other draw of the run is among
 * them. Between two descents a state shows the end of the first; the last state is that of the best one.
 */
public final class Restarts implements Algorithm {

    private static final String PLACE = "restarts";
    private static final String ESTIMATES = "restarts/estimates";
    private static final String BEST = "restarts/best/";
    private static final int DESCENDS = -1;

    private final List<Setup> setups;
    private final LongFunction<Algorithm> numbered;
    private final Rule rule;
    private final Map<Long, Algorithm> built = new ConcurrentHashMap<>();

    /**
     * How often and how long.
     *
     * @param iterations outer iterations of each descent, at least 1
     * @param units trajectories of an estimate, of all contexts together
     */
    public record Rule(long iterations, long units) {}

    /**
     * Wraps an algorithm; the first one is built, so that what does not fit is said at once.
     *
     * @param setups of the descents, with their seeds
     * @param numbered the algorithm of a descent, from 0
     */
    public Restarts(List<Setup> setups, LongFunction<Algorithm> numbered, Rule rule) {
        this.setups = List.copyOf(setups);
        this.numbered = numbered;
        this.rule = rule;
        built.put(0L, numbered.apply(0));
    }

    /**
     * Where a state stands.
     *
     * @param descent from 0
     * @param contexts in which it was estimated; -1 while it descends
     * @param best the best descent that has ended, -1 for none
     */
    private record Place(long descent, long contexts, long best) {

        Tensor tensor() {
            return Tensor.of(new long[] {descent, contexts, best});
        }
    }

    private static Place place(State state) {
        long[] place = state.whole(PLACE);
        return new Place(place[0], place[1], place[2]);
    }

    private Algorithm algorithm(long descent) {
        return built.computeIfAbsent(descent, numbered::apply);
    }

    private int contexts() {
        return setups.get(0).contexts();
    }

    /** The descent that takes the next step: after the end of one, the start of the next. */
    private State working(State state) {
        Place place = place(state);
        if (place.contexts() < contexts()) {
            return state;
        }
        SortedMap<String, Tensor> tensors = own(state, PLACE);
        tensors.putAll(algorithm(place.descent() + 1).init().tensors());
        tensors.put(PLACE, new Place(place.descent() + 1, DESCENDS, place.best()).tensor());
        return at(state, state.iteration(), state.phase(), tensors);
    }

    /** What a descent knows of a state: its own iterations and tensors. */
    private State local(State state) {
        Place place = place(state);
        SortedMap<String, Tensor> tensors = new TreeMap<>(state.tensors());
        tensors.keySet().removeIf(name -> name.startsWith(PLACE));
        return place.contexts() == DESCENDS
                ? at(state, state.iteration() - place.descent() * rule.iterations(), state.phase(), tensors)
                : at(state, rule.iterations(), 0, tensors);
    }

    private static SortedMap<String, Tensor> own(State state, String prefix) {
        SortedMap<String, Tensor> tensors = new TreeMap<>(state.tensors());
        tensors.keySet().removeIf(name -> !name.startsWith(prefix));
        return tensors;
    }

    private static State at(State state, long iteration, int phase, SortedMap<String, Tensor> tensors) {
        return new State(state.step(), iteration, phase, state.lowerSamples(), state.upperSamples(), tensors);
    }

    @Override
    public State init() {
        return algorithm(0)
                .init()
                .with(Map.of(PLACE, new Place(0, DESCENDS, -1).tensor(), ESTIMATES, Tensor.of(new double[2])));
    }

    @Override
    public BatchRequest request(State state) {
        State working = working(state);
        Place place = place(working);
        State local = local(working);
        Algorithm algorithm = algorithm(place.descent());
        if (place.contexts() == DESCENDS) {
            return algorithm.request(local);
        }
        int context = (int) place.contexts();
        long units = Math.max(1, rule.units() / contexts());
        return setups.get((int) place.descent())
                .request(
                        local,
                        context,
                        context,
                        List.of(algorithm.upper(local)),
                        List.of(Follower.plain(algorithm.follower(local, context))),
                        List.of(new Returns(Purpose.TRAINING, 0, units, 0, 0)));
    }

    @Override
    public Progress step(State state, BatchResult result) {
        State working = working(state);
        Place place = place(working);
        if (place.contexts() != DESCENDS) {
            return estimated(working, result);
        }
        Progress progress = algorithm(place.descent()).step(local(working), result);
        State next = progress.next();
        boolean last = next.iteration() == rule.iterations();
        SortedMap<String, Tensor> tensors = own(working, PLACE);
        tensors.putAll(next.tensors());
        if (last) {
            tensors.put(PLACE, new Place(place.descent(), 0, place.best()).tensor());
        }
        SortedMap<String, Double> measurements = new TreeMap<>(progress.measurements());
        measurements.put("restart", (double) place.descent());
        return new Progress(
                last
                        ? at(next, working.iteration(), working.phase() + 1, tensors)
                        : at(next, place.descent() * rule.iterations() + next.iteration(), next.phase(), tensors),
                measurements);
    }

    /** The state after the estimate in one context; after that of the last one, the end of a descent. */
    private Progress estimated(State state, BatchResult result) {
        Place place = place(state);
        double[] x = algorithm(place.descent()).upper(local(state));
        double upperTerm = setups.get(0).problem().upperTerm(new DenseVector(x));
        double[] before = state.real(ESTIMATES);
        double sum = before[0] + upperTerm - result.estimate(0).upperReturn();
        long samples = state.upperSamples() + result.steps();
        if (place.contexts() + 1 < contexts()) {
            SortedMap<String, Tensor> tensors = new TreeMap<>(state.tensors());
            tensors.put(PLACE, new Place(place.descent(), place.contexts() + 1, place.best()).tensor());
            tensors.put(ESTIMATES, Tensor.of(new double[] {sum, before[1]}));
            return new Progress(
                    counted(state, samples, state.iteration(), state.phase() + 1, tensors), new TreeMap<>());
        }
        double estimate = sum / contexts();
        boolean better = place.best() < 0 || estimate < before[1];
        long best = better ? place.descent() : place.best();
        SortedMap<String, Double> measurements = new TreeMap<>();
        measurements.put("restart", (double) place.descent());
        measurements.put("restartObjective", estimate);
        measurements.put("bestRestart", (double) best);
        boolean last = place.descent() + 1 == setups.size();
        SortedMap<String, Tensor> ended = local(state).tensors();
        SortedMap<String, Tensor> kept = better ? ended : Iterate.stripped(BEST, state.tensors());
        SortedMap<String, Tensor> tensors = new TreeMap<>(last ? kept : ended);
        if (!last) {
            tensors.putAll(Iterate.prefixed(BEST, kept));
        }
        tensors.put(PLACE, new Place(last ? best : place.descent(), contexts(), best).tensor());
        tensors.put(ESTIMATES, Tensor.of(new double[] {0, better ? estimate : before[1]}));
        return new Progress(counted(state, samples, state.iteration() + 1, 0, tensors), measurements);
    }

    private static State counted(
            State state, long upperSamples, long iteration, int phase, SortedMap<String, Tensor> tensors) {
        return new State(state.step() + 1, iteration, phase, state.lowerSamples(), upperSamples, tensors);
    }

    @Override
    public double[] upper(State state) {
        return shown(state).upper(local(state));
    }

    @Override
    public double[] follower(State state, int context) {
        return shown(state).follower(local(state), context);
    }

    @Override
    public SortedMap<String, double[]> surrogates(State state, int context) {
        return shown(state).surrogates(local(state), context);
    }

    private Algorithm shown(State state) {
        return algorithm(place(state).descent());
    }

    @Override
    public boolean movesUpper() {
        return algorithm(0).movesUpper();
    }

    @Override
    public int context(State state) {
        State working = working(state);
        Place place = place(working);
        return place.contexts() == DESCENDS
                ? algorithm(place.descent()).context(local(working))
                : (int) place.contexts();
    }
}
