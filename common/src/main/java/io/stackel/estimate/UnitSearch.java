package io.stackel.estimate;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds the unit at which an evaluation fails, by evaluating units one at a time: every draw has an address, so a unit
 * alone does what it did within its chunk.
 */
public final class UnitSearch {

    /**
     * A unit of one estimand.
     *
     * @param chunk in which it lies
     * @param estimand what is estimated from it
     * @param number of the unit
     */
    public record Unit(long chunk, Estimand estimand, long number) {

        /** Where the unit's draws are: purpose, stream and trajectories. */
        @Override
        public String toString() {
            String place = "unit " + number + " of " + estimand.purpose().name().toLowerCase(Locale.ROOT) + " stream "
                    + estimand.stream();
            int trajectories = estimand.trajectoriesPerUnit();
            if (trajectories == 0) {
                return place;
            }
            long first = number * trajectories;
            return place
                    + (trajectories == 1
                            ? ", trajectory " + first
                            : ", trajectories " + first + " to " + (first + trajectories - 1));
        }
    }

    /**
     * A unit with what stopped it.
     *
     * @param failure that its evaluation threw
     */
    public record Failed(Unit unit, Throwable failure) {}

    private UnitSearch() {}

    /**
     * Evaluates the units of chunks {@code from} up to, not including, {@code to}.
     *
     * @param before called with every unit before it is evaluated
     * @return the first that fails; nothing if none does
     */
    public static Optional<Failed> find(
            ChunkEvaluator.Source source, BatchRequest request, long from, long to, Consumer<Unit> before) {
        for (long chunk = from; chunk < to; chunk++) {
            for (Estimand estimand : request.estimands()) {
                BatchRequest single = request.unitsOf(estimand);
                long end = Math.min(estimand.units(), (chunk + 1) * request.unitsPerChunk());
                for (long number = chunk * request.unitsPerChunk(); number < end; number++) {
                    Unit unit = new Unit(chunk, estimand, number);
                    before.accept(unit);
                    try {
                        RangeSums.evaluate(source.open(single), single, number, number + 1);
                    } catch (Throwable failure) {
                        return Optional.of(new Failed(unit, failure));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
