package io.stackel.spark;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a job of P tasks costs beside the work in it, in seconds: {@code job + P task}, learnt from the latest jobs of a run.
 * Both figures are changed by the factors that explain these jobs best, by least squares of relative errors, where a factor of
 * one has some weight too: jobs that all have as many tasks do not tell the figures apart. A job counts at most twice what was
 * expected, so that a lost executor or a pause of the driver does not turn the placement over.
 */
final class JobCost {

    /** On a standalone cluster of one machine with two cores. */
    private static final double FIRST_JOB = 0.010;

    private static final double FIRST_TASK = 0.0004;
    private static final int LATEST = 16;

    /** The weight of a factor of one, in jobs. */
    private static final double WEIGHT_OF_ONE = 1;

    private static final double MOST = 2;
    private static final double LEAST_SECONDS = 1e-6;

    private record Job(int tasks, double seconds) {}

    private final Deque<Job> latest = new ArrayDeque<>();
    private double job = FIRST_JOB;
    private double task = FIRST_TASK;

    /** Seconds that each task adds to a job. */
    double task() {
        return task;
    }

    /** Seconds that a job of {@code tasks} costs. */
    double of(int tasks) {
        return job + tasks * task;
    }

    /**
     * Learns from a job.
     *
     * @param seconds from its start to its end, without the work of its tasks
     */
    void learn(int tasks, double seconds) {
        latest.addLast(new Job(tasks, seconds));
        if (latest.size() > LATEST) {
            latest.removeFirst();
        }
        double jobs = WEIGHT_OF_ONE;
        double both = 0;
        double perTask = WEIGHT_OF_ONE;
        double seenOfJob = WEIGHT_OF_ONE;
        double seenOfTask = WEIGHT_OF_ONE;
        for (Job each : latest) {
            double expected = of(each.tasks);
            double share = job / expected;
            double seen = Math.max(0, Math.min(MOST, each.seconds / expected));
            jobs += share * share;
            both += share * (1 - share);
            perTask += (1 - share) * (1 - share);
            seenOfJob += share * seen;
            seenOfTask += (1 - share) * seen;
        }
        double determinant = jobs * perTask - both * both;
        job = changed(job, (seenOfJob * perTask - seenOfTask * both) / determinant);
        task = changed(task, (seenOfTask * jobs - seenOfJob * both) / determinant);
    }

    private static double changed(double seconds, double factor) {
        return Math.max(LEAST_SECONDS, seconds * Math.max(1 / MOST, Math.min(MOST, factor)));
    }
}
