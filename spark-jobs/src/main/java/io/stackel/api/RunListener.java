package io.stackel.api;

import io.stackel.run.Quantities;
import java.io.PrintStream;
import java.util.SortedMap;

/** Follows a run; called on the thread of the run, which waits for it. */
public interface RunListener {

    /**
     * Where a run stands.
     *
     * @param iteration outer iterations that are done
     * @param iterations after which the run is complete at the latest
     * @param samples environment steps of training, or gradient-oracle calls
     * @param figures of the latest row of metrics and of the latest step, by name, as {@code upperObjective}
     */
    record Progress(long iteration, long iterations, long samples, SortedMap<String, Double> figures) {}

    /** What there is to say in words: where the run starts, notices. One line or more, without the last line feed. */
    default void told(String lines) {}

    /** After each step. */
    default void progressed(Progress progress) {}

    /** Prints what there is to say and, at most once in some seconds, where the run stands. */
    static RunListener printing(PrintStream into, double seconds) {
        return new RunListener() {

            private long next = System.nanoTime();

            @Override
            public void told(String lines) {
                into.println(lines);
            }

            @Override
            public void progressed(Progress progress) {
                long now = System.nanoTime();
                if (now - next >= 0) {
                    next = now + (long) (1e9 * seconds);
                    into.println(line(progress));
                }
            }

            private static String line(Progress progress) {
                Double objective = progress.figures().get("upperObjective");
                return "iteration " + progress.iteration() + " of " + progress.iterations() + ", "
                        + Quantities.count((double) progress.samples()) + " samples"
                        + (objective == null ? "" : ", upperObjective " + Quantities.number(objective));
            }
        };
    }
}
