package io.stackel.run;

import io.stackel.algorithm.GradientOracle;
import io.stackel.algorithm.Outcome;
import io.stackel.algorithm.RunRecorder;
import io.stackel.algorithm.State;
import java.util.SortedMap;

/** Records a run and shows it at the engine, too. */
final class ShownRecorder implements RunRecorder {

    private final RunRecorder recorder;
    private final GradientOracle engine;
    private State reached;

    /**
     * Passes every event on to {@code recorder}, then figures to {@code engine}.
     *
     * @param recorder called first
     * @param start the state from which the run goes on
     */
    ShownRecorder(RunRecorder recorder, GradientOracle engine, State start) {
        this.recorder = recorder;
        this.engine = engine;
        reached = start;
    }

    @Override
    public void preparing(String work, long done, long total) {
        recorder.preparing(work, done, total);
    }

    @Override
    public void progressed(State state, SortedMap<String, Double> measurements) {
        reached = state;
        recorder.progressed(state, measurements);
        engine.show(state, measurements);
    }

    @Override
    public void measured(SortedMap<String, Double> row) {
        recorder.measured(row);
        engine.show(reached, row);
    }

    @Override
    public void checkpoint(State state, Outcome outcome) {
        recorder.checkpoint(state, outcome);
    }
}
