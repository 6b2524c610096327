package io.stackel.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.math.Sha256;
import io.stackel.run.RunEnd;
import io.stackel.spark.SparkEngine;
import io.stackel.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials in executors that are processes of their own and that one trial ends, each time. */
class LostTrialsIT {

    private static final long POISONED = 1;

    @TempDir
    Path folder;

    /** Trial 1 ends the process it is in; the others end well. */
    private static final class Poison implements TrialJob.Runner {

        private static final long serialVersionUID = 1L;

        private final URI root;

        Poison(URI root) {
            this.root = root;
        }

        @Override
        public RunEnd run(Trial trial, URI out, BooleanSupplier stopRequested) {
            SweepDirectory sweep = new SweepDirectory(Stores.openForReading(root, Configuration::new));
            return new TrialKeeping(trial, sweep, Stores.openForReading(out, Configuration::new))
                    .keepInTask(UUID.randomUUID().toString(), () -> work(trial));
        }

        private static RunEnd work(Trial trial) {
            if (trial.seed() == POISONED) {
                Runtime.getRuntime().halt(1);
            }
            return RunEnd.complete(0);
        }
    }

    private static List<Trial> trials(int count) {
        List<Trial> trials = new ArrayList<>();
        for (long seed = 0; seed < count; seed++) {
            String identity = Sha256.of("seed " + seed);
            trials.add(new Trial("one-" + identity.substring(0, 12), identity, seed, Map.of(), "{}"));
        }
        return trials;
    }

    @Test
    void theTrialThatEndsItsExecutorIsFailedAndAllOthersAreComplete() throws IOException {
        Map<Long, RunEnd> ends = new TreeMap<>();
        SparkConf settings = TrialJob.settings(new SparkConf().set("spark.executor.memory", "512m"));
        try (SparkEngine engine = SparkEngine.open("local-cluster[1,2,1024]", "LostTrialsIT", settings)) {
            TrialJob job = new TrialJob(engine.context(), new Poison(folder.toUri()), folder.toUri());

            assertThat(job.run(trials(6), (trial, result) -> ends.put(trial.seed(), result)))
                    .isEmpty();
        }

        assertThat(ends).hasSize(6);
        ends.forEach((seed, end) ->
                assertThat(end.exitCode().code()).as(seed + ": " + end).isEqualTo(seed == POISONED ? 3 : 0));
        assertThat(ends.get(POISONED).reason()).startsWith("its process ended 4 times before the trial did");
        assertThat(folder.resolve("failures")).isDirectoryContaining("glob:**.json");
        // A process that ended while another trial of it wrote leaves a temporary file, which nobody reads.
        assertThat(folder.resolve("attempts")).isDirectoryNotContaining("glob:**.json");
    }
}
