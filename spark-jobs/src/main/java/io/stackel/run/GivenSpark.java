package io.stackel.run;

import io.stackel.algorithm.GradientOracle;
import io.stackel.spark.ExperimentRecipe;
import io.stackel.spark.SparkEngine;
import io.stackel.spark.SparkOracle;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The Spark that a caller has started, as a notebook has; it goes on after the run.
 *
 * @param context of the caller
 * @param partitions tasks of every batch; absent for as many as its work is worth
 * @param batchSeconds after which a batch is given up; absent for never
 * @param factory class of the problem's factory where no service entry lists it
 */
public record GivenSpark(
        JavaSparkContext context, OptionalInt partitions, OptionalLong batchSeconds, Optional<String> factory)
        implements BatchEngine {

    public GivenSpark {
        SparkVersion.require();
        if (context.sc().isStopped()) {
            throw CommandFailure.usage(
                    "the Spark context must be running, but was stopped; make a new session and give that one");
        }
        SparkEngine.refusal(context.getConf()).ifPresent(refusal -> {
            throw CommandFailure.usage(refusal);
        });
    }

    @Override
    public GradientOracle open(LoadedExperiment loaded) {
        return new LazyOracle(() -> new SparkOracle(
                context,
                loaded.runName(),
                new ExperimentRecipe(),
                ExperimentRecipe.pack(
                        loaded.configuration(), loaded.problemFile(), factory, context::hadoopConfiguration),
                partitions,
                batchSeconds));
    }

    @Override
    public String line() {
        return "engine: spark, the given context (master " + context.master() + ")";
    }

    @Override
    public boolean isSpark() {
        return true;
    }

    @Override
    public SortedMap<String, Object> description() {
        SortedMap<String, Object> words = new TreeMap<>();
        words.put("engine", EngineChoice.Kind.SPARK.toString());
        words.put("master", context.master());
        partitions.ifPresent(value -> words.put("partitions", value));
        return words;
    }
}
