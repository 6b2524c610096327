package io.stackel.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.math.VectorMath;
import io.stackel.problem.PairObjective;
import io.stackel.problem.PairRule;
import io.stackel.random.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pairs of segments without any statistics: every pair of paths of a tiny process with its probability, every start of both
 * segments and both labels give the exact expectation of a unit, which is compared with the derivative of the loss.
 */
class PreferenceUnbiasednessTest {

    private static final long SEED = 20;

    /** Relative to the norm of the gradient; the differences themselves err by about 1e-12. */
    private static final double EXACT = 1e-10;

    private static final PairRule RULE = new PairRule(2, 1, 0.7, 0.1, true);
    private static final double[] REFERENCE = {
        StrictMath.log(0.3), StrictMath.log(0.7), StrictMath.log(0.6), StrictMath.log(0.4)
    };
    private static final double LATE = 1 - 0x1p-53;

    @ParameterizedTest(name = "scale {0}, weights {1} and {2}, shared {3}, baselines {4}")
    @CsvSource({
        "2.5, 0.5, 0.5, true, true",
        "2.5, 0.5, 0.5, false, false",
        "5, 0, 1, true, false",
        "0, 0.5, 0.5, true, false",
        "0, 0, 1, false, true"
    })
    void pairsOfTwoPoliciesAreUnbiased(
            double scale, double firstWeight, double secondWeight, boolean shared, boolean baselines) {
        Scene scene = Scene.process(SEED, baselines);
        PairLossGradient estimand = estimand(0, scale, firstWeight, secondWeight, shared, baselines ? 0.6 : 0);
        double[][] mean = zeros(scene);
        double returned = 0;
        for (int player = 0; player < 2; player++) {
            returned += visitPairs(scene, estimand, player, scene.logs().get(player), mean);
        }
        requireClose(mean, exact(scene, estimand));
        double[] x = scene.upper().values();
        List<Way> ways = ways(scene);
        double loss = firstWeight * loss(ways, scene, x, scene.logs().get(0))
                + secondWeight * loss(ways, scene, x, scene.logs().get(1));
        assertThat(returned).isCloseTo(-loss, Offset.offset(1e-12));
    }

    @ParameterizedTest(name = "scale {0}, weight {1}")
    @CsvSource({"1, 0.3", "1, -0.3", "0, 1"})
    void pairsOfOnePolicyAreUnbiased(double scale, double weight) {
        Scene scene = Scene.process(SEED, true);
        PairLossGradient estimand = estimand(1, scale, 0, weight, false, 0.6);
        double[][] mean = zeros(scene);
        visitPairs(scene, estimand, 0, scene.logs().get(1), mean);
        List<Way> ways = ways(scene);
        double[][] wanted = exact(scene, estimand);
        requireClose(new double[][] {mean[1]}, new double[][] {wanted[1]});
        double[] inUpper = FiniteHorizon.derivative(
                scene.upper().values(),
                x -> weight * loss(ways, scene, x, scene.logs().get(1)));
        requireClose(new double[][] {mean[0]}, new double[][] {inUpper});
    }

    /** Wins against a policy that is none of the two: f is minus the probability, and its trajectories count for nothing else. */
    @ParameterizedTest(name = "scale {0}, weights {1} and {2}, shared {3}, baselines {4}")
    @CsvSource({"2.5, 0.5, 0.5, true, true", "2.5, 0.5, 0.5, false, false", "0, 0.3, 0.7, true, false"})
    void winsOfTwoPoliciesAreUnbiased(
            double scale, double firstWeight, double secondWeight, boolean shared, boolean baselines) {
        Scene scene = Scene.process(SEED, baselines);
        PairLossGradient losses = estimand(0, scale, firstWeight, secondWeight, shared, -0.4);
        PairLossGradient estimand = new PairLossGradient(losses.terms(), RULE, PairObjective.WIN_RATE, -0.4, 0, 2);
        double[][] mean = zeros(scene);
        double returned = 0;
        for (int player = 0; player < 2; player++) {
            returned += visitPairs(scene, estimand, player, scene.logs().get(player), mean);
        }
        double[][] wanted = exact(scene, estimand);
        assertThat(VectorMath.norm(wanted[1])).isGreaterThan(1e-3);
        for (int i = 0; i < 2; i++) {
            assertThat(VectorMath.norm(VectorMath.minus(mean[i], wanted[i]))).isLessThan(EXACT * (1 + scale));
        }
        List<Way> ways = ways(scene);
        double won = firstWeight * wins(ways, scene.logs().get(0))
                + secondWeight * wins(ways, scene.logs().get(1));
        assertThat(returned).isCloseTo(won, Offset.offset(1e-12));
    }

    /** Two labels of each pair take the labels' own noise off, whatever the policy: f is ( s(D) - p )^2. */
    @ParameterizedTest(name = "scale {0}, weights {1} and {2}, shared {3}, baselines {4}")
    @CsvSource({"2.5, 0.5, 0.5, true, true", "2.5, 0.5, 0.5, false, false", "0, 0.3, 0.7, true, false"})
    void excessOfTwoPoliciesIsUnbiased(
            double scale, double firstWeight, double secondWeight, boolean shared, boolean baselines) {
        Scene scene = Scene.process(SEED, baselines);
        PairLossGradient losses = estimand(0, scale, firstWeight, secondWeight, shared, 0.02);
        PairLossGradient estimand = new PairLossGradient(
                losses.terms(), RULE, PairObjective.EXCESS, 0.02, 0, PairLossGradient.NO_REFERENCE);
        double[][] mean = zeros(scene);
        double returned = 0;
        for (int player = 0; player < 2; player++) {
            returned += visitPairs(scene, estimand, player, scene.logs().get(player), mean);
        }
        requireClose(mean, exact(scene, estimand));
        double[] x = scene.upper().values();
        List<Way> ways = ways(scene);
        double excess = firstWeight
                        * objective(estimand, ways, scene, x, scene.logs().get(0))
                + secondWeight
                        * objective(estimand, ways, scene, x, scene.logs().get(1));
        assertThat(returned).isCloseTo(-excess, Offset.offset(1e-12));
    }

    /** A score that ends before the segment's last action, or begins with it, has another expectation. */
    @Test
    void scoresOfASegmentsOwnStepsAloneWouldShow() {
        Scene scene = Scene.process(SEED, false);
        List<Way> ways = ways(scene);
        double[] wanted = exact(scene, estimand(1, 0, 0, 1, false, 0))[1];
        double[] all = scoresFrom(scene, ways, 0);
        double[] late = scoresFrom(scene, ways, 1);
        assertThat(VectorMath.norm(VectorMath.minus(all, wanted))).isLessThan(EXACT);
        assertThat(VectorMath.norm(VectorMath.minus(late, wanted))).isGreaterThan(1e-3);
    }

    private static PairLossGradient estimand(
            int first, double scale, double firstWeight, double secondWeight, boolean shared, double baseline) {
        ValueGradient terms = new ValueGradient(
                new Units(Purpose.TRAINING, 0, 1),
                0,
                new FollowerPair(first, 1, Coupling.sharedIf(shared)),
                new Combination(scale, firstWeight, secondWeight),
                Wanted.BOTH,
                false);
        return new PairLossGradient(terms, RULE, baseline, 0);
    }

    /** Adds the expectation of one pair of a player to the mean; returns that of the leader's return. */
    private static double visitPairs(
            Scene scene, PairLossGradient estimand, int player, double[] logs, double[][] mean) {
        PreferenceEstimator estimator = new PreferenceEstimator(scene.setting());
        EnumeratedPath first = new EnumeratedPath(scene);
        EnumeratedPath second = new EnumeratedPath(scene);
        double[] start = scene.problem().game().start();
        double[] returned = {0};
        double[] firstLogs = estimand.ofWins() ? REFERENCE : logs;
        first.visit(
                start,
                firstLogs,
                firstLogs,
                one -> second.visit(start, logs, logs, two -> {
                    for (int starts = 0; starts < 4; starts++) {
                        for (int labels = 0; labels < 4; labels++) {
                            int label = labels / 2;
                            int other = labels % 2;
                            if (estimand.objective().labels() == 1 && other != label) {
                                continue;
                            }
                            first.clear();
                            second.clear();
                            UnitSums unit = new UnitSums(2, 4);
                            estimator.read(estimand.rule(), first, 0, starts / 2);
                            estimator.readRatios(estimand, first, 0);
                            estimator.read(estimand.rule(), second, 1, starts % 2);
                            estimator.readRatios(estimand, second, 1);
                            double wanted = RULE.preference(trueSum(second, starts % 2) - trueSum(first, starts / 2));
                            double drawn = estimator.weigh(estimand, player, uniform(label), uniform(other), unit);
                            assertThat(drawn).isEqualTo((label + other) / 2.0);
                            estimator.add(estimand, first, 0, player, unit);
                            estimator.add(estimand, second, 1, player, unit);
                            double probability = one * two / 4 * (label == 1 ? wanted : 1 - wanted);
                            if (estimand.objective().labels() == 2) {
                                probability *= other == 1 ? wanted : 1 - wanted;
                            }
                            returned[0] += probability * unit.upperReturn;
                            for (EnumeratedPath path : List.of(first, second)) {
                                VectorMath.addScaled(probability, path.upperGradient, mean[0]);
                                VectorMath.addScaled(probability, path.lowerGradient, mean[1]);
                            }
                        }
                    }
                }));
        return returned[0];
    }

    /** A number that draws a label. */
    private static double uniform(int label) {
        return label == 1 ? 0 : LATE;
    }

    private static double trueSum(EnumeratedPath path, int start) {
        double[] rewards = new double[Scene.HORIZON + 1];
        path.upperRewards(rewards);
        double sum = 0;
        for (int t = start; t < Math.min(start + 2, path.length()); t++) {
            sum += rewards[t];
        }
        return sum;
    }

    private static double[][] exact(Scene scene, PairLossGradient estimand) {
        ValueGradient terms = estimand.terms();
        List<Way> ways = ways(scene);
        FiniteHorizon horizon = new FiniteHorizon(scene.problem(), Scene.HORIZON);
        Follower first = scene.followers().get(0);
        Follower second = scene.followers().get(1);
        double[] logs1 = scene.logs().get(0);
        double[] logs2 = scene.logs().get(1);
        double[] inUpper = FiniteHorizon.derivative(
                scene.upper().values(),
                x -> terms.scale()
                                * (horizon.follower(x, logs1, first.value())
                                        - horizon.follower(x, logs2, second.value()))
                        + terms.firstWeight() * objective(estimand, ways, scene, x, logs1)
                        + terms.secondWeight() * objective(estimand, ways, scene, x, logs2));
        double[] inLower = FiniteHorizon.derivative(second.parameters(), theta -> {
            double[] logs = PolicyTable.logProbabilities(scene.problem(), scene.policy(), theta);
            double[] x = scene.upper().values();
            return -terms.scale() * horizon.follower(x, logs, second.value())
                    + terms.secondWeight() * objective(estimand, ways, scene, x, logs);
        });
        return new double[][] {inUpper, inLower};
    }

    private static double objective(PairLossGradient estimand, List<Way> ways, Scene scene, double[] x, double[] logs) {
        return estimand.ofWins() ? -wins(ways, logs) : loss(ways, scene, x, logs, estimand.objective());
    }

    /** The probability that a policy's segment is preferred to one of the reference. */
    private static double wins(List<Way> ways, double[] logs) {
        double total = 0;
        for (Way first : ways) {
            for (Way second : ways) {
                total += likelihood(first, REFERENCE)
                        * likelihood(second, logs)
                        * RULE.preference(second.trueSum - first.trueSum);
            }
        }
        return total;
    }

    /** A segment with the probability of what the policy does not decide, and everything up to its end. */
    private record Way(double probability, int[] cells, int from, double trueSum) {}

    private static List<Way> ways(Scene scene) {
        List<Way> ways = new ArrayList<>();
        EnumeratedPath path = new EnumeratedPath(scene);
        double[] logs = scene.logs().get(0);
        path.visit(scene.problem().game().start(), logs, logs, probability -> {
            double[] own = new double[Scene.HORIZON + 1];
            path.logProbabilities(0, own);
            double acted = 0;
            for (int t = 0; t < path.length(); t++) {
                acted += own[t];
            }
            for (int start = 0; start < 2; start++) {
                int[] cells = new int[path.length()];
                Arrays.setAll(cells, path::cell);
                ways.add(new Way(probability / StrictMath.exp(acted) / 2, cells, start, trueSum(path, start)));
            }
        });
        return ways;
    }

    private static double likelihood(Way way, double[] logs) {
        double log = 0;
        for (int cell : way.cells) {
            log += logs[cell];
        }
        return way.probability * StrictMath.exp(log);
    }

    private static double loss(List<Way> ways, Scene scene, double[] x, double[] logs) {
        return loss(ways, scene, x, logs, PairObjective.CROSS_ENTROPY);
    }

    /** E of the loss, the labels being those of the scene's own x. */
    private static double loss(List<Way> ways, Scene scene, double[] x, double[] logs, PairObjective objective) {
        double[] reward = new double[4];
        scene.problem().lowerReward(new DenseVector(x), 0, reward);
        double[] likelihoods =
                ways.stream().mapToDouble(way -> likelihood(way, logs)).toArray();
        double[] sums = ways.stream().mapToDouble(way -> sum(way, reward)).toArray();
        double total = 0;
        for (int i = 0; i < sums.length; i++) {
            for (int j = 0; j < sums.length; j++) {
                double y = RULE.preference(ways.get(j).trueSum - ways.get(i).trueSum);
                double odds = StrictMath.exp(sums[j] - sums[i]);
                double loss = -y * StrictMath.log(odds / (1 + odds)) - (1 - y) * StrictMath.log(1 / (1 + odds));
                double wrong = odds / (1 + odds) - y;
                total += likelihoods[i] * likelihoods[j] * (objective == PairObjective.EXCESS ? wrong * wrong : loss);
            }
        }
        return total;
    }

    private static double sum(Way way, double[] reward) {
        double sum = 0;
        for (int t = way.from; t < Math.min(way.from + 2, way.cells.length); t++) {
            sum += reward[way.cells[t]];
        }
        return sum;
    }

    /** The expectation of loss times scores from the segment's step number {@code skipped} on, if it starts late. */
    private static double[] scoresFrom(Scene scene, List<Way> ways, int skipped) {
        double[] logs = scene.logs().get(1);
        double[] reward = new double[4];
        scene.problem().lowerReward(scene.upper(), 0, reward);
        double[] gradient = new double[4];
        for (Way first : ways) {
            for (Way second : ways) {
                double y = RULE.preference(second.trueSum - first.trueSum);
                double loss = PairRule.loss(sum(second, reward) - sum(first, reward), y);
                double weight = likelihood(first, logs) * likelihood(second, logs) * loss;
                for (Way way : List.of(first, second)) {
                    int from = skipped == 0 ? 0 : way.from;
                    for (int t = from; t < Math.min(way.from + 2, way.cells.length); t++) {
                        gradient[way.cells[t]] += weight;
                        int row = way.cells[t] / 2 * 2;
                        gradient[row] -= weight * StrictMath.exp(logs[row]);
                        gradient[row + 1] -= weight * StrictMath.exp(logs[row + 1]);
                    }
                }
            }
        }
        return gradient;
    }

    private static double[][] zeros(Scene scene) {
        return new double[][] {
            new double[scene.problem().upperSize()], new double[scene.policy().parameters()]
        };
    }

    private static void requireClose(double[][] got, double[][] wanted) {
        for (int i = 0; i < got.length; i++) {
            assertThat(VectorMath.norm(wanted[i])).isGreaterThan(1e-3);
            assertThat(VectorMath.norm(VectorMath.minus(got[i], wanted[i])))
                    .as("%s against %s", Arrays.toString(got[i]), Arrays.toString(wanted[i]))
                    .isLessThan(EXACT * Math.max(1, VectorMath.norm(wanted[i])));
        }
    }
}
