package io.stackel.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.families.SmallProblems;
import io.stackel.math.CentralDifferences;
import io.stackel.math.VectorMath;
import io.stackel.problem.FiniteInverse;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Map;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The identity of inverse reinforcement learning, with Phi(x) = f(x, pi*(x)) computed from its definition:
 *
 * <pre>
 *   grad Phi = (1/tau) ( E_{pi*} sum discount^t grad r - E_experts [ sum_{t&lt;H} discount^t grad r + discount^H grad V*(s_H) ] )
 * </pre>
 */
class InverseIdentityTest {

    /** Central differences at steps of 1e-5 err by 1e-10 in truncation and in rounding, relative to values near 10. */
    private static final double CLOSE = 1e-7;

    private static final double[] COLD = {};

    @ParameterizedTest(name = "features {0}")
    @ValueSource(strings = {"one-hot", "linear"})
    void closedFormIsTheDerivativeOfTheExpectedLikelihood(String features) {
        FiniteInverse problem = expected(features);
        double[] x = normal(problem.upperSize());
        double[] wanted = difference(problem, x);
        assertThat(VectorMath.norm(wanted)).isGreaterThan(0.1);
        assertThat(distance(closedForm(problem, x, true), wanted)).isLessThan(CLOSE);
        assertThat(distance(closedForm(problem, x, false), wanted))
                .as("without the term of experts that were cut after four steps")
                .isGreaterThan(0.01);
    }

    @Test
    void hypergradientIsTheDerivativeForDrawnExpertsToo() {
        FiniteInverse problem = SmallProblems.inverse(Map.of());
        double[] x = normal(problem.upperSize());
        ExactPoint point = new ExactModel(problem, 0).at(new DenseVector(x));
        Objective objective = point.hypergradient(point.best(0, SoftOptimum.TO_ROUNDING, COLD));
        assertThat(objective.value()).isEqualTo(phi(problem, x));
        assertThat(distance(objective.gradient(), difference(problem, x))).isLessThan(CLOSE);
    }

    /** Where the learnt reward is the true one, experts are the best response and nothing is left to learn. */
    @Test
    void theTrueRewardIsStationary() {
        FiniteInverse problem = expected("one-hot");
        double[] gradient = closedForm(problem, problem.trueReward(), true);
        assertThat(VectorMath.maxAbs(gradient)).isLessThan(1e-12);
    }

    private static FiniteInverse expected(String features) {
        return SmallProblems.inverse(
                Map.of("experts", "expected", "features", features, "featureCount", 4L, "regularization", 0.0));
    }

    private static double[] closedForm(FiniteInverse problem, double[] x, boolean corrected) {
        DenseVector upper = new DenseVector(x);
        ExactPoint point = new ExactModel(problem, 0).at(upper);
        PolicyValues best =
                point.evaluate(point.best(0, SoftOptimum.TO_ROUNDING, COLD).logPolicy());
        double[] starts = problem.experts().starts();
        double[] weights =
                corrected ? VectorMath.minus(starts, problem.experts().ends()) : starts;
        double[] gradient = point.followerGradient(best, weights);
        problem.addLowerRewardGradient(
                upper, 0, VectorMath.scaled(-1, problem.experts().occupancy()), gradient);
        return VectorMath.scaled(1 / problem.entropyWeight(), gradient);
    }

    /** Minus the expected log-likelihood of the best response, the term in x included. */
    private static double phi(FiniteInverse problem, double[] x) {
        DenseVector upper = new DenseVector(x);
        double[] logs = new ExactModel(problem, 0)
                .at(upper)
                .best(0, SoftOptimum.TO_ROUNDING, COLD)
                .logPolicy();
        double[] occupancy = problem.experts().occupancy();
        double loss = 0;
        for (int cell = 0; cell < logs.length; cell++) {
            loss -= occupancy[cell] * logs[cell];
        }
        return problem.upperTerm(upper) + loss;
    }

    private static double[] difference(FiniteInverse problem, double[] x) {
        return CentralDifferences.gradient(x, moved -> phi(problem, moved));
    }

    private static double distance(double[] got, double[] wanted) {
        return VectorMath.maxAbs(VectorMath.minus(got, wanted));
    }

    private static double[] normal(int count) {
        RandomStream random = RandomStream.at(5, Purpose.START, 0, 0, 0, 0);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }
}
