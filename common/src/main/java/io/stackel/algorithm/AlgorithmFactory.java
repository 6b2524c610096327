package io.stackel.algorithm;

import io.stackel.problem.Parameter;
import io.stackel.problem.Settings;
import java.util.List;

/** Builds one algorithm from its settings; the entry by which the catalogue finds it. */
public interface AlgorithmFactory {

    /** The name in {@code algorithm.name}. */
    String name();

    /** One line for help texts. */
    String summary();

    /** The keys of the {@code algorithm} section besides {@code name}. */
    List<Parameter> parameters();

    /**
     * Builds the algorithm.
     *
     * @throws IllegalArgumentException if it cannot solve this problem this way, with the reason
     */
    Algorithm create(ProblemSetup setup, Settings settings);
}
