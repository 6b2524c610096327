package io.stackel.check;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.AlgorithmFactory;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.ProblemSetup;
import io.stackel.algorithm.Safetensors;
import io.stackel.algorithm.State;
import io.stackel.algorithm.StateHash;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.TransitionCounts;
import io.stackel.experiment.Experiment;
import io.stackel.math.Sha256;
import io.stackel.math.Tensor;
import io.stackel.problem.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tests what {@link Algorithm} promises on the first batches of a run: purity, states from which a run goes on in another
 * process, the same bits on every engine, numbers that are finite and arrays of the right length.
 *
 * <p>Each batch is evaluated on one thread in one range and on two threads in three ranges. Each step is taken four times: twice
 * by one instance from the state as it is, and by two fresh instances from the state as a checkpoint stores it, of which one is
 * given the other engine's batch. All four must agree in every bit, so what an algorithm keeps outside of its {@link State}
 * shows. Nothing here rests on chance.
 */
public final class AlgorithmContract {

    private static final String INIT = "init() gives one state";
    private static final String REQUEST = "a state has one request";
    private static final String RESUMED_REQUEST = "a stored state has the same request";
    private static final String STORED = "a state is the same after it was stored";
    private static final String STEP = "the same state and batch lead to the same step";
    private static final String RESUMED = "a run goes on from a stored state with the same bits";
    private static final String ENGINES = "every engine leads to the same bits";
    private static final String STATE_KEPT = "states are not written to";
    private static final String REQUEST_KEPT = "requests are not written to";
    private static final String RESULT_KEPT = "batches are not written to";
    private static final String FINITE_BATCH = "sums of batches are finite";
    private static final String FINITE = "tensors are finite";
    private static final String COUNTERS = "step, iteration and phase count batches";
    private static final String SAMPLES = "samples grow by at most those of the batch";
    private static final String CONTEXT = "the request is of the state's context";
    private static final String UPPER = "upper() has the length m and is finite";
    private static final String FOLLOWER = "follower() and surrogates() have the policy's length";
    private static final String READING = "reading a state gives the same arrays";

    private final ProblemSetup setup;
    private final Supplier<Algorithm> maker;
    private final Algorithm algorithm;
    private final Promises promises = new Promises();

    private AlgorithmContract(ProblemSetup setup, Supplier<Algorithm> maker) {
        this.setup = setup;
        this.maker = maker;
        algorithm = maker.get();
    }

    /**
     * Tests the algorithm of a configuration, as {@code AlgorithmContract.check(Path.of("mine.yaml"), List.of("upper.units=32"),
     * 20).requirePassed()} in a unit test.
     *
     * @param configuration that names neither a problem's file nor data sets
     * @param overrides {@code key=value}, as in {@code --set}: make the batches small
     * @param batches how many; a few outer iterations with all their inner batches
     */
    public static CheckReport check(Path configuration, List<String> overrides, int batches) {
        return check(ConfiguredExperiment.read(configuration, overrides), batches);
    }

    /** Tests the algorithm of an experiment on so many batches. */
    public static CheckReport check(Experiment experiment, int batches) {
        return new AlgorithmContract(experiment.setup(), experiment::algorithm).check(batches);
    }

    /**
     * Tests an algorithm.
     *
     * @param settings with a value for every key of the factory that has a default
     * @param batches how many
     */
    public static CheckReport check(AlgorithmFactory factory, ProblemSetup setup, Settings settings, int batches) {
        return new AlgorithmContract(setup, () -> factory.create(setup, settings)).check(batches);
    }

    private CheckReport check(int batches) {
        State state = algorithm.init();
        promises.hold(
                INIT, same(state, algorithm.init()) && same(state, maker.get().init()), "at the start");
        read(state);
        try (LocalOracle one = LocalOracle.single(setup.source());
                LocalOracle many = new LocalOracle(setup.source(), 2, 3)) {
            boolean finite = true;
            for (int batch = 0; batch < batches && finite; batch++) {
                BatchRequest request = request(state);
                BatchResult here = evaluate(one, request);
                BatchResult there = evaluate(many, request);
                finite = here.nonFinite() == 0;
                promises.hold(FINITE_BATCH, finite, place(state));
                if (finite) {
                    state = step(state, request, here, there);
                    read(state);
                    finite = state.tensors().values().stream().allMatch(AlgorithmContract::finite);
                }
            }
        }
        return new CheckReport(promises.findings(), List.of());
    }

    private static BatchResult evaluate(LocalOracle oracle, BatchRequest request) {
        return request.isEmpty() ? BatchResult.none(request) : oracle.evaluate(request, "contract");
    }

    private BatchRequest request(State state) {
        String where = place(state);
        String before = StateHash.sha256(state);
        BatchRequest request = algorithm.request(state);
        String digest = digest(request);
        promises.hold(REQUEST, digest(algorithm.request(state)).equals(digest), where);
        State stored = stored(state);
        promises.hold(STORED, same(state, stored), where);
        promises.hold(RESUMED_REQUEST, digest(maker.get().request(stored)).equals(digest), where);
        promises.hold(STATE_KEPT, StateHash.sha256(state).equals(before), where + ", by request()");
        promises.hold(CONTEXT, request.isEmpty() || request.context() == algorithm.context(state), where);
        return request;
    }

    private State step(State state, BatchRequest request, BatchResult here, BatchResult there) {
        String where = place(state);
        String before = StateHash.sha256(state);
        String asked = digest(request);
        String counted = digest(here.transitions());
        Algorithm.Progress progress = algorithm.step(state, here);
        promises.hold(STATE_KEPT, StateHash.sha256(state).equals(before), where + ", by step()");
        promises.hold(REQUEST_KEPT, digest(request).equals(asked), where);
        promises.hold(RESULT_KEPT, digest(here.transitions()).equals(counted), where);
        promises.hold(STEP, same(progress, algorithm.step(state, here)), where);
        Algorithm.Progress resumed = maker.get().step(stored(state), here);
        promises.hold(RESUMED, same(progress, resumed), where);
        promises.hold(ENGINES, same(resumed, maker.get().step(stored(state), there)), where);
        State next = progress.next();
        boolean inner = next.iteration() == state.iteration() && next.phase() == state.phase() + 1;
        boolean outer = next.iteration() == state.iteration() + 1 && next.phase() == 0;
        boolean opening = state.iteration() == 0 && state.phase() == 0 && next.iteration() == 0 && next.phase() == 0;
        promises.hold(COUNTERS, next.step() == state.step() + 1 && (inner || outer || opening), where);
        long samples = next.samples() - state.samples();
        promises.hold(SAMPLES, samples >= 0 && samples <= here.steps(), where);
        return next;
    }

    /** Looks at a state through the algorithm as metrics and exports do. */
    private void read(State state) {
        String where = place(state);
        String before = StateHash.sha256(state);
        state.tensors().forEach((name, tensor) -> promises.hold(FINITE, finite(tensor), where + ", in " + name));
        double[] upper = algorithm.upper(state);
        promises.hold(
                UPPER,
                upper.length == setup.problem().upperSize()
                        && Arrays.stream(upper).allMatch(Double::isFinite),
                where);
        int length = setup.trajectories()
                .map(one -> one.policy().parameters())
                .or(() -> setup.data().map(one -> one.problem().lowerSize()))
                .orElseThrow();
        for (int context = 0; context < setup.contexts(); context++) {
            SortedMap<String, double[]> all = followers(algorithm, state, context);
            all.forEach((name, theta) -> promises.hold(FOLLOWER, theta.length == length, where + ", " + name));
            SortedMap<String, double[]> again = followers(maker.get(), stored(state), context);
            boolean same = all.keySet().equals(again.keySet());
            for (String name : all.keySet()) {
                same = same && Arrays.equals(all.get(name), again.get(name));
            }
            promises.hold(READING, same && Arrays.equals(upper, maker.get().upper(state)), where);
        }
        promises.hold(STATE_KEPT, StateHash.sha256(state).equals(before), where + ", by reading it");
    }

    private static SortedMap<String, double[]> followers(Algorithm algorithm, State state, int context) {
        SortedMap<String, double[]> all = new TreeMap<>(algorithm.surrogates(state, context));
        all.put("follower", algorithm.follower(state, context));
        return all;
    }

    /** Minus infinity is the logarithm of an action that is never played. */
    private static boolean finite(Tensor tensor) {
        return !(tensor instanceof Tensor.Real real)
                || Arrays.stream(real.values())
                        .allMatch(value -> Double.isFinite(value) || value == Double.NEGATIVE_INFINITY);
    }

    /** The hash by which two requests are the same to the bit, whichever of their arrays are one object. */
    private static String digest(BatchRequest request) {
        Stream<Object> rule = Stream.of(
                request.seed(),
                request.iteration(),
                request.innerStep(),
                request.context(),
                request.horizon(),
                request.unitsPerChunk(),
                request.traceDecay(),
                request.diagonalMoments());
        Stream<Object> followers =
                request.followers().stream().flatMap(one -> Stream.of(one.parameters(), one.value(), one.upperValue()));
        return digest(Stream.of(rule, request.uppers().stream(), followers, request.estimands().stream())
                .flatMap(parts -> parts));
    }

    private static String digest(TransitionCounts.Sorted counts) {
        return digest(Stream.of(counts.keys(), counts.tallies()));
    }

    private static String digest(Stream<Object> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            for (Object part : parts.toList()) {
                out.reset();
                out.writeObject(part);
            }
        } catch (IOException notSerializable) {
            throw new UncheckedIOException(notSerializable);
        }
        return Sha256.of(bytes.toByteArray());
    }

    private static State stored(State state) {
        return Safetensors.decode(Safetensors.encode(state));
    }

    private static String place(State state) {
        return "at step " + state.step() + " (iteration " + state.iteration() + ", phase " + state.phase() + ")";
    }

    private static boolean same(State one, State other) {
        return StateHash.sha256(one).equals(StateHash.sha256(other));
    }

    private static boolean same(Algorithm.Progress one, Algorithm.Progress other) {
        return same(one.next(), other.next()) && one.measurements().equals(other.measurements());
    }
}
