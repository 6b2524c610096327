package io.stackel.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.exact.ExactModel;
import io.stackel.math.Softmax;
import io.stackel.problem.BlockSet;
import io.stackel.problem.MemoryBlocks;
import io.stackel.problem.Settings;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggedTest {

    /**
     * Three states, two actions, offers 3 and 8. Trajectory 4 is cut in state 2, of which nothing is seen; trajectory 9 ends
     * with its last action. Action 1 of state 1 is never seen.
     */
    private static final double[][] ROWS = {
        {9, 0, 0, 8, 5, 1, 1},
        {4, 1, 1, 3, 2, -1, 0},
        {4, 0, 0, 3, 1, 3, 0},
        {4, 2, 2, 3, 0, 0, -1},
        {9, 1, 0, 8, 7, 2, 1}
    };

    private static final double[][] OFFERS = {{0.5, 0, 0, 0, 0, 0.25, 8}, {0, 0, 1, 0, 0, 0, 3}};

    private static Logged logged(Map<String, Object> given) {
        return (Logged) SmallProblems.of("logged", given);
    }

    private static Logged read(double[][] rows, double[][] offers, Map<String, Object> given) {
        TreeMap<String, Object> values = new TreeMap<>();
        Logged.FAMILY.parameters().forEach(one -> one.fallback().ifPresent(value -> values.put(one.name(), value)));
        values.putAll(Map.of("states", 3L, "actions", 2L, "discount", 0.5, "log", "data/log", "offers", "data/offers"));
        values.putAll(given);
        Map<String, double[][]> tables = Map.of("data/log", rows, "data/offers", offers);
        return (Logged) Logged.FAMILY.create(new Settings(values), uri -> blocks(tables.get(uri)));
    }

    /** The last column is the label. */
    private static BlockSet blocks(double[][] rows) {
        int columns = rows[0].length - 1;
        double[] features = new double[rows.length * columns];
        double[] labels = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, features, i * columns, columns);
            labels[i] = rows[i][columns];
        }
        return MemoryBlocks.of(columns, features, labels, 2);
    }

    @Test
    void theGameIsWhatTheLogShows() {
        Logged problem = read(ROWS, OFFERS, Map.of("entropyWeight", 0.1));
        assertThat(problem.game(0).start()).containsExactly(1, 0, 0);
        assertThat(problem.game(0).transition())
                .containsExactly(0, 1, 0, 0.5, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1);
        double[] reward = new double[6];
        problem.lowerReward(new DenseVector(new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 0.6}), 0, reward);
        assertThat(reward)
                .containsExactly(new double[] {1.1, 6.2, 2.3, 1 - 20 * 0.1, 15.0 / 4, 15.0 / 4}, within(1e-15));
        double[] upperReward = new double[6];
        problem.upperReward(new DenseVector(new double[6]), 0, upperReward);
        assertThat(upperReward).containsExactly(new double[] {3, 1.5, -1, -1, 5.0 / 4, 5.0 / 4}, within(1e-15));
        double[] gradient = new double[6];
        problem.addLowerRewardGradient(new DenseVector(new double[6]), 0, new double[] {1, 2, 3, 4, 5, 6}, gradient);
        assertThat(gradient).containsExactly(1, 2, 3, 0, 0, 0);
        assertThat(problem.logged().choices()).isDeepEqualTo(new long[][] {{1, 0, 1, 0, 0, 0}, {0, 2, 0, 0, 0, 0}});
        assertThat(problem.log().offers()).isDeepEqualTo(new double[][] {{0, 0, 1, 0, 0, 0}, {0.5, 0, 0, 0, 0, 0.25}});
        assertThat(problem.estimates()).isEmpty();
        assertThat(problem.upperName(3)).isEqualTo("state 1, action 1");
    }

    @Test
    void aBonusMayBeForStatesOrActions() {
        double[][] offers = {{0.5, 0.25, 8}, {0, 1, 3}};
        Logged problem = read(ROWS, offers, Map.of("entropyWeight", 0.1, "featuresOf", "actions"));
        double[] reward = new double[6];
        problem.lowerReward(new DenseVector(new double[] {0.25, 0.5}), 0, reward);
        assertThat(reward).containsExactly(1.25, 6.5, 2.25, -1, 3.75, 3.75);
        assertThat(problem.upperName(1)).isEqualTo("action 1");
    }

    /** Without a future a Boltzmann follower's likelihood is that of an exponential family: moments match at its maximum. */
    @Test
    void theLikeliestEntropyWeightMatchesMoments() {
        Logged problem = logged(Map.of("states", 1L, "actions", 4L, "discount", 0.0, "trueEntropyWeight", 0.4));
        FollowerLog log = problem.log();
        double difference = 0;
        for (int o = 0; o < log.offers().length; o++) {
            double[] paid = new double[4];
            problem.lowerReward(new DenseVector(log.offers()[o]), 0, paid);
            double[] policy = new double[4];
            Softmax.probabilities(paid, 0, 4, problem.entropyWeight(), policy);
            for (int b = 0; b < 4; b++) {
                double expected = 1000 * policy[b];
                difference += (problem.logged().choices()[o][b] - expected) * paid[b];
            }
        }
        assertThat(difference).isCloseTo(0, within(1e-2));
        assertThat(problem.entropyWeight()).isCloseTo(0.4, within(0.05));
    }

    /**
     * Forty logs of 10,000 steps. The sum of squared errors over squared standard errors, which are themselves known to 10 %,
     * has mean 42 and deviation 11: outside of 10 to 100 by chance less than once in 100,000.
     */
    @Test
    void theStandardErrorIsThatOfTheEstimate() {
        double sum = 0;
        for (long seed = 0; seed < 40; seed++) {
            Map<String, Double> estimates = logged(
                            Map.of("states", 6L, "actions", 3L, "discount", 0.8, "problemSeed", 100 + seed))
                    .estimates();
            double error = (estimates.get("entropyWeight") - 0.2) / estimates.get("entropyWeightStandardError");
            sum += error * error;
        }
        assertThat(sum).isBetween(10.0, 100.0);
    }

    /** Within 2 % of what the true game gives, of which the leader has seen a log of 100,000 steps. */
    @Test
    void theBestOfTheLogIsNearlyTheBestOfTheTruth() {
        Map<String, Object> world = Map.of("states", 6L, "actions", 3L, "discount", 0.8, "problemSeed", 100L);
        TreeMap<String, Object> given = new TreeMap<>(world);
        given.put("trajectories", 2000L);
        ExactModel truth = new ExactModel(SmallProblems.of("reward-design", world), 0);
        double start = value(truth, new double[18]);
        double best = value(truth, descended(truth));
        double reached = value(truth, descended(new ExactModel(logged(given), 0)));
        assertThat((reached - start) / (best - start)).isGreaterThan(0.98);
    }

    private static double[] descended(ExactModel model) {
        double[] x = new double[18];
        for (int k = 0; k < 200; k++) {
            var point = model.at(new DenseVector(x));
            double[] gradient =
                    point.hypergradient(point.best(0, 1e-12, new double[0])).gradient();
            for (int i = 0; i < x.length; i++) {
                x[i] -= 0.5 * gradient[i];
            }
        }
        return x;
    }

    private static double value(ExactModel model, double[] x) {
        var point = model.at(new DenseVector(x));
        return point.hypergradient(point.best(0, 1e-12, new double[0])).value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 2 | 3    | trajectory 4.0, step 1.0: state must be a whole number from 0 to 2, but was 3.0",
                "1 | 6 | 2    | trajectory 4.0, step 1.0: action must be a whole number from -1 to 1, but was 2.0",
                "1 | 6 | -1   | trajectory 4.0, step 1.0: action must be at least 0 except in a trajectory's last row, but was -1.0",
                "1 | 1 | 3    | trajectory 4.0, step 2.0: step must count 0, 1, 2, ... in its trajectory, where 1 is due, but was 2.0",
                "1 | 3 | 7    | trajectory 4.0, step 1.0: offer must be one of problem.offers, data/offers, but was 7.0",
                "1 | 3 | 8    | trajectory 4.0, step 1.0: offer must be the same in all steps of a trajectory, 3, but was 8; begin a new trajectory where the leader changes the offer",
                "1 | 4 | NaN  | trajectory 4.0, step 1.0: reward must be a finite number, but was NaN",
                "1 | 5 | Infinity | trajectory 4.0, step 1.0: upper_reward must be a finite number, but was Infinity"
            })
    void aRowThatBreaksARuleIsNamed(int row, int column, double value, String message) {
        double[][] rows = ROWS.clone();
        rows[row] = ROWS[row].clone();
        rows[row][column] = value;
        assertThatThrownBy(() -> read(rows, OFFERS, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("problem.log: data/log: " + message);
    }

    @Test
    void tablesThatCannotBeOnesAreRefused() {
        assertThatThrownBy(() -> read(ROWS, OFFERS, Map.of("offers", "")))
                .hasMessage("problem.log and problem.offers must be given together, but offers is missing");
        assertThatThrownBy(() -> read(OFFERS, OFFERS, Map.of("actions", 3L)))
                .hasMessage("problem.offers must have the 9 features, the components of x for problem.featuresOf: both,"
                        + " and the label offer, but data/offers has 6 features; import it again with --features and"
                        + " --label");
        assertThatThrownBy(() -> read(new double[][] {{0, 0, 1, 0}}, OFFERS, Map.of()))
                .hasMessage(
                        "problem.log must have the features trajectory, step, state, offer, reward, upper_reward in this"
                                + " order and the label action, but data/log has 3 features; import it again with --features and"
                                + " --label");
        assertThatThrownBy(() -> read(ROWS, new double[][] {OFFERS[0], OFFERS[0]}, Map.of()))
                .hasMessage("problem.offers: data/offers: offer 8 must stand in one row, but has several");
        assertThatThrownBy(() -> read(ROWS, new double[][] {{0, 0, 1, 0, 0, 0, 0.5}}, Map.of()))
                .hasMessage("problem.offers: data/offers: offer must be a whole number of at least 0, but was 0.5");
        assertThatThrownBy(() -> read(new double[][] {ROWS[3].clone()}, OFFERS, Map.of()))
                .hasMessageContaining("trajectory 4.0, step 2.0: step must count 0");
        assertThatThrownBy(() -> read(new double[][] {{4, 0, 2, 3, 0, 0, -1}}, OFFERS, Map.of()))
                .hasMessage("problem.log: data/log: must have at least one row with an action, but has none");
    }

    @Test
    void aLogThatDoesNotTellTheEntropyWeightIsRefused() {
        double[][] greedy = {{0, 0, 0, 3, 1, 0, 0}, {1, 0, 0, 8, 0, 0, 1}, {2, 0, 0, 8, 0.9, 0, 1}};
        double[][] offers = {{0, 0, 0, 0, 0, 0, 3}, {-5, 0, 0, 0, 0, 0, 8}};
        assertThatThrownBy(() -> read(greedy, offers, Map.of()))
                .hasMessageContaining("as if it always took the best one; give problem.entropyWeight");
        double[][] contrary = {
            {0, 0, 0, 3, 1, 0, 0}, {1, 0, 0, 3, 2, 0, 1}, {2, 0, 0, 3, 1, 0, 0}, {3, 0, 0, 3, 1, 0, 0}
        };
        assertThatThrownBy(() -> read(contrary, offers, Map.of()))
                .hasMessageContaining("as if it took them by chance; give problem.entropyWeight");
        double[][] equal = {{0, 0, 0, 3, 1, 0, 0}, {1, 0, 0, 3, 1, 0, 1}};
        assertThatThrownBy(() -> read(equal, new double[][] {offers[0]}, Map.of()))
                .hasMessageContaining("all rewards are equal; give problem.entropyWeight");
        Logged alone = read(
                new double[][] {{0, 0, 0, 3, 1, 0, 0}, {0, 1, 0, 3, 0, 0, 1}, {0, 2, 0, 3, 1, 0, 0}},
                new double[][] {offers[0]},
                Map.of("discount", 0.0));
        assertThat(alone.estimates().get("entropyWeight")).isCloseTo(1 / StrictMath.log(2), within(1e-6));
        assertThat(alone.estimates().get("entropyWeightStandardError")).isNaN();
    }
}
