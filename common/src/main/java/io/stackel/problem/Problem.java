package io.stackel.problem;

import io.stackel.random.RandomStream;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A bilevel problem: minimise {@code f(upper, best response)} over the upper variable.
 *
 * <p>An instance is immutable after construction: the threads of an executor share one.
 */
public sealed interface Problem permits TrajectoryProblem, DataProblem {

    /** This problem if its lower level samples trajectories. */
    default Optional<TrajectoryProblem> trajectories() {
        return Optional.empty();
    }

    /** This problem if its lower level fits a model to data. */
    default Optional<DataProblem> data() {
        return Optional.empty();
    }

    /** This problem if it is also one of this kind, such as a {@code FiniteProblem}. */
    default <T> Optional<T> as(Class<T> kind) {
        return kind.isInstance(this) ? Optional.of(kind.cast(this)) : Optional.empty();
    }

    /** The number m of upper variables. */
    int upperSize();

    /** What coordinate {@code i} of the upper variable is called where people read it. */
    default String upperName(int i) {
        return "x[" + i + "]";
    }

    /** Where a run starts; zeros unless the family's protocol says otherwise. */
    default DenseVector upperStart(RandomStream random) {
        return new DenseVector(new double[upperSize()]);
    }

    /**
     * Numbers of the lower level that were estimated from data, by name, each with its standard error under the name and
     * {@code StandardError}; they may be dear. The first row of metrics has them.
     */
    default SortedMap<String, Double> estimates() {
        return Collections.emptySortedMap();
    }

    /** The terms of the upper objective that depend on the upper variable alone, such as a cost. */
    default double upperTerm(DenseVector upper) {
        return 0;
    }

    /** Adds the gradient of {@link #upperTerm} to {@code into}, length m. */
    default void addUpperTermGradient(DenseVector upper, double[] into) {}
}
