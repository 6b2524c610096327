package io.stackel.exact;

import io.stackel.mdp.Transitions;

/** The linear system {@code I - discount P_pi} of a policy: values, visits and adjoints. */
interface PolicySystem {

    /** A factorisation of so many multiplications takes a tenth of a second; it is not worth a choice. */
    double CHEAP = 1e8;

    /**
     * The system of a policy: factorised in its band where that is cheap, which it is up to 669 states whatever their
     * successors, or cheaper than sweeps; swept where many states have few successors far apart.
     *
     * @param policy S x B probabilities
     */
    static PolicySystem of(Transitions transitions, double[] policy, double discount) {
        double sweeping = SweptSystem.work(transitions, discount);
        return BandedSystem.work(transitions) <= Math.max(CHEAP, sweeping)
                ? new BandedSystem(transitions, policy, discount)
                : new SweptSystem(transitions, policy, discount);
    }

    /** The solution v of {@code (I - discount P_pi) v = right}, length S. */
    double[] solve(double[] right);

    /** The solution d of {@code (I - discount P_pi)' d = right}, length S. */
    double[] solveTransposed(double[] right);
}
