package io.stackel.problem;

import java.util.List;

/**
 * Builds one family of problems from its settings; the entry by which the catalogue finds it.
 *
 * <p>A jar of the user's own lists its implementation in {@code META-INF/services/io.stackel.problem.ProblemFactory};
 * the implementation has a public constructor without arguments.
 */
public interface ProblemFactory {

    /** The name in {@code problem.name}: lower-case words joined by hyphens. */
    String name();

    /** One line for help texts. */
    String summary();

    /** The keys of the {@code problem} section besides {@code name}. */
    List<Parameter> parameters();

    /**
     * Whether its problems are {@link DataProblem}s: a configuration then names no policy and no sampling of trajectories.
     */
    default boolean fitsData() {
        return false;
    }

    /**
     * Builds the problem.
     *
     * @param settings a value for every declared key that has a default or was given
     * @throws IllegalArgumentException if the values contradict each other
     */
    Problem create(Settings settings);

    /**
     * Builds the problem where its settings may name data sets; a factory whose problems read some overrides this.
     *
     * @param data opens the data sets that the settings name
     * @throws IllegalArgumentException if the values contradict each other, or a data set cannot be opened
     */
    default Problem create(Settings settings, BlockSource data) {
        return create(settings);
    }
}
