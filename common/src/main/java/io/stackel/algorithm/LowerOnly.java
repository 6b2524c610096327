package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;

/** The lower level alone: x stays where it starts, and an iteration is the inner batches. */
record LowerOnly() implements Method {

    @Override
    public boolean movesUpper() {
        return false;
    }

    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        return new Gradient(new double[state.real("upper").length], 0);
    }
}
