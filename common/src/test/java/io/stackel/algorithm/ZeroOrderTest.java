package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.estimate.ChunkEvaluator;
import io.stackel.exact.ExactModel;
import io.stackel.exact.ExactPoint;
import io.stackel.exact.SoftOptimum;
import io.stackel.families.SmallProblems;
import io.stackel.math.VectorMath;
import io.stackel.optim.Projection;
import io.stackel.optim.Schedule;
import io.stackel.optim.Sgd;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.FiniteProblem;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;

/** Whether followers have caught up with both points: the mean estimate along the true gradient, x at rest. */
class ZeroOrderTest {

    /** So small that x stays where it is and differences of x still have eight digits. */
    private static final double STEP = 1e-7;

    private static final int OPENING = 50;

    /** The part of the true gradient that the mean estimate has; 1 for an unbiased one. */
    private static double projection(Setup.LowerRule lower, int iterations) {
        FiniteProblem problem = SmallProblems.rewardDesign();
        TabularSoftmax policy = new TabularSoftmax(problem.states(), problem.actions());
        Setup setup = new Setup(
                problem,
                policy,
                17,
                new Setup.UpperRule(
                        new Sgd(), Schedule.CONSTANT, STEP, OptionalDouble.empty(), Projection.none(), 100),
                lower,
                new Setup.SamplingRule(40, 50, false, false));
        Algorithm algorithm = Setups.algorithm("zero-order", setup, Map.of("radius", 0.1));
        State state = algorithm.init();
        double[] x = state.real("upper");
        double[] opened = x;
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(problem, policy))) {
            while (state.iteration() < OPENING + iterations) {
                state = algorithm.step(state, oracle.evaluate(algorithm.request(state), "test")).next();
                opened = state.iteration() == OPENING ? state.real("upper") : opened;
            }
        }
        ExactPoint point = new ExactModel(problem, 0).at(new DenseVector(x));
        double[] exact = point.hypergradient(point.best(0, SoftOptimum.TO_ROUNDING, new double[0]))
                .gradient();
        double[] moved = VectorMath.minus(opened, state.real("upper"));
        return VectorMath.dot(moved, exact) / (STEP * iterations * VectorMath.normSquared(exact));
    }

    /** Of 1500 directions and values the projection has a standard error of about .05; natural steps of old gave .4. */
    @Test
    void countedFollowersHaveCaughtUp() {
        for (double step : new double[] {.1}) for (int k : new int[] {1, 10, 40, 160})
            System.out.println("adam step " + step + " K " + k + ": "
                    + projection(new Setup.LowerRule(false, k, Setup.LowerStep.ADAM, step, 20, 0, 1e-12), 800));
        System.out.println("natural " + projection(new Setup.LowerRule(false, 1, Setup.LowerStep.NATURAL, 0.5, 30, 0.2, 1e-12), 2500));
        System.out.println("planned " + projection(Setups.PLANNED, 2500));
        assertThat(projection(Setups.NATURAL, 1500)).isBetween(0.8, 1.2);
    }
}
