package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import java.util.List;
import java.util.TreeMap;

/** The lower level alone: x stays where it starts, and an iteration is the inner batches. */
record LowerOnly() implements Method {

    @Override
    public List<Target> targets() {
        return List.of(Target.BEST_RESPONSE);
    }

    @Override
    public List<Estimand> estimands(State state) {
        return List.of();
    }

    @Override
    public boolean movesUpper() {
        return false;
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        return new Gradient(new double[state.real("upper").length], 0, new TreeMap<>());
    }
}
