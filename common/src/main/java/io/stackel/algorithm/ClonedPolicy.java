package io.stackel.algorithm;

import io.stackel.problem.FiniteInverse;
import io.stackel.problem.Settings;

/**
 * Behaviour cloning: the policy that makes what the experts did likeliest, whatever x is,
 *
 * <pre>
 *   pi(b|s) = m(s,b) / sum_c m(s,c)        m the experts' occupancy; uniform in states that they never saw
 * </pre>
 *
 * <p>It copies without asking what the experts wanted, and knows nothing where they were not. Source: Pomerleau, "Efficient
 * training of artificial neural networks for autonomous navigation", Neural Computation 3(1), 1991.
 */
record ClonedPolicy(FiniteInverse problem) implements LowerSolver {

    static Algorithm of(Setup setup, Settings settings) {
        LowerLevels.requireTabular(setup, "cloning");
        FiniteInverse problem =
                FeatureMatching.experts(setup).as(FiniteInverse.class).orElseThrow();
        return new TwoLevel(new Frame(setup), new LowerOnly(), new ClonedPolicy(problem));
    }

    /** The logarithms of pi, S x B. */
    @Override
    public double[] response(State state, Target target, int context) {
        double[] occupancy = problem.experts().occupancy();
        double[] logs = new double[occupancy.length];
        int actions = problem.actions();
        for (int row = 0; row < logs.length; row += actions) {
            double seen = 0;
            for (int cell = row; cell < row + actions; cell++) {
                seen += occupancy[cell];
            }
            for (int cell = row; cell < row + actions; cell++) {
                logs[cell] = StrictMath.log(seen > 0 ? occupancy[cell] / seen : 1.0 / actions);
            }
        }
        return logs;
    }
}
