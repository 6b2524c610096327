package io.stackel.run;

import io.stackel.algorithm.GradientOracle;
import io.stackel.algorithm.State;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** Starts an engine when the first batch asks for it: what needs no samples starts none. */
final class LazyOracle implements GradientOracle {

    private final Supplier<GradientOracle> engine;
    private Optional<GradientOracle> started = Optional.empty();
    private boolean closed;

    LazyOracle(Supplier<GradientOracle> engine) {
        this.engine = engine;
    }

    @Override
    public BatchResult evaluate(BatchRequest request, String description) {
        return started().evaluate(request, description);
    }

    /** Shows it where an engine has started. */
    @Override
    public synchronized void show(State state, SortedMap<String, Double> figures) {
        if (!closed) {
            started.ifPresent(oracle -> oracle.show(state, figures));
        }
    }

    private synchronized GradientOracle started() {
        if (closed) {
            throw new CancellationException("the engine was closed");
        }
        if (started.isEmpty()) {
            started = Optional.of(engine.get());
        }
        return started.get();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            started.ifPresent(GradientOracle::close);
        }
    }
}
