package io.stackel.run;

import io.stackel.algorithm.RunLoop;

/** Whoever shows people how a run goes. */
public interface RunListener {

    /** Shows nothing: the result says all. */
    RunListener NOBODY = new RunListener() {
        @Override
        public void tell(String lines) {}

        @Override
        public RunProgress progress(RunLoop.Plan plan, Stopwatch watch) {
            return RunProgress.UNSEEN;
        }
    };

    /** One line or more, without the last line feed; shown at once. */
    void tell(String lines);

    /**
     * What shows the progress of one driver.
     *
     * @param watch started when the driver did
     */
    RunProgress progress(RunLoop.Plan plan, Stopwatch watch);
}
