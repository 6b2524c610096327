package io.stackel.cli;

import io.stackel.algorithm.RunLoop;
import io.stackel.run.RunListener;
import io.stackel.run.RunProgress;
import io.stackel.run.Stopwatch;

/** Shows people on stderr how a run goes. */
record RunScreen(Surroundings surroundings) implements RunListener {

    @Override
    public void tell(String lines) {
        surroundings.err().println(lines);
        surroundings.err().flush();
    }

    @Override
    public RunProgress progress(RunLoop.Plan plan, Stopwatch watch) {
        return new ProgressLine(surroundings, plan, watch);
    }
}
