package io.stackel.exact;

import io.stackel.problem.FiniteInverse;
import io.stackel.problem.FiniteProblem;
import io.stackel.problem.InverseProblem;
import java.util.Optional;

/**
 * The upper objective of inverse reinforcement learning in the policy: with occupancy m(s,b) of the experts,
 *
 * <pre>
 *   f = - sum_{s,b} m(s,b) log pi(b|s)        in the logits: -( m(s,b) - pi(b|s) sum_c m(s,c) )
 * </pre>
 */
final class Likelihood {

    private Likelihood() {}

    /** Whether it is part of a problem's upper objective. */
    static boolean isIn(FiniteProblem problem) {
        return problem.inverse().isPresent();
    }

    /** The experts of a problem that has some. */
    static Optional<FiniteInverse> of(FiniteProblem problem) {
        return problem.inverse().flatMap(InverseProblem::finiteInverse);
    }

    /** f less the term in x alone. */
    static double loss(FiniteInverse problem, double[] logPolicy) {
        double[] occupancy = problem.experts().occupancy();
        double loss = 0;
        for (int cell = 0; cell < occupancy.length; cell++) {
            loss -= PointTables.weighted(occupancy[cell], logPolicy[cell]);
        }
        return loss;
    }

    /** Adds its gradient in the logits, S x B. */
    static void addGradient(FiniteInverse problem, double[] policy, double[] into) {
        double[] occupancy = problem.experts().occupancy();
        int actions = problem.actions();
        for (int row = 0; row < occupancy.length; row += actions) {
            double total = 0;
            for (int cell = row; cell < row + actions; cell++) {
                total += occupancy[cell];
            }
            for (int cell = row; cell < row + actions; cell++) {
                into[cell] -= occupancy[cell] - total * policy[cell];
            }
        }
    }
}
