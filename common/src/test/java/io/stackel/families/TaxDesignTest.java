package io.stackel.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.exact.ExactModel;
import io.stackel.exact.SoftOptimum;
import io.stackel.problem.FiniteProblem;
import java.util.Map;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;

class TaxDesignTest {

    /** Levels 0, .89, 1.78 of work and 0, 1.25 of each good: action 3 (2 + 2 * 1) + 2 works 1.78 and leaves out the first good. */
    private static final int ACTION = 3 * 6 + 2;

    private final FiniteProblem problem =
            SmallProblems.of("tax-design", Map.of("states", 21L, "hoursLevels", 3L, "consumptionLevels", 2L));

    /** Value-added taxes of .5, 1, .25 and an income tax of .4. */
    private final DenseVector upper = new DenseVector(new double[] {logit(0.5), logit(1), logit(0.25), logit(0.4)});

    @Test
    void rewardsOfAnActionByHand() {
        double[] table = new double[problem.game(0).jointCells()];
        problem.lowerReward(upper, 0, table);
        int cell = 15 * 24 + ACTION;
        double wealth = -100 + 15.5 * 200 / 21;
        assertThat(table[cell]).isCloseTo(wealth - 0.1 * 1.78 * 1.78, within(1e-12));
        double utility =
                StrictMath.pow(1.25 / 1.5, 0.1) * StrictMath.pow(1.25 / 2, 0.7) * StrictMath.pow(1.25 / 1.25, 0.2);
        problem.lowerReward(upper, 1, table);
        assertThat(table[15 * 24 + 3 * 7]).isCloseTo(wealth + utility, within(1e-12));
        problem.upperReward(upper, 0, table);
        double taxes = 1 * 1.25 / 2 + 0.25 * 1.25 / 1.25 + 0.4 * 1.78;
        double net = 1.25 / 2 + 1.25 / 1.25;
        assertThat(table[cell]).isCloseTo(15 * net / 3 / 1.25 + 5 * StrictMath.log(1 + taxes), within(1e-12));
    }

    @Test
    void wealthMovesByWhatIsEarnedAndConsumed() {
        double mean = -100 + 15.5 * 200 / 21 + 0.6 * 1.78 - 2.5;
        double[] row = new double[21];
        new AssetGrid(21, -100, 100, 5).probabilities(mean, row, 0);
        double[] transition = problem.game(upper, 0).transition();
        for (int next = 0; next < 21; next++) {
            assertThat(transition[(15 * 24 + ACTION) * 21 + next]).isCloseTo(row[next], within(1e-15));
        }
    }

    /**
     * Far from the ends of the range a unit of wealth is worth 1 / (1 - discount) = 10, so that work pays 9 (1 - z) an hour
     * and costs .1 h^2, and nothing is consumed: h = 45 (1 - z), of which a level of .89 is next.
     */
    @Test
    void consumersWorkAsLongAsItPays() {
        FiniteProblem published = SmallProblems.of(
                "tax-design",
                Map.of("states", 81L, "lowestWealth", -200.0, "highestWealth", 200.0, "consumptionLevels", 2L));
        for (double tax : new double[] {0.3, 0.87, 0.93, 1.2}) {
            DenseVector x = new DenseVector(new double[] {logit(0.3), logit(0.3), logit(0.3), logit(tax)});
            SoftOptimum best = new ExactModel(published, 0).at(x).best(0, 1e-9, new double[0]);
            int favourite = 0;
            for (int action = 0; action < published.actions(); action++) {
                favourite = best.q()[40 * 80 + action] > best.q()[40 * 80 + favourite] ? action : favourite;
            }
            double hours = Math.max(0, Math.min(45 * (1 - tax), 9 * 0.89));
            assertThat(favourite).as("tax %s", tax).isEqualTo((int) StrictMath.rint(hours / 0.89));
        }
    }

    @Test
    void aStartAboveTheLargestTaxIsRefused() {
        assertThatThrownBy(() -> SmallProblems.of("tax-design", Map.of("startTax", 2.0)))
                .hasMessage("problem.startTax must be below maximalTax 2.0, but was 2.0");
    }

    private static double logit(double tax) {
        return StrictMath.log(tax / (2 - tax));
    }
}
