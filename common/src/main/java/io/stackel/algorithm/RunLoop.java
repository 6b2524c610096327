package io.stackel.algorithm;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.math.Tensor;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Drives an algorithm from a state to its end: batch, step, and at stated iterations evaluation and checkpoint. */
public final class RunLoop {

    /** The norm of the gradient of an outer batch, terms in x alone included, and its standard error. */
    static final String GRADIENT_NORM = "gradientNorm";

    static final String GRADIENT_STANDARD_ERROR = "gradientStandardError";

    private static final String ITERATION = "iteration";

    private static final String REMEDY = "; lower the step sizes, or look at the rewards of the problem";

    /**
     * When to stop and what to do on the way.
     *
     * @param iterations outer iterations after which the run is complete
     * @param samples environment steps of training after which it is complete, checked at outer iterations
     * @param stationarityGap exact gap at or below which it is complete, checked at evaluations
     * @param test of the sampled gradient by which it is complete, a look at each evaluation
     * @param evaluateEvery outer iterations between rows of metrics
     * @param checkpointEvery outer iterations between checkpoints
     */
    public record Plan(
            long iterations,
            OptionalLong samples,
            OptionalDouble stationarityGap,
            Optional<StationarityTest> test,
            long evaluateEvery,
            long checkpointEvery) {

        /** A plan without a test. */
        public Plan(
                long iterations,
                OptionalLong samples,
                OptionalDouble stationarityGap,
                long evaluateEvery,
                long checkpointEvery) {
            this(iterations, samples, stationarityGap, Optional.empty(), evaluateEvery, checkpointEvery);
        }

        /** The same plan with another number of iterations. */
        public Plan endingAt(long last) {
            return new Plan(last, samples, stationarityGap, test, evaluateEvery, checkpointEvery);
        }

        /**
         * Whether a row that was taken after a step meets a limit.
         *
         * @param row of metrics, with its iteration
         */
        public boolean isStationary(SortedMap<String, Double> row) {
            boolean exact = stationarityGap.isPresent()
                    && row.getOrDefault(Evaluation.STATIONARITY_GAP, Double.POSITIVE_INFINITY)
                            <= stationarityGap.getAsDouble();
            return exact
                    || test.filter(one -> row.containsKey(GRADIENT_NORM)
                                    && one.accepts(
                                            row.get(GRADIENT_NORM),
                                            row.get(GRADIENT_STANDARD_ERROR),
                                            row.get(ITERATION).longValue() / evaluateEvery))
                            .isPresent();
        }
    }

    private final Algorithm algorithm;
    private final GradientOracle oracle;
    private final Evaluation evaluation;
    private final RunRecorder recorder;
    private final Plan plan;
    private final BooleanSupplier stopRequested;

    /**
     * Takes the parts of a run.
     *
     * @param stopRequested asked between batches; true commits the state and returns
     */
    public RunLoop(
            Algorithm algorithm,
            GradientOracle oracle,
            Evaluation evaluation,
            RunRecorder recorder,
            Plan plan,
            BooleanSupplier stopRequested) {
        this.algorithm = algorithm;
        this.oracle = oracle;
        this.evaluation = evaluation;
        this.recorder = recorder;
        this.plan = plan;
        this.stopRequested = stopRequested;
    }

    /** Whether a state has reached a limit that needs no evaluation. */
    public static boolean isComplete(State state, Plan plan) {
        return state.phase() == 0
                && (state.iteration() >= plan.iterations
                        || (plan.samples.isPresent() && state.samples() >= plan.samples.getAsLong()));
    }

    /**
     * Runs until a limit is met, values are not finite or a stop is requested; the last state is committed in each case,
     * unless the stop came before the first row: then there is none, and the next start is a fresh one again.
     *
     * @param start the initial state or that of a checkpoint
     * @param fresh whether {@code start} is the initial state, whose figures then make the first row
     * @throws DivergedException if a sum, a step or a figure is not finite
     */
    public Outcome run(State start, boolean fresh) {
        State state = start;
        if (fresh) {
            Optional<SortedMap<String, Double>> figures =
                    orDiverged(start, () -> evaluation.first(algorithm, start, this::goesOn));
            if (figures.isEmpty()) {
                return Outcome.RUNNING;
            }
            recorder.measured(row(start, new TreeMap<>(), figures.get()));
            recorder.checkpoint(state, Outcome.RUNNING);
        }
        boolean committed = true;
        while (!isComplete(state, plan)) {
            if (stopRequested.getAsBoolean()) {
                if (!committed) {
                    recorder.checkpoint(state, Outcome.RUNNING);
                }
                return Outcome.RUNNING;
            }
            State before = state;
            Algorithm.Progress progress = orDiverged(before, () -> advance(algorithm, oracle, before, place(before)));
            State next = progress.next();
            state = next;
            committed = false;
            recorder.progressed(state, progress.measurements());
            if (state.phase() != 0) {
                continue;
            }
            if (state.iteration() % plan.evaluateEvery == 0) {
                SortedMap<String, Double> figures = orDiverged(next, () -> evaluation.measure(algorithm, next));
                SortedMap<String, Double> row = row(next, progress.measurements(), figures);
                recorder.measured(row);
                if (plan.isStationary(row)) {
                    break;
                }
            }
            if (state.iteration() % plan.checkpointEvery == 0 && !isComplete(state, plan)) {
                recorder.checkpoint(state, Outcome.RUNNING);
                committed = true;
            }
        }
        recorder.checkpoint(state, Outcome.COMPLETE);
        return Outcome.COMPLETE;
    }

    private boolean goesOn(String work, long done, long total) {
        recorder.preparing(work, done, total);
        return !stopRequested.getAsBoolean();
    }

    /** The outcome of some work; where its values are not finite, the state that it started from is kept. */
    private <T> T orDiverged(State state, Supplier<T> work) {
        try {
            return work.get();
        } catch (DivergedException diverged) {
            recorder.checkpoint(state, Outcome.DIVERGED);
            throw diverged;
        } catch (ArithmeticException notFinite) {
            recorder.checkpoint(state, Outcome.DIVERGED);
            throw new DivergedException(notFinite.getMessage() + " at " + place(state) + REMEDY, notFinite);
        }
    }

    /** Where a run stands: an engine lists a batch by it, and a failure tells it. */
    private static String place(State state) {
        return "step " + state.step() + ", iteration " + state.iteration() + ", phase " + state.phase();
    }

    /** Asks for a state's batch, has it evaluated under the name of a place, and takes the step. */
    static Algorithm.Progress advance(Algorithm algorithm, GradientOracle oracle, State state, String place) {
        BatchRequest request = algorithm.request(state);
        if (request.isEmpty()) {
            return requireNumbers(algorithm.step(state, BatchResult.none(request)), place);
        }
        BatchResult result = oracle.evaluate(request, place);
        if (result.nonFinite() > 0) {
            throw new DivergedException(result.nonFinite() + " units of " + place + " were not finite" + REMEDY);
        }
        return requireNumbers(algorithm.step(state, result), place);
    }

    /**
     * Finite sums can lead to a state that is no numbers any more, where a step is too long for its arithmetic. Minus
     * infinity is the logarithm of an action that is never played, but no upper variable.
     */
    private static Algorithm.Progress requireNumbers(Algorithm.Progress progress, String place) {
        progress.next().tensors().forEach((name, tensor) -> {
            if (tensor instanceof Tensor.Real real) {
                for (double value : real.values()) {
                    boolean finite = Double.isFinite(value);
                    boolean logarithm = value == Double.NEGATIVE_INFINITY && !name.equals("upper");
                    if (!finite && !logarithm) {
                        throw new DivergedException(
                                "after " + place + ", " + name + " is not a finite number any more" + REMEDY);
                    }
                }
            }
        });
        return progress;
    }

    private static SortedMap<String, Double> row(
            State state, SortedMap<String, Double> measurements, SortedMap<String, Double> figures) {
        SortedMap<String, Double> row = new TreeMap<>(measurements);
        row.put(ITERATION, (double) state.iteration());
        row.put("step", (double) state.step());
        row.put("lowerSamples", (double) state.lowerSamples());
        row.put("upperSamples", (double) state.upperSamples());
        row.put("samples", (double) state.samples());
        row.putAll(figures);
        return row;
    }
}
