package io.stackel.run;

import io.stackel.algorithm.State;
import java.util.SortedMap;

/** Shows how far a driver is, as often as it sees fit. */
public interface RunProgress {

    /** Shows nothing. */
    RunProgress UNSEEN = new RunProgress() {
        @Override
        public void prepare(String work, long done, long total) {}

        @Override
        public void learn(SortedMap<String, Double> latest) {}

        @Override
        public void show(State state) {}

        @Override
        public void end() {}
    };

    /** How far the work before the first row is. */
    void prepare(String work, long done, long total);

    /** The figures of a row or of a step; later ones replace earlier ones. */
    void learn(SortedMap<String, Double> latest);

    /** Shows that a run has reached a state. */
    void show(State state);

    /** Other text follows. */
    void end();
}
