package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.math.Tensor;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * An algorithm whose outer batches are as large as their noise asks for. With g the gradient of a batch and SE its standard
 * error, |g|^2 - SE^2 estimates the signal without bias. The next batch has
 *
 * <pre>
 *   twice the units   if  |g|^2 - SE^2 &lt; r^2 SE^2          r the signal-to-noise ratio that is asked for
 *   half of them      if  |g|^2 - SE^2 &gt; 4 r^2 SE^2        of which half a batch still has root 2 of what it needs
 * </pre>
 *
 * <p>and as many otherwise, never fewer than at the start. A size is fixed before its batch is drawn, so every gradient is as
 * unbiased as that of a fixed batch.
 */
public final class AdaptiveBatches extends SwitchingAlgorithm {

    private static final String UNITS = "batch/units";

    private final Rule rule;

    /**
     * How large batches are.
     *
     * @param signalToNoise r, above 0
     * @param fewest units of an outer batch, those of the first one
     * @param most units of an outer batch, at least {@code fewest}
     */
    public record Rule(double signalToNoise, long fewest, long most) {

        /**
         * The units of the next batch.
         *
         * @param norm of the gradient of a batch
         * @param standardError of it
         */
        long next(long units, double norm, double standardError) {
            double signal = norm * norm - standardError * standardError;
            double needed = signalToNoise * signalToNoise * standardError * standardError;
            if (signal < needed && 2 * units <= most) {
                return 2 * units;
            }
            return signal > 4 * needed && units / 2 >= fewest ? units / 2 : units;
        }
    }

    /**
     * Wraps an algorithm.
     *
     * @param sized the algorithm whose outer batches have so many units
     */
    public AdaptiveBatches(LongFunction<Algorithm> sized, Rule rule) {
        super(sized, rule.fewest());
        this.rule = rule;
    }

    @Override
    long number(State state) {
        return state.whole(UNITS)[0];
    }

    @Override
    public State init() {
        return super.init().with(units(rule.fewest()));
    }

    private static Map<String, Tensor> units(long units) {
        return Map.of(UNITS, Tensor.of(new long[] {units}));
    }

    @Override
    public Progress step(State state, BatchResult result) {
        Progress progress = super.step(state, result);
        SortedMap<String, Double> measured = progress.measurements();
        if (progress.next().phase() != 0 || !measured.containsKey(RunLoop.GRADIENT_NORM)) {
            return progress;
        }
        long now = state.whole(UNITS)[0];
        long next = rule.next(now, measured.get(RunLoop.GRADIENT_NORM), measured.get(RunLoop.GRADIENT_STANDARD_ERROR));
        SortedMap<String, Double> more = new TreeMap<>(measured);
        more.put("upperUnits", (double) now);
        return new Progress(progress.next().with(units(next)), more);
    }
}
