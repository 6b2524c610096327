package io.stackel.algorithm;

import io.stackel.estimate.BatchResult;
import io.stackel.estimate.Estimand;
import io.stackel.exact.Objective;
import io.stackel.exact.SoftEquilibrium;
import io.stackel.exact.ZeroSumPoint;
import io.stackel.math.VectorMath;
import java.util.List;
import java.util.TreeMap;

/**
 * The ceiling for zero-sum games: the exact gradient of the designer's objective at the equilibrium, without samples.
 *
 * @param solver that tracks the equilibrium on the tables
 */
record ExactEquilibrium(ZeroSumLower solver) implements Method {

    @Override
    public List<Target> targets() {
        return List.of(Target.BEST_RESPONSE);
    }

    @Override
    public List<Estimand> estimands() {
        return List.of();
    }

    /** The hypergradient in the iteration's context, less the terms in x alone, which the frame adds. */
    @Override
    public Gradient gradient(Frame frame, State state, BatchResult result) {
        int context = frame.context(state.iteration());
        double[] x = state.real("upper");
        ZeroSumPoint point = solver.point(state, x, context);
        double[] warm = state.real(LowerSolver.name("plan", 0, context));
        SoftEquilibrium equilibrium = point.equilibrium(frame.setup().lower().tolerance(), warm);
        Objective objective = point.hypergradient(equilibrium);
        double[] term = new double[x.length];
        frame.addUpperTerm(x, term);
        return new Gradient(VectorMath.minus(objective.gradient(), term), 0, new TreeMap<>());
    }
}
