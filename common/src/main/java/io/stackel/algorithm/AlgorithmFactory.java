package io.stackel.algorithm;

import io.stackel.problem.Parameter;
import io.stackel.problem.Problem;
import io.stackel.problem.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Builds one algorithm from its settings; the entry by which the catalogue finds it.
 *
 * <p>A jar of the user's own lists its implementation in {@code META-INF/services/io.stackel.algorithm.AlgorithmFactory};
 * the implementation has a public constructor without arguments. {@code io.stackel.check.AlgorithmContract} tests what it
 * makes.
 */
public interface AlgorithmFactory {

    /** The name in {@code algorithm.name}: lower-case words joined by hyphens. */
    String name();

    /** One line for help texts. */
    String summary();

    /** The keys of the {@code algorithm} section besides {@code name}. */
    List<Parameter> parameters();

    /** What keeps the algorithm from a problem, whatever its settings; nothing if it can run, or if that is not known yet. */
    default Optional<String> refusal(Problem problem) {
        return Optional.empty();
    }

    /** What a configuration may ask of the algorithm outside its own section; by default that its gradient is sampled. */
    default Set<Ability> abilities() {
        return Set.of(Ability.SAMPLED_GRADIENT);
    }

    /**
     * Builds the algorithm, once in every process that goes on with a run.
     *
     * @param setup a {@link Setup} where the problem samples trajectories, a {@link DataSetup} where it fits a model to data
     * @param settings a value for every declared key that has a default or was given
     * @throws IllegalArgumentException if it cannot solve this problem this way, with the reason; a {@link MisfitException} where
     *     one key of the configuration is to be changed, whose line people then see
     */
    Algorithm create(ProblemSetup setup, Settings settings);
}
