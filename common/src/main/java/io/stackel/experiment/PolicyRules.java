package io.stackel.experiment;

import io.stackel.algorithm.MisfitException;
import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.Policy;
import io.stackel.problem.PolicyFactory;
import io.stackel.problem.Settings;
import io.stackel.problem.TrajectoryProblem;
import java.util.Optional;

/** What a policy must be for a problem, whoever wrote it. */
final class PolicyRules {

    private static final String KEY = "policy.name";
    private static final long MEBIBYTE = 1 << 20;

    private PolicyRules() {}

    /**
     * A policy of a family for a problem.
     *
     * @throws MisfitException if it is none for this problem
     */
    static Policy policy(PolicyFactory factory, TrajectoryProblem problem, Settings settings) {
        boolean wanted = problem.actions() == 0;
        if (wanted != factory.vectors()) {
            throw misfit(
                    factory,
                    factory.vectors()
                            ? "draws vectors, but the actions of this problem are numbered; use policy.name: mlp-softmax"
                            : "draws numbered actions, but those of this problem are vectors; use policy.name:"
                                    + " mlp-gaussian");
        }
        Policy policy = factory.create(problem, settings);
        requireShape(factory, policy, problem);
        requireRoom(factory, policy, Runtime.getRuntime().maxMemory());
        return policy;
    }

    private static void requireShape(PolicyFactory factory, Policy policy, TrajectoryProblem problem) {
        boolean tabular = policy instanceof DiscretePolicy discrete && discrete.tabular();
        if (factory.vectors()) {
            require(factory, "actionSize()", problem.actionSize(), policy.actionSize());
        } else if (policy instanceof DiscretePolicy discrete) {
            require(factory, "actions()", problem.actions(), discrete.actions());
        } else {
            throw misfit(
                    factory,
                    "makes a " + policy.getClass().getName()
                            + ", which must be a DiscretePolicy, because actions are numbered; fix the policy's code");
        }
        if (tabular && problem.states() == 0) {
            throw misfit(factory, "observes numbers of states, but those of this problem have none");
        }
        require(factory, "observationSize()", tabular ? 1 : PolicyFamily.features(problem), policy.observationSize());
    }

    private static void require(PolicyFactory factory, String method, int wanted, int given) {
        if (wanted != given) {
            throw misfit(
                    factory,
                    "must have " + method + " = " + wanted + " for this problem, but has " + given
                            + "; fix the policy's code");
        }
    }

    private static void requireRoom(PolicyFactory factory, Policy policy, long memory) {
        Optional<Integer> parameters = parameters(policy);
        if (parameters.isEmpty() || (long) Double.BYTES * parameters.get() > memory) {
            throw misfit(
                    factory,
                    "has "
                            + parameters.map(Object::toString).orElse("more than " + Integer.MAX_VALUE)
                            + " parameters of 8 bytes for this problem, more than the " + memory / MEBIBYTE
                            + " MiB that this process may use hold (spark.driver.memory); make the problem or the policy"
                            + " smaller");
        }
    }

    private static Optional<Integer> parameters(Policy policy) {
        try {
            return Optional.of(policy.parameters());
        } catch (ArithmeticException tooMany) {
            return Optional.empty();
        }
    }

    private static MisfitException misfit(PolicyFactory factory, String rule) {
        return new MisfitException(KEY, KEY + ": " + factory.name() + " " + rule);
    }
}
