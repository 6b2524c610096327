package io.stackel.api;

import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.State;
import io.stackel.run.RunEnvironment;
import io.stackel.run.RunProgress;
import io.stackel.run.Stopwatch;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** A run in the process of a program: a listener follows it, and the program may stop it. */
final class FollowedRun implements RunEnvironment {

    private final RunListener listener;
    private final BooleanSupplier stop;
    private boolean interrupted;

    FollowedRun(RunListener listener, BooleanSupplier stop) {
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * An interrupt is remembered and cleared, here and wherever a commit may follow, because a thread that is interrupted cannot
     * write files.
     */
    @Override
    public BooleanSupplier stopRequested() {
        return () -> {
            rememberInterrupt();
            return interrupted || stop.getAsBoolean();
        };
    }

    private void rememberInterrupt() {
        interrupted |= Thread.interrupted();
    }

    /** Interrupts the thread again that was interrupted. */
    void restoreInterrupt() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void tell(String lines) {
        listener.told(lines);
    }

    @Override
    public RunProgress progress(RunLoop.Plan plan, Stopwatch watch) {
        return new RunProgress() {

            private SortedMap<String, Double> figures = Collections.emptySortedMap();

            @Override
            public void learn(SortedMap<String, Double> latest) {
                rememberInterrupt();
                SortedMap<String, Double> all = new TreeMap<>(figures);
                all.putAll(latest);
                figures = Collections.unmodifiableSortedMap(all);
            }

            @Override
            public void show(State state) {
                listener.progressed(
                        new RunListener.Progress(state.iteration(), plan.iterations(), state.samples(), figures));
            }
        };
    }
}
