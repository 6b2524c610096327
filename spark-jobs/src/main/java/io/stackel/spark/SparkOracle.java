package io.stackel.spark;

import io.stackel.algorithm.GradientOracle;
import io.stackel.algorithm.State;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.estimate.RangeSums;
import io.stackel.store.StorageException;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Evaluates batches on Spark, one job a batch, or on the driver where a batch is less work than a job: the same bits as
 * {@link io.stackel.algorithm.LocalOracle}, whatever the placement, partitions, executors, retries and speculation.
 *
 * <p>One thread evaluates; any thread may close, which ends the batch in flight.
 */
public class SparkOracle implements GradientOracle {

    private final JavaSparkContext context;
    private final String run;
    private final OptionalInt partitions;
    private final OptionalLong batchSeconds;
    private final ChunkEvaluator.Source source;
    private final Broadcast<ProblemHolder> holder;
    private final String group;
    private final Placement placement = new Placement();
    private final Growth growth;
    private final DriverEvaluation driver;
    private final ExecutorEvaluation executors;
    private int lastTasks;
    private volatile boolean closed;

    /**
     * Builds the problem for the driver and broadcasts its bytes.
     *
     * @param context stays open when the oracle is closed
     * @param run the name under which Spark lists the jobs
     * @param recipe builds problem and policy from {@code bytes}
     * @param bytes what the recipe needs, sent once to each executor
     * @param partitions tasks of every batch, at least 1; absent for as many as its work is worth, none where it is less than
     *     a job costs
     * @param batchSeconds after which a batch is given up; absent for never
     */
    public SparkOracle(
            JavaSparkContext context,
            String run,
            ProblemRecipe recipe,
            byte[] bytes,
            OptionalInt partitions,
            OptionalLong batchSeconds) {
        this(context, run, recipe, bytes, partitions, batchSeconds, Transport.USUAL);
    }

    SparkOracle(
            JavaSparkContext context,
            String run,
            ProblemRecipe recipe,
            byte[] bytes,
            OptionalInt partitions,
            OptionalLong batchSeconds,
            Transport transport) {
        if (partitions.isPresent() && partitions.getAsInt() < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, but was " + partitions.getAsInt());
        }
        this.context = context;
        this.run = run;
        this.partitions = partitions;
        this.batchSeconds = batchSeconds;
        ProblemHolder built = new ProblemHolder(bytes);
        source = built.source(recipe);
        holder = context.broadcast(built);
        group = run + " #" + holder.id();
        growth = new Growth(context);
        int cores = context.sc().isLocal()
                ? context.defaultParallelism()
                : Runtime.getRuntime().availableProcessors();
        driver = new DriverEvaluation(source, cores, batchSeconds);
        executors = new ExecutorEvaluation(context, source, recipe, holder, batchSeconds, transport);
    }

    /**
     * Evaluates a batch.
     *
     * @throws BatchFailedException if a task failed as often as Spark allows, or the batch took longer than allowed
     * @throws BatchRefusedException if the sums of its tasks are more than Spark's driver accepts
     * @throws StorageException if what failed it was a data set
     * @throws CancellationException if the calling thread was interrupted or the oracle closed
     */
    @Override
    public BatchResult evaluate(BatchRequest request, String description) {
        String batch = run + ", " + description;
        try {
            if (closed) {
                throw new CancellationException();
            }
            lastTasks = tasks(request, batch);
            List<TimedSums> ranges = lastTasks == 0
                    ? List.of(onDriver(request, request.chunks(), batch))
                    : asJob(request, batch, lastTasks);
            return RangeSums.merge(
                    source, request, ranges.stream().map(TimedSums::sums).toList());
        } catch (Exception failure) {
            throw translated(failure, batch);
        }
    }

    private int tasks(BatchRequest request, String batch) throws InterruptedException {
        if (partitions.isPresent()) {
            return partitions.getAsInt();
        }
        Slots slots = Slots.of(context);
        if (placement.work(request).isEmpty()) {
            // Of the first batch of a kind nothing is known: one chunk tells, and is not used.
            onDriver(request, 1, batch);
        }
        int tasks = placement.tasks(placement.work(request).getAsDouble(), slots.most());
        growth.askFor(tasks, slots);
        return tasks;
    }

    private TimedSums onDriver(BatchRequest request, long chunks, String batch) throws InterruptedException {
        ChunkRange range = new ChunkRange(0, 0, chunks);
        TimedSums sums;
        try {
            sums = driver.evaluate(request, range);
        } catch (TimeoutException late) {
            throw BatchFailedException.overdue(batch, List.of(range), request, batchSeconds, late);
        }
        placement.learnWork(request, chunks, sums.workSeconds());
        return sums;
    }

    private List<TimedSums> asJob(BatchRequest request, String batch, int tasks) throws Exception {
        CallersJobs callers = CallersJobs.of(context);
        context.setJobGroup(group, batch, true);
        CallersJobs.nameCallSite(context, "batch");
        try {
            long begun = System.nanoTime();
            int slots = Slots.of(context).now();
            List<TimedSums> ranges = executors.evaluate(request, batch, group, tasks);
            learn(request, ranges, (System.nanoTime() - begun) / 1e9, slots);
            return ranges;
        } finally {
            callers.restore(context);
        }
    }

    private void learn(BatchRequest request, List<TimedSums> ranges, double seconds, int slots) {
        double work = 0;
        double busy = 0;
        double longest = 0;
        int threads = context.getConf().getInt("spark.task.cpus", 1);
        for (TimedSums range : ranges) {
            double task = range.openSeconds() + range.workSeconds() / threads;
            work += range.workSeconds();
            busy += task;
            longest = Math.max(longest, task);
        }
        placement.learnWork(request, request.chunks(), work);
        if (ranges.size() > 1) {
            placement.learnCost(ranges.size(), seconds - Math.max(longest, busy / slots));
        }
    }

    /** Posts the figures to Spark's listeners, among them those of {@link StackelPlugin}. */
    @Override
    public void show(State state, SortedMap<String, Double> figures) {
        SortedMap<String, Double> all = new TreeMap<>(figures);
        all.put("iteration", (double) state.iteration());
        all.put("step", (double) state.step());
        all.put("tasks", (double) lastTasks);
        context.sc().listenerBus().post(new RunFigures(state.samples(), all));
    }

    /** Among what Spark throws are checked exceptions that it does not declare. */
    private RuntimeException translated(Exception failure, String batch) {
        if (failure instanceof InterruptedException) {
            context.cancelJobGroup(group);
            Thread.currentThread().interrupt();
            return new CancellationException(batch + ": interrupted");
        }
        if (failure instanceof BatchFailedException || failure instanceof BatchRefusedException) {
            return (RuntimeException) failure;
        }
        if (closed) {
            return new CancellationException(batch + ": the engine was closed");
        }
        if (Thread.currentThread().isInterrupted()) {
            return new CancellationException(batch + ": interrupted");
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StorageException storage) {
                return storage;
            }
            if (cause instanceof RangeFailedException) {
                return new BatchFailedException(batch + ", " + cause.getMessage(), cause);
            }
        }
        String firstLine = failure.toString().lines().findFirst().orElseThrow();
        return new BatchFailedException(batch + ": " + firstLine, failure);
    }

    /** Ends the batch in flight and frees what the problem occupies in the cluster. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            driver.close();
            // A thread that is interrupted could not wait for Spark's answer.
            boolean interrupted = Thread.interrupted();
            if (!context.sc().isStopped()) {
                context.sc().cancelJobGroupAndFutureJobs(group);
                holder.destroy();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
