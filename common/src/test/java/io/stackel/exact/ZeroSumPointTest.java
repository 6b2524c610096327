package io.stackel.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.math.CentralDifferences;
import io.stackel.math.VectorMath;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZeroSumPointTest {

    private static final double[] COLD = {};

    /** Central differences at step 1e-5 err by about 1e-9 of the largest value. */
    private static final double DIFFERENCES = 2e-7;

    private final RandomGame game = RandomGame.of(3, 4, 3, 2, 0.3);
    private final ZeroSumModel model = new ZeroSumModel(game, 0);
    private final DenseVector x = game.point(3);
    private final double[] theta = game.logits(3, 1);

    private ZeroSumProfile profile(double[] upper, double[] logits) {
        return model.at(new DenseVector(upper)).profile(game.policy().playersLogs(logits));
    }

    private static double gap(ZeroSumProfile profile) {
        return profile.firstResponse(SoftOptimum.TO_ROUNDING, COLD).valueAt(start(profile))
                + profile.secondResponse(SoftOptimum.TO_ROUNDING, COLD).valueAt(start(profile));
    }

    private static double[] start(ZeroSumProfile profile) {
        double[] start = new double[profile.first().value().length];
        start[0] = 0.25;
        start[start.length - 1] = 0.75;
        return start;
    }

    @Test
    void gapWithoutCancellationIsTheDifferenceOfTheTwoOptima() {
        ZeroSumProfile profile = profile(x.values(), theta);
        SoftOptimum first = profile.firstResponse(SoftOptimum.TO_ROUNDING, COLD);
        SoftOptimum second = profile.secondResponse(SoftOptimum.TO_ROUNDING, COLD);
        assertThat(profile.gap(first, second)).isPositive();
        requireClose(new double[] {profile.gap(first, second)}, new double[] {gap(profile)}, 1e-11);
        requireClose(
                new double[] {profile.value()}, new double[] {-profile.second().followerValue()}, 1e-12);
    }

    @Test
    void gradientsAreTheDerivativesInXAndInBothPlayersLogits() {
        ZeroSumProfile profile = profile(x.values(), theta);
        Penalty gap = profile.nikaidoIsoda(
                profile.firstResponse(SoftOptimum.TO_ROUNDING, COLD),
                profile.secondResponse(SoftOptimum.TO_ROUNDING, COLD));
        requireDerivatives(gap.gradients(), ZeroSumPointTest::gap);
        requireDerivatives(profile.valueGradients(), ZeroSumProfile::value);
        requireDerivatives(profile.upperGradients(), ZeroSumProfile::upperObjective);
    }

    private void requireDerivatives(Gradients gradients, ToDoubleFunction<ZeroSumProfile> function) {
        requireClose(
                gradients.inUpper(),
                CentralDifferences.gradient(x.values(), y -> function.applyAsDouble(profile(y, theta))),
                DIFFERENCES);
        requireClose(
                gradients.inLower(),
                CentralDifferences.gradient(theta, y -> function.applyAsDouble(profile(x.values(), y))),
                DIFFERENCES);
    }

    @ParameterizedTest(name = "{0} states, {1} x {2} actions, entropy weight {3}, x times {4}")
    @CsvSource({
        "2, 1, 1, 0.3, 1",
        "2, 2, 5, 0.05, 1",
        "6, 4, 4, 1, 1",
        "6, 4, 4, 0.05, 1",
        "6, 3, 7, 0.05, 20",
        "30, 5, 5, 0.05, 5",
        "10, 10, 10, 0.02, 10",
        "5, 3, 3, 0.005, 5",
        "5, 3, 3, 2.5e-7, 1",
        "4, 4, 4, 1e-8, 1"
    })
    void equilibriumLeavesNoGap(int states, int first, int second, double entropyWeight, double scale) {
        for (int seed = 0; seed < 5; seed++) {
            RandomGame random = RandomGame.of(seed, states, first, second, entropyWeight);
            DenseVector at =
                    new DenseVector(VectorMath.scaled(scale, random.point(seed).values()));
            ZeroSumPoint point = new ZeroSumModel(random, 0).at(at);
            SoftEquilibrium found = point.equilibrium(1e-12, COLD);
            ZeroSumProfile profile = point.profile(found.logs());
            double gap = profile.gap(
                    profile.firstResponse(SoftOptimum.TO_ROUNDING, COLD),
                    profile.secondResponse(SoftOptimum.TO_ROUNDING, COLD));
            assertThat(Math.abs(gap)).isLessThan(1e-9 * Math.max(1, VectorMath.maxAbs(found.value())));
            requireClose(profile.first().value(), found.value(), 1e-9);
        }
    }

    @Test
    void warmStartLeadsToTheSameEquilibriumInFewerSweeps() {
        SoftEquilibrium cold = model.at(x).equilibrium(1e-13, COLD);
        SoftEquilibrium warm = model.at(x).equilibrium(1e-13, cold.value());
        requireClose(warm.logs(), cold.logs(), 1e-10);
        assertThat(warm.sweeps()).isLessThan(cold.sweeps());
    }

    @Test
    void hypergradientIsTheDerivativeAtTheMovingEquilibrium() {
        ZeroSumPoint point = model.at(x);
        Objective objective = point.hypergradient(point.equilibrium(SoftOptimum.TO_ROUNDING, COLD));
        double[] wanted = CentralDifferences.gradient(x.values(), y -> {
            ZeroSumPoint moved = model.at(new DenseVector(y));
            return moved.profile(
                            moved.equilibrium(SoftOptimum.TO_ROUNDING, COLD).logs())
                    .upperObjective();
        });
        requireClose(objective.gradient(), wanted, DIFFERENCES);
        double[] direct = point.profile(
                        point.equilibrium(SoftOptimum.TO_ROUNDING, COLD).logs())
                .upperGradients()
                .inUpper();
        assertThat(VectorMath.norm(VectorMath.minus(objective.gradient(), direct)))
                .as("the part through the equilibrium")
                .isGreaterThan(1e-2);
    }

    @Test
    void withoutEntropyThereIsNoEquilibriumButAGap() {
        RandomGame hard = RandomGame.of(3, 4, 3, 2, 0);
        ZeroSumPoint point = new ZeroSumModel(hard, 0).at(x);
        ZeroSumProfile profile = point.profile(hard.policy().playersLogs(theta));
        assertThat(profile.gap(
                        profile.firstResponse(SoftOptimum.TO_ROUNDING, COLD),
                        profile.secondResponse(SoftOptimum.TO_ROUNDING, COLD)))
                .isPositive();
        assertThatThrownBy(() -> point.equilibrium(1e-9, COLD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the equilibrium of a zero-sum game needs an entropyWeight above 0, but it is 0.0");
    }

    private static void requireClose(double[] got, double[] wanted, double tolerance) {
        assertThat(VectorMath.maxAbs(VectorMath.minus(got, wanted)))
                .isLessThanOrEqualTo(tolerance * Math.max(1, VectorMath.maxAbs(wanted)));
    }
}
