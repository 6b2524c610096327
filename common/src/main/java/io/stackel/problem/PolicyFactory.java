package io.stackel.problem;

import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.Policy;
import java.util.List;

/**
 * Builds one family of policies from its settings; the entry by which the catalogue finds it.
 *
 * <p>A jar of the user's own lists its implementation in {@code META-INF/services/io.stackel.problem.PolicyFactory};
 * the implementation has a public constructor without arguments. {@code io.stackel.check.PolicyContract} tests what it makes.
 */
public interface PolicyFactory {

    /** The name in {@code policy.name}: lower-case words joined by hyphens. */
    String name();

    /** One line for help texts. */
    String summary();

    /** The keys of the {@code policy} section besides {@code name}. */
    List<Parameter> parameters();

    /** Whether its actions are vectors of real numbers; else they are numbered and its policies are {@link DiscretePolicy}s. */
    boolean vectors();

    /**
     * Builds the policy of a problem's follower, in every process that evaluates, on executors too: the same policy from the
     * same arguments, without a state that changes.
     *
     * <p>Its observation is the number of the state, where it is {@link DiscretePolicy#tabular}, as a problem with {@link
     * TrajectoryProblem#states} allows. Otherwise it is a vector of {@link FiniteProblem#featureSize} or, of a problem without
     * tables, {@link TrajectoryProblem#observationSize} numbers. It has {@link TrajectoryProblem#actions} or, where these are
     * vectors, {@link TrajectoryProblem#actionSize} of the problem.
     *
     * @param settings a value for every declared key that has a default or was given
     * @throws IllegalArgumentException if there is none for this problem, with the reason
     */
    Policy create(TrajectoryProblem problem, Settings settings);
}
