package io.stackel.spark;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.Estimand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Where the batches of a run are evaluated, and in how many tasks, by what earlier ones took. A batch whose work is less than
 * a job costs stays on the driver. Another one is cut into P tasks where J + P c + W / P is least: P near sqrt(W / c), for
 * W seconds of work and c seconds that a task costs the driver. None of this shows in a bit of a result.
 */
final class Placement {

    /** What newer work counts beside older. */
    private static final double NEWEST = 0.5;

    private final JobCost cost = new JobCost();
    private final Map<Kind, Double> secondsByKind = new HashMap<>();
    private boolean warm;

    /** Batches of which a chunk is about as much work. */
    private record Kind(List<Class<? extends Estimand>> estimands, int horizon, int unitsPerChunk) {

        static Kind of(BatchRequest request) {
            return new Kind(
                    request.estimands().stream()
                            .<Class<? extends Estimand>>map(Estimand::getClass)
                            .toList(),
                    request.horizon(),
                    request.unitsPerChunk());
        }
    }

    /** Seconds of one core that a batch takes; nothing for the first of its kind. */
    OptionalDouble work(BatchRequest request) {
        Double seconds = secondsByKind.get(Kind.of(request));
        return seconds == null ? OptionalDouble.empty() : OptionalDouble.of(seconds * request.chunks());
    }

    /**
     * The number of tasks of a batch; 0 for the driver.
     *
     * @param work of the batch in seconds of one core
     * @param slots tasks that the cluster can run at once, now or once it has grown
     */
    int tasks(double work, int slots) {
        if (work <= cost.of(1)) {
            return 0;
        }
        double best = Math.sqrt(work / cost.task());
        return (int) Math.max(1, Math.min(slots, Math.round(best)));
    }

    /**
     * Learns what a batch took.
     *
     * @param chunks of it that were evaluated
     * @param work in seconds of one core
     */
    void learnWork(BatchRequest request, long chunks, double work) {
        double seconds = work / chunks;
        secondsByKind.merge(Kind.of(request), seconds, (old, now) -> (1 - NEWEST) * old + NEWEST * now);
    }

    /**
     * Learns what a job cost; the first one of a run, which loads classes, teaches nothing.
     *
     * @param seconds without the work of its tasks
     */
    void learnCost(int tasks, double seconds) {
        if (warm) {
            cost.learn(tasks, seconds);
        }
        warm = true;
    }
}
