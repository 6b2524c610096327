package io.stackel.spark;

import io.stackel.estimate.ChunkEvaluator;
import java.io.Serializable;

/**
 * Builds problem and policy from bytes, once in every process that evaluates chunks: the driver and each executor.
 *
 * <p>The recipe itself travels with every job by Java serialisation and should hold nothing; what it needs is in the
 * bytes, which travel once. It must give the same problem wherever it runs.
 */
@FunctionalInterface
public interface ProblemRecipe extends Serializable {

    /**
     * Builds problem and policy.
     *
     * @param bytes as given to {@link SparkOracle}; not to be written to
     * @param loader sees the classes of the application and of the user's jars; services are to be looked up with it
     */
    ChunkEvaluator.Source build(byte[] bytes, ClassLoader loader);
}
