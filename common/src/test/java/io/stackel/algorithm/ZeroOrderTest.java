package io.stackel.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
                new Setup.UpperRule(new Sgd(), Schedule.CONSTANT, STEP, OptionalDouble.empty(), Projection.none(), 100),
                lower,
                new Setup.SamplingRule(40, 50, false, false));
        Algorithm algorithm = Setups.algorithm("zero-order", setup, Map.of("radius", 0.1));
        State state = algorithm.init();
        double[] x = state.real("upper");
        double[] opened = x;
        try (LocalOracle oracle = LocalOracle.single(new ChunkEvaluator.Source(problem, policy))) {
            while (state.iteration() < OPENING + iterations) {
                state = algorithm
                        .step(state, oracle.evaluate(algorithm.request(state), "test"))
                        .next();
                opened = state.iteration() == OPENING ? state.real("upper") : opened;
            }
        }
        ExactPoint point = new ExactModel(problem, 0).at(new DenseVector(x));
        double[] exact = point.hypergradient(point.best(0, SoftOptimum.TO_ROUNDING, new double[0]))
                .gradient();
        double[] moved = VectorMath.minus(opened, state.real("upper"));
        return VectorMath.dot(moved, exact) / (STEP * iterations * VectorMath.normSquared(exact));
    }

    /**
     * Directions and draws are those of the planned followers, so that both projections have the same noise; each has a
     * standard error of about .04, and .85 of an unbiased one is a false alarm of less than 1e-3.
     */
    @Test
    void countedFollowersHaveCaughtUp() {
        Setup.LowerRule natural = new Setup.LowerRule(false, 1, Setup.LowerStep.NATURAL, 0.5, 30, 0.2, 1e-12);
        double counted = projection(natural, 1500);

        assertThat(counted).isCloseTo(projection(Setups.PLANNED, 1500), within(0.05));
        assertThat(counted).isBetween(0.85, 1.15);
    }

    /** What the README says about gradient steps: they stay behind points that are new in every iteration. */
    @Test
    void followersOfFewGradientStepsStayBehind() {
        assertThat(projection(new Setup.LowerRule(false, 1, Setup.LowerStep.ADAM, 0.1, 20, 0, 1e-12), 500))
                .isLessThan(0.4);
    }
}
