package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.math.VectorMath;
import io.stackel.random.Purpose;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The Nikaido-Isoda estimator without any statistics: every path of a tiny game with its probability, against derivatives
 * of an independent backward recursion.
 */
class ZeroSumUnbiasednessTest {

    private static final long SEED = 20;

    /** Relative to the norm of the gradient; the differences themselves err by about 1e-12. */
    private static final double EXACT = 1e-10;

    private static final double WEIGHT = 2.5;
    private static final int FIRST = 0;
    private static final int OWN = 1;
    private static final int SECOND = 2;
    private static final int SPLIT = 6;

    @ParameterizedTest(name = "shared {0}, baselines {1}")
    @CsvSource({"true, false", "true, true", "false, false", "false, true"})
    void unitsAreUnbiasedInXAndInBothPlayersForEveryBaseline(boolean shared, boolean baselines) {
        Scene scene = Scene.zeroSum(SEED, baselines);
        double[][] mean = expectation(scene, estimand(shared));
        requireClose(mean[0], FiniteHorizon.derivative(scene.upper().values(), x -> inX(scene, x)));
        double[] theta = scene.followers().get(OWN).parameters();
        requireClose(mean[1], FiniteHorizon.derivative(theta, moved -> inTheta(scene, moved)));
    }

    /** With the sign of the second player's entropy turned, the recursion moves away: the test can see it. */
    @Test
    void entropiesOfOneSignWouldShow() {
        Scene scene = Scene.zeroSum(SEED, true);
        FiniteHorizon exact = new FiniteHorizon(scene.problem(), Scene.HORIZON);
        double[] theta = scene.followers().get(OWN).parameters();
        double[] wrong = FiniteHorizon.derivative(theta, moved -> {
            double[] logs = PolicyTable.logProbabilities(
                    scene.problem(),
                    scene.policy(),
                    join(scene.followers().get(FIRST).parameters(), moved));
            return WEIGHT
                    * exact.payoff(
                            scene.upper().values(),
                            logs,
                            logs,
                            scene.followers().get(FIRST).value());
        });
        double[] right = FiniteHorizon.derivative(
                theta,
                moved -> WEIGHT
                        * payoff(scene, FIRST, join(scene.followers().get(FIRST).parameters(), moved)));
        assertThat(VectorMath.norm(VectorMath.minus(wrong, right))).isGreaterThan(1e-2);
    }

    @ParameterizedTest(name = "shared {0}")
    @CsvSource({"true", "false"})
    void returnsAreThoseOfTheOwnProfile(boolean shared) {
        Scene scene = Scene.zeroSum(SEED, true);
        NikaidoIsodaEstimator estimator = new NikaidoIsodaEstimator(scene.setting());
        EnumeratedPath path = new EnumeratedPath(scene);
        double[] mean = new double[2];
        for (int player = 0; player < 3; player++) {
            int who = player;
            double[] logs = scene.logs().get(profile(player));
            path.visit(scene.problem().game().start(), logs, logs, probability -> {
                UnitSums unit = unit(scene);
                estimator.addFirst(estimand(shared), path, who, unit);
                mean[0] += probability * unit.upperReturn;
                mean[1] += probability * unit.lowerReturn;
            });
        }
        FiniteHorizon exact = new FiniteHorizon(scene.problem(), Scene.HORIZON);
        double[] own = scene.logs().get(OWN);
        double[] entropies = PolicyTable.entropyTerms(
                scene.problem(), scene.policy(), scene.followers().get(OWN).parameters());
        double[] end = new double[3];
        double[] x = scene.upper().values();
        requireClose(mean, new double[] {exact.leader(x, own, end), exact.payoff(x, own, entropies, end)});
    }

    private static NikaidoIsodaGap estimand(boolean shared) {
        return new NikaidoIsodaGap(Purpose.TRAINING, 0, 1, 0, OWN, FIRST, SECOND, shared, WEIGHT, false);
    }

    /** The profile of the trajectory in a place of its unit. */
    private static int profile(int player) {
        return new int[] {OWN, FIRST, SECOND}[player];
    }

    private static double[][] expectation(Scene scene, NikaidoIsodaGap estimand) {
        NikaidoIsodaEstimator estimator = new NikaidoIsodaEstimator(scene.setting());
        EnumeratedPath path = new EnumeratedPath(scene);
        double[] upper = new double[scene.problem().upperSize()];
        double[] lower = new double[scene.policy().parameters()];
        for (int player = 0; player < 3; player++) {
            int who = player;
            double[] logs = scene.logs().get(profile(player));
            double total = path.visit(scene.problem().game().start(), logs, logs, probability -> {
                path.clear();
                estimator.addFirst(estimand, path, who, unit(scene));
                VectorMath.addScaled(probability, path.upperGradient, upper);
                add(probability, path.lowerGradient, 0, SPLIT, lower);
                path.clear();
                estimator.addSecond(estimand, path, who);
                add(probability, path.lowerGradient, SPLIT, lower.length, lower);
                assertThat(path.upperGradient).containsOnly(0);
            });
            assertThat(total).isCloseTo(1, Offset.offset(1e-13));
        }
        return new double[][] {upper, lower};
    }

    private static void add(double weight, double[] gradient, int from, int to, double[] into) {
        for (int i = from; i < to; i++) {
            into[i] += weight * gradient[i];
        }
    }

    private static UnitSums unit(Scene scene) {
        return new UnitSums(scene.problem().upperSize(), scene.policy().parameters());
    }

    private static double inX(Scene scene, double[] x) {
        FiniteHorizon exact = new FiniteHorizon(scene.problem(), Scene.HORIZON);
        double gap = 0;
        for (int profile : new int[] {FIRST, SECOND}) {
            Follower follower = scene.followers().get(profile);
            double[] entropies = PolicyTable.entropyTerms(scene.problem(), scene.policy(), follower.parameters());
            double value = exact.payoff(x, scene.logs().get(profile), entropies, follower.value());
            gap += profile == FIRST ? value : -value;
        }
        return WEIGHT * gap
                - exact.leader(
                        x, scene.logs().get(OWN), scene.followers().get(OWN).upperValue());
    }

    /** -U^{p,q} - c V^{p,b2} + c V^{b1,q} as a function of (p, q). */
    private static double inTheta(Scene scene, double[] theta) {
        FiniteHorizon exact = new FiniteHorizon(scene.problem(), Scene.HORIZON);
        double[] own = PolicyTable.logProbabilities(scene.problem(), scene.policy(), theta);
        double designer = exact.leader(
                scene.upper().values(), own, scene.followers().get(OWN).upperValue());
        double second =
                payoff(scene, SECOND, join(theta, scene.followers().get(SECOND).parameters()));
        double first = payoff(scene, FIRST, join(scene.followers().get(FIRST).parameters(), theta));
        return -designer - WEIGHT * second + WEIGHT * first;
    }

    private static double payoff(Scene scene, int profile, double[] theta) {
        return new FiniteHorizon(scene.problem(), Scene.HORIZON)
                .payoff(
                        scene.upper().values(),
                        PolicyTable.logProbabilities(scene.problem(), scene.policy(), theta),
                        PolicyTable.entropyTerms(scene.problem(), scene.policy(), theta),
                        scene.followers().get(profile).value());
    }

    /** The first player's logits of one profile with the second's of another. */
    private static double[] join(double[] first, double[] second) {
        double[] joined = second.clone();
        System.arraycopy(first, 0, joined, 0, SPLIT);
        return joined;
    }

    private static void requireClose(double[] got, double[] wanted) {
        assertThat(VectorMath.norm(VectorMath.minus(got, wanted)))
                .as("%s against %s", Arrays.toString(got), Arrays.toString(wanted))
                .isLessThan(EXACT * Math.max(1, VectorMath.norm(wanted)));
    }
}
