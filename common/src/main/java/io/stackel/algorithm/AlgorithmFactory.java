package io.stackel.algorithm;

import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.Settings;
import java.util.List;
import java.util.Optional;

/** Builds one algorithm from its settings; the entry by which the catalogue finds it. */
public interface AlgorithmFactory {

    /** The name in {@code algorithm.name}. */
    String name();

    /** One line for help texts. */
    String summary();

    /** The keys of the {@code algorithm} section besides {@code name}. */
    List<Parameter> parameters();

    /** What keeps the algorithm from a problem, whatever its settings; nothing if it can run, or if that is not known yet. */
    default Optional<String> refusal(Problem problem) {
        return Optional.empty();
    }

    /**
     * Builds the algorithm.
     *
     * @throws IllegalArgumentException if it cannot solve this problem this way, with the reason
     */
    Algorithm create(ProblemSetup setup, Settings settings);
}
