package io.stackel.run;

import io.stackel.algorithm.State;
import java.util.SortedMap;

/** Shows how far a driver is, as often as it sees fit; by default never. */
public interface RunProgress {

    /** How far the work before the first row is. */
    default void prepare(String work, long done, long total) {}

    /** The figures of a row or of a step; later ones replace earlier ones. */
    default void learn(SortedMap<String, Double> latest) {}

    /** Shows that a run has reached a state. */
    default void show(State state) {}

    /** Other text follows. */
    default void end() {}
}
