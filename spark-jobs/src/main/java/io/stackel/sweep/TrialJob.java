package io.stackel.sweep;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.stackel.run.CommandFailure;
import io.stackel.run.RunEnd;
import io.stackel.spark.SparkEngine;
import io.stackel.spark.TaskForEach;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Runs whole trials inside Spark tasks, one a task. A task that is lost is done again, and its trial goes on from its last
 * commit.
 */
public final class TrialJob {

    private static final String GROUP = "sweep";

    /** A text beyond this does not belong into a task; the configuration names what is large by its place. */
    private static final int MOST_CHARACTERS = 1 << 20;

    private final TaskForEach tasks;
    private final Runner runner;
    private final URI root;

    /** Runs one trial to its end in this process; sent to executors. */
    @FunctionalInterface
    public interface Runner extends Serializable {

        /**
         * Runs a trial, or goes on with it. It does not throw for what a trial can do wrong.
         *
         * @param out the run's directory
         * @param stopRequested asked between batches; true ends the trial after a commit
         */
        RunEnd run(Trial trial, URI out, BooleanSupplier stopRequested);
    }

    /** Registers what Kryo carries when trials run inside tasks. */
    public static final class Registrator implements KryoRegistrator {

        @Override
        public void registerClasses(Kryo kryo) {
            kryo.register(Trial.class, new JavaSerializer());
            kryo.register(RunEnd.class, new JavaSerializer());
        }
    }

    /**
     * Prepares to run trials of one sweep as a Spark job, a task each.
     *
     * @param runner sent to executors
     * @param root of the sweep
     */
    public TrialJob(JavaSparkContext context, Runner runner, URI root) {
        tasks = new TaskForEach(context, GROUP);
        this.runner = runner;
        this.root = root;
    }

    /**
     * Settings with which trials are run: a second copy of a slow trial would only fence the first. Spark's own count of lost
     * tasks must not end the job of all before {@link TrialAttempt} blames one.
     */
    public static SparkConf settings(SparkConf given) {
        return SparkEngine.withRegistrator(TaskForEach.settings(given), Registrator.class);
    }

    /**
     * Returns if every trial fits a task.
     *
     * @throws CommandFailure if one does not
     */
    public static void requireSmall(List<Trial> trials) {
        for (Trial trial : trials) {
            if (trial.configuration().length() > MOST_CHARACTERS) {
                throw CommandFailure.usage("the configuration of trial " + trial.name() + " must have at most "
                        + MOST_CHARACTERS + " characters to be sent to a task, but has "
                        + trial.configuration().length()
                        + "; name large tables by problem.file or a data set");
            }
        }
    }

    /**
     * Runs trials; returns when all have ended or the job was cancelled.
     *
     * @param ended receives each trial and how it ended, one at a time, in the order of their ends
     * @return why Spark ended the job before all trials had ended, if it did
     */
    public Optional<String> run(List<Trial> trials, BiConsumer<Trial, RunEnd> ended) {
        Runner work = runner;
        URI home = root;
        return tasks.run(
                trials,
                "sweep " + root + ", " + trials.size() + " trials",
                (trial, stop) -> work.run(trial, SweepDirectory.trial(home, trial), stop),
                RunEnd.class,
                ended);
    }

    /** Asks the trials in flight to commit and stop. */
    public void cancel() {
        tasks.cancel();
    }
}
