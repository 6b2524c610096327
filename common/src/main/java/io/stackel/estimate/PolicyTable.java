package io.stackel.estimate;

import io.stackel.policy.LinearSoftmax;
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
        return table(problem, policy, (observation, into) -> policy.logProbabilities(theta, observation, into));
    }

    /**
     * What the entropy weight multiplies, for all states and actions; see {@link Policy#entropyTerms}.
     *
     * @param theta parameters of the policy
     * @return S x B, row-major
     */
    public static double[] entropyTerms(FiniteProblem problem, Policy policy, double[] theta) {
        return table(problem, policy, (observation, into) -> policy.entropyTerms(theta, observation, into));
    }

    private static double[] table(
            FiniteProblem problem, Policy policy, BiConsumer<double[], double[]> rowOfObservation) {
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

    /** What a policy observes of a state: features if it is linear in them, else the state's number. */
    public static double[] observation(FiniteProblem problem, Policy policy, int state) {
        if (!(policy instanceof LinearSoftmax)) {
            return new double[] {state};
        }
        double[] features = new double[problem.featureSize()];
        problem.features(state, features);
        return features;
    }
}
