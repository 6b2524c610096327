package io.stackel.spark;

import io.stackel.algorithm.Workers;
import io.stackel.estimate.ChunkEvaluator;
import java.io.Serializable;

/** The bytes of a problem as they are broadcast, and the problem that a process builds from them once. */
final class ProblemHolder implements Serializable {

    private static final long serialVersionUID = 1L;

    private final byte[] bytes;
    private transient ChunkEvaluator.Source source;
    private transient Workers workers;

    ProblemHolder(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** The problem; the first call in a process builds it. */
    synchronized ChunkEvaluator.Source source(ProblemRecipe recipe) {
        if (source == null) {
            source = recipe.build(bytes, Thread.currentThread().getContextClassLoader());
        }
        return source;
    }

    /**
     * Threads for tasks that have several cores each, shared by those of a process.
     *
     * @param threads of a task
     */
    synchronized Workers workers(int threads) {
        if (workers == null) {
            workers = new Workers(
                    threads == 1 ? 1 : Math.max(threads, Runtime.getRuntime().availableProcessors()));
        }
        return workers;
    }
}
