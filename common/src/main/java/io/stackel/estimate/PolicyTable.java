package io.stackel.estimate;

import io.stackel.policy.DiscretePolicy;
import io.stackel.policy.Policy;
import io.stackel.problem.FiniteProblem;
import java.util.function.BiConsumer;

/** Any policy on a finite problem, tabulated over the states. */
public final class PolicyTable {

    private PolicyTable() {}

    /**
     * The log-probabilities of all states and actions.
     *
     * @param theta parameters of the policy
     * @return S x B, row-major
     */
    public static double[] logProbabilities(FiniteProblem problem, Policy policy, double[] theta) {
        DiscretePolicy discrete = DiscretePolicy.of(policy);
        return table(problem, discrete, (observation, into) -> discrete.logProbabilities(theta, observation, into));
    }

    /**
     * What the entropy weight multiplies, for all states and actions; see {@link DiscretePolicy#entropyTerms}.
     *
     * @param theta parameters of the policy
     * @return S x B, row-major
     */
    public static double[] entropyTerms(FiniteProblem problem, Policy policy, double[] theta) {
        DiscretePolicy discrete = DiscretePolicy.of(policy);
        return table(problem, discrete, (observation, into) -> discrete.entropyTerms(theta, observation, into));
    }

    private static double[] table(
            FiniteProblem problem, DiscretePolicy policy, BiConsumer<double[], double[]> rowOfObservation) {
        int states = problem.game(0).states();
        int actions = policy.actions();
        double[] table = new double[states * actions];
        double[] row = new double[actions];
        for (int s = 0; s < states; s++) {
            rowOfObservation.accept(observation(problem, policy, s), row);
            System.arraycopy(row, 0, table, s * actions, actions);
        }
        return table;
    }

    /** What a policy observes of a state: its number if the policy is tabular, else features. */
    public static double[] observation(FiniteProblem problem, DiscretePolicy policy, int state) {
        if (policy.tabular()) {
            return new double[] {state};
        }
        double[] features = new double[problem.featureSize()];
        problem.features(state, features);
        return features;
    }
}
