package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.math.VectorMath;
import io.stackel.random.Purpose;
import java.util.Arrays;
import java.util.function.DoubleConsumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Estimators without any statistics: every path of a tiny game with its probability gives the exact expectation of a
 * unit, which is compared with the derivative of an independent backward recursion.
 */
class UnbiasednessTest {

    private static final long SEED = 20;

    /** Relative to the norm of the gradient; the differences themselves err by about 1e-12. */
    private static final double EXACT = 1e-10;

    @ParameterizedTest(name = "scale {0}, weights {1} and {2}, shared {3}, baselines {4}")
    @CsvSource({
        "2.5, 0.5, 0.5, true, false",
        "2.5, 0.5, 0.5, true, true",
        "2.5, 0.5, 0.5, false, false",
        "2.5, 0.5, 0.5, false, true",
        "5, 0, 1, true, false",
        "5, 0, 1, true, true",
        "5, 0, 1, false, false",
        "5, 0, 1, false, true"
    })
    void pairsAreUnbiasedForEveryBaseline(
            double scale, double firstWeight, double secondWeight, boolean shared, boolean baselines) {
        Scene scene = Scene.of(SEED, baselines);
        ValueGradient estimand = pair(scale, firstWeight, secondWeight, shared);
        requireUnbiased(scene, estimand, expectation(scene, estimand));
    }

    @ParameterizedTest(name = "scale {0}, weight {1}, baselines {2}")
    @CsvSource({"1, 0.7, false", "1, 0.7, true", "0, 1, false", "0, 1, true"})
    void singleTrajectoriesAreUnbiasedForEveryBaseline(double scale, double secondWeight, boolean baselines) {
        Scene scene = Scene.of(SEED, baselines);
        ValueGradient estimand = new ValueGradient(
                new Units(Purpose.TRAINING, 0, 1),
                0,
                FollowerPair.alone(1),
                new Combination(scale, 0, secondWeight),
                Wanted.BOTH,
                false);
        double[] logs = scene.logs().get(1);
        GradientEstimator estimator = new GradientEstimator(scene.setting());
        double[][] mean = mean(scene, logs, path -> estimator.add(estimand, path, 0, unit(scene)));
        FiniteHorizon exact = new FiniteHorizon(scene.problem(), Scene.HORIZON);
        Follower follower = scene.followers().get(1);
        requireClose(
                mean[0],
                FiniteHorizon.derivative(
                        scene.upper().values(), x -> -secondWeight * exact.leader(x, logs, follower.upperValue())));
        requireClose(
                mean[1],
                FiniteHorizon.derivative(follower.parameters(), theta -> lowerObjective(scene, estimand, theta)));
    }

    @ParameterizedTest(name = "shared {0}")
    @ValueSource(booleans = {false, true})
    void returnsAreUnbiased(boolean shared) {
        Scene scene = Scene.of(SEED, true);
        ValueGradient estimand = pair(2.5, 0.25, 0.75, shared);
        GradientEstimator estimator = new GradientEstimator(scene.setting());
        EnumeratedPath path = new EnumeratedPath(scene);
        double[] mean = new double[2];
        for (int player = 0; player < 2; player++) {
            int who = player;
            double[] logs = scene.logs().get(who);
            path.visit(scene.problem().game().start(), logs, logs, probability -> {
                UnitSums unit = unit(scene);
                estimator.add(estimand, path, who, unit);
                mean[0] += probability * unit.upperReturn;
                mean[1] += probability * unit.lowerReturn;
            });
        }
        FiniteHorizon exact = new FiniteHorizon(scene.problem(), Scene.HORIZON);
        double[] x = scene.upper().values();
        double[] end = new double[3];
        double leader = 0.25 * exact.leader(x, scene.logs().get(0), end)
                + 0.75 * exact.leader(x, scene.logs().get(1), end);
        requireClose(mean, new double[] {leader, exact.follower(x, scene.logs().get(1), end)});
    }

    @ParameterizedTest(name = "baselines {0}")
    @ValueSource(booleans = {false, true})
    void bellmanPairsAreUnbiasedForEveryBaseline(boolean baselines) {
        Scene scene = Scene.of(SEED, baselines);
        BellmanPenalty estimand = new BellmanPenalty(Purpose.TRAINING, 0, 1, 0, 0, 1, StateDistribution.UNIFORM);
        BellmanEstimator estimator = new BellmanEstimator(scene.setting());
        double[] planned = scene.logs().get(0);
        double[] target = scene.logs().get(1);
        double[] nu = {1.0 / 3, 1.0 / 3, 1.0 / 3};
        EnumeratedPath path = new EnumeratedPath(scene);
        double[][] mean = zeros(scene);
        DoubleConsumer visitor = collect(path, mean, () -> estimator.add(estimand, path, unit(scene)));
        path.visit(nu, planned, planned, visitor);
        path.visit(nu, target, planned, visitor);

        FiniteHorizon exact = new FiniteHorizon(scene.problem(), Scene.HORIZON);
        double[] terminal = scene.followers().get(0).value();
        double[] upper = scene.upper().values();
        requireClose(
                mean[0],
                FiniteHorizon.derivative(
                        upper,
                        x -> bellman(scene, nu, exact.followerQ(x, planned, terminal), target)
                                - bellman(scene, nu, exact.followerQ(x, planned, terminal), planned)));
        double[] q = exact.followerQ(upper, planned, terminal);
        requireClose(
                mean[1],
                FiniteHorizon.derivative(
                        scene.followers().get(1).parameters(),
                        theta -> bellman(
                                scene, nu, q, PolicyTable.logProbabilities(scene.problem(), scene.policy(), theta))));
    }

    @ParameterizedTest(name = "baselines {0}")
    @ValueSource(booleans = {false, true})
    void everyStepOfAPlannedPathInformsTheBellmanPenalty(boolean baselines) {
        Scene scene = Scene.of(SEED, baselines);
        BellmanPenalty estimand = new BellmanPenalty(Purpose.TRAINING, 0, 1, 0, 0, 1, StateDistribution.VISITS);
        BellmanEstimator estimator = new BellmanEstimator(scene.setting());
        double[] planned = scene.logs().get(0);
        double[] target = scene.logs().get(1);
        EnumeratedPath path = new EnumeratedPath(scene);
        double[][] mean = zeros(scene);
        DoubleConsumer visitor = collect(path, mean, () -> estimator.add(estimand, path, unit(scene)));
        path.visit(scene.problem().game().start(), planned, planned, visitor);
        path.visit(scene.problem().game().start(), planned, planned, visitor);

        double[] terminal = scene.followers().get(0).value();
        double[] upper = scene.upper().values();
        double[][] wanted = zeros(scene);
        double discount = scene.problem().discount();
        double weight = 1 - discount;
        for (int t = 0; t < Scene.HORIZON; t++) {
            double[] states = VectorMath.scaled(weight, scene.statesAt(t, planned));
            FiniteHorizon rest = new FiniteHorizon(scene.problem(), Scene.HORIZON - t);
            VectorMath.addScaled(
                    1,
                    FiniteHorizon.derivative(
                            upper,
                            x -> bellman(scene, states, rest.followerQ(x, planned, terminal), target)
                                    - bellman(scene, states, rest.followerQ(x, planned, terminal), planned)),
                    wanted[0]);
            double[] q = rest.followerQ(upper, planned, terminal);
            VectorMath.addScaled(
                    1,
                    FiniteHorizon.derivative(
                            scene.followers().get(1).parameters(),
                            theta -> bellman(
                                    scene,
                                    states,
                                    q,
                                    PolicyTable.logProbabilities(scene.problem(), scene.policy(), theta))),
                    wanted[1]);
            weight *= discount;
        }
        requireClose(mean[0], wanted[0]);
        requireClose(mean[1], wanted[1]);
    }

    /** The mean of |w_1 - w_2| / 2 under the even mixture is half the sum of |planned - target|. */
    @Test
    void saturationOfFirstActionsIsTheDistanceOfThePolicies() {
        Scene scene = Scene.of(SEED, true);
        BellmanPenalty estimand = new BellmanPenalty(Purpose.TRAINING, 0, 1, 0, 0, 1, StateDistribution.UNIFORM);
        double[] planned = scene.logs().get(0);
        double[] target = scene.logs().get(1);
        double[] nu = {1.0 / 3, 1.0 / 3, 1.0 / 3};
        double distance = 0;
        for (int i = 0; i < planned.length; i++) {
            distance += nu[i / 2] * Math.abs(StrictMath.exp(planned[i]) - StrictMath.exp(target[i])) / 2;
        }
        double saturation = saturation(scene, estimand, nu, planned) + saturation(scene, estimand, nu, target);
        assertThat(saturation).isCloseTo(distance, Offset.offset(1e-13)).isGreaterThan(0.1);
    }

    /** The mean of |1 - target / planned| / 2 along a path of the planned policy. */
    @Test
    void saturationOfPlannedPathsIsTheMeanDistanceOfTheWeights() {
        Scene scene = Scene.of(SEED, true);
        BellmanPenalty estimand = new BellmanPenalty(Purpose.TRAINING, 0, 1, 0, 0, 1, StateDistribution.VISITS);
        double[] planned = scene.logs().get(0);
        double[] target = scene.logs().get(1);
        double[] start = scene.problem().game().start();
        EnumeratedPath path = new EnumeratedPath(scene);
        double[] wanted = {0};
        path.visit(start, planned, planned, probability -> {
            double sum = 0;
            for (int t = 0; t < path.length(); t++) {
                int cell = path.cell(t) / 4 * 2 + path.cell(t) % 2;
                sum += Math.abs(1 - StrictMath.exp(target[cell]) / StrictMath.exp(planned[cell])) / 2;
            }
            wanted[0] += probability * sum / path.length();
        });
        assertThat(2 * saturation(scene, estimand, start, planned))
                .isCloseTo(wanted[0], Offset.offset(1e-13))
                .isGreaterThan(0.1);
    }

    /** What the path of one of the two halves of a unit adds, its first action by these log-probabilities. */
    private static double saturation(Scene scene, BellmanPenalty estimand, double[] start, double[] firstLogs) {
        BellmanEstimator estimator = new BellmanEstimator(scene.setting());
        EnumeratedPath path = new EnumeratedPath(scene);
        double[] mean = {0};
        path.visit(start, firstLogs, scene.logs().get(0), probability -> {
            UnitSums unit = unit(scene);
            estimator.add(estimand, path, unit);
            mean[0] += probability * unit.saturation;
        });
        return mean[0];
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheStatedPrefixesAreUnbiased(PrefixRules.Broken broken) {
        Scene scene = Scene.of(SEED, true);
        ValueGradient estimand = pair(2.5, 0.5, 0.5, true);
        PrefixRules rules = new PrefixRules(scene, estimand, broken);
        double[][] mean = bothMeans(scene, (path, player) -> rules.add(path));
        double[][] exact = exact(scene, estimand);
        boolean upperHolds = broken != PrefixRules.Broken.EARLIER_PREFIX;
        boolean lowerHolds =
                broken != PrefixRules.Broken.WHOLE_RETURN && broken != PrefixRules.Broken.BASELINE_WITHOUT_RATIO;
        require(mean[0], exact[0], upperHolds);
        require(mean[1], exact[1], lowerHolds);
    }

    @ParameterizedTest(name = "trace decay {0}")
    @ValueSource(doubles = {1, 0.5, 0})
    void withoutBaselinesEveryTrajectoryGivesTheTermsOfTheTable(double traceDecay) {
        Scene scene = Scene.of(SEED, false);
        ValueGradient estimand = pair(2.5, 0.5, 0.5, true);
        GradientEstimator estimator = new GradientEstimator(scene.setting(traceDecay));
        PrefixRules rules = new PrefixRules(scene, estimand, PrefixRules.Broken.NONE, traceDecay);
        EnumeratedPath path = new EnumeratedPath(scene);
        int[] paths = {0, 0};
        path.visit(
                scene.problem().game().start(),
                scene.logs().get(0),
                scene.logs().get(0),
                probability -> {
                    path.clear();
                    rules.add(path);
                    double[] upper = path.upperGradient.clone();
                    double[] lower = path.lowerGradient.clone();
                    path.clear();
                    estimator.add(estimand, path, 0, unit(scene));
                    requireClose(path.upperGradient, upper);
                    requireClose(path.lowerGradient, lower);
                    paths[path.terminated() ? 0 : 1]++;
                });
        assertThat(Math.min(paths[0], paths[1]))
                .as("paths that terminate and that are cut")
                .isGreaterThan(50);
    }

    private static ValueGradient pair(double scale, double firstWeight, double secondWeight, boolean shared) {
        return new ValueGradient(
                new Units(Purpose.TRAINING, 0, 1),
                0,
                new FollowerPair(0, 1, Coupling.sharedIf(shared)),
                new Combination(scale, firstWeight, secondWeight),
                Wanted.BOTH,
                false);
    }

    private static double[][] expectation(Scene scene, ValueGradient estimand) {
        GradientEstimator estimator = new GradientEstimator(scene.setting());
        return bothMeans(scene, (path, player) -> estimator.add(estimand, path, player, unit(scene)));
    }

    private interface Estimator {
        void add(EnumeratedPath path, int player);
    }

    /** The expectation of a unit of two trajectories, one from each follower; the estimator halves each. */
    private static double[][] bothMeans(Scene scene, Estimator estimator) {
        double[][] first = mean(scene, scene.logs().get(0), path -> estimator.add(path, 0));
        double[][] second = mean(scene, scene.logs().get(1), path -> estimator.add(path, 1));
        VectorMath.addScaled(1, second[0], first[0]);
        VectorMath.addScaled(1, second[1], first[1]);
        return first;
    }

    private interface OneEstimator {
        void add(EnumeratedPath path);
    }

    private static double[][] mean(Scene scene, double[] logs, OneEstimator estimator) {
        EnumeratedPath path = new EnumeratedPath(scene);
        double[][] mean = zeros(scene);
        DoubleConsumer visitor = collect(path, mean, () -> estimator.add(path));
        double total = path.visit(scene.problem().game().start(), logs, logs, visitor);
        assertThat(total).isCloseTo(1, Offset.offset(1e-13));
        return mean;
    }

    private static DoubleConsumer collect(EnumeratedPath path, double[][] mean, Runnable estimate) {
        return probability -> {
            path.clear();
            estimate.run();
            VectorMath.addScaled(probability, path.upperGradient, mean[0]);
            VectorMath.addScaled(probability, path.lowerGradient, mean[1]);
        };
    }

    private static double[][] zeros(Scene scene) {
        return new double[][] {
            new double[scene.problem().upperSize()], new double[scene.policy().parameters()]
        };
    }

    private static UnitSums unit(Scene scene) {
        return new UnitSums(scene.problem().upperSize(), scene.policy().parameters());
    }

    private static void requireUnbiased(Scene scene, ValueGradient estimand, double[][] mean) {
        double[][] exact = exact(scene, estimand);
        requireClose(mean[0], exact[0]);
        requireClose(mean[1], exact[1]);
    }

    /** Derivatives in x and theta of the returns of three steps; where the horizon cuts, the baselines stand as values. */
    private static double[][] exact(Scene scene, ValueGradient estimand) {
        FiniteHorizon exact = new FiniteHorizon(scene.problem(), Scene.HORIZON);
        Follower first = scene.followers().get(0);
        Follower second = scene.followers().get(1);
        double[] logs1 = scene.logs().get(0);
        double[] logs2 = scene.logs().get(1);
        double[] upper = FiniteHorizon.derivative(
                scene.upper().values(),
                x -> estimand.scale()
                                * (exact.follower(x, logs1, first.value()) - exact.follower(x, logs2, second.value()))
                        - estimand.firstWeight() * exact.leader(x, logs1, first.upperValue())
                        - estimand.secondWeight() * exact.leader(x, logs2, second.upperValue()));
        double[] lower = FiniteHorizon.derivative(second.parameters(), theta -> lowerObjective(scene, estimand, theta));
        return new double[][] {upper, lower};
    }

    private static double lowerObjective(Scene scene, ValueGradient estimand, double[] theta) {
        FiniteHorizon exact = new FiniteHorizon(scene.problem(), Scene.HORIZON);
        double[] x = scene.upper().values();
        double[] logs = PolicyTable.logProbabilities(scene.problem(), scene.policy(), theta);
        Follower second = scene.followers().get(1);
        return -estimand.scale() * exact.follower(x, logs, second.value())
                - estimand.secondWeight() * exact.leader(x, logs, second.upperValue());
    }

    /** E over states of sum_b pi(b|s) ( -Q(s,b) + tau log pi(b|s) ). */
    private static double bellman(Scene scene, double[] states, double[] q, double[] logs) {
        double tau = scene.problem().entropyWeight();
        int actions = q.length / states.length;
        double total = 0;
        for (int i = 0; i < q.length; i++) {
            total += states[i / actions] * StrictMath.exp(logs[i]) * (tau * logs[i] - q[i]);
        }
        return total;
    }

    private static void require(double[] got, double[] wanted, boolean equal) {
        if (equal) {
            requireClose(got, wanted);
        } else {
            assertThat(distance(got, wanted)).as("a broken rule shows").isGreaterThan(1e-3 * VectorMath.norm(wanted));
        }
    }

    private static void requireClose(double[] got, double[] wanted) {
        assertThat(distance(got, wanted))
                .as("%s against %s", Arrays.toString(got), Arrays.toString(wanted))
                .isLessThan(EXACT * Math.max(1, VectorMath.norm(wanted)));
    }

    private static double distance(double[] got, double[] wanted) {
        double[] difference = got.clone();
        VectorMath.addScaled(-1, wanted, difference);
        return VectorMath.norm(difference);
    }
}
