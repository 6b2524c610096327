package io.stackel.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.check.EstimatorTable.Returns;
import io.stackel.check.EstimatorTable.Row;
import io.stackel.check.EstimatorTable.Sides;
import io.stackel.check.EstimatorTable.Trajectories;
import io.stackel.exact.RandomProblem;
import io.stackel.experiment.JsonText;
import io.stackel.families.ProblemFile;
import io.stackel.families.SmallProblems;
import io.stackel.problem.FiniteProblem;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;

/**
 * What the table has to show. Deviations are estimated from n units: their relative standard error is about
 * sqrt((kurtosis - 1) / (4 n)), below 2 % here, and all rows see the same draws, so that slopes over a decade of sigma are
 * off by less than .02.
 */
class EstimatorComparisonTest {

    private static final CheckRule RULE = new CheckRule(0, 8192, 1);
    private static final List<Double> DECADE = List.of(0.3, 0.1, 0.03);

    @Test
    void onRewardDesignDeviationsAndBiasesHaveTheirPowersOfSigma() throws IOException {
        ProblemFile file = fixture("reward_design");
        EstimatorTable table = EstimatorComparison.table((FiniteProblem) file.problem(), 0, file.upper(), DECADE, RULE);
        for (Sides sides : List.of(Sides.ONE, Sides.TWO)) {
            assertThat(slope(table, sides, Trajectories.INDEPENDENT, Row::deviation))
                    .isCloseTo(-1, within(0.03));
            assertThat(slope(table, sides, Trajectories.SHARED, Row::deviation)).isCloseTo(0, within(0.06));
        }
        assertThat(slope(table, Sides.ONE, Trajectories.SHARED, Row::bias)).isCloseTo(1, within(0.05));
        assertThat(slope(table, Sides.TWO, Trajectories.SHARED, Row::bias)).isCloseTo(2, within(0.05));
    }

    @Test
    void saturationFallsWithSigmaWhereTrajectoriesAreShared() throws IOException {
        ProblemFile file = fixture("reward_design");
        EstimatorTable table = EstimatorComparison.table((FiniteProblem) file.problem(), 0, file.upper(), DECADE, RULE);
        assertThat(slope(table, Sides.TWO, Trajectories.SHARED, Row::saturation))
                .isCloseTo(1, within(0.1));
        assertThat(rows(table, Sides.TWO, Trajectories.INDEPENDENT, Returns.NONE))
                .extracting(Row::saturation)
                .containsOnly(1.0);
    }

    @Test
    void onARandomGameResidualsBeatRawReturnsAndSharedTrajectoriesSeparateOnes() {
        FiniteProblem game = SmallProblems.of("stackelberg", Map.of("problemSeed", 0L));
        DenseVector upper = new DenseVector(new double[game.upperSize()]);
        EstimatorTable table =
                EstimatorComparison.table(game, 0, upper, List.of(3.0, 1.0, 0.1), new CheckRule(0, 512, 1));
        List<Row> residual = rows(table, Sides.TWO, Trajectories.SHARED, Returns.RESIDUAL);
        List<Row> raw = rows(table, Sides.TWO, Trajectories.SHARED, Returns.RAW);
        List<Row> independent = rows(table, Sides.TWO, Trajectories.INDEPENDENT, Returns.RESIDUAL);
        for (int i = 0; i < 3; i++) {
            assertThat(raw.get(i).deviation())
                    .isGreaterThan(10 * residual.get(i).deviation());
            assertThat(independent.get(i).deviation())
                    .isGreaterThan(residual.get(i).deviation());
        }
        assertThat(independent.get(2).deviation())
                .isGreaterThan(15 * residual.get(2).deviation());
        assertThat(raw.get(2).deviation()).isLessThan(independent.get(2).deviation());
    }

    /** At sigma of .03 entropy weights the bias of two sides is below 1e-3, and so is what the deviations differ by. */
    @Test
    void withoutADifferenceItIsTheLimitOfTwoSides() throws IOException {
        ProblemFile file = fixture("reward_design");
        EstimatorTable table =
                EstimatorComparison.table((FiniteProblem) file.problem(), 0, file.upper(), List.of(0.03), RULE);
        Row last =
                rows(table, Sides.NONE, Trajectories.INDEPENDENT, Returns.NONE).get(0);
        Row vector = rows(table, Sides.VECTOR, Trajectories.INDEPENDENT, Returns.NONE)
                .get(0);
        assertThat(table.rows()).endsWith(last, vector);
        Row two = rows(table, Sides.TWO, Trajectories.SHARED, Returns.NONE).get(0);
        // A unit of two sides is a pair of trajectories, so that a single one has the root of two times its deviation.
        assertThat(last.deviation() / two.deviation()).isCloseTo(Math.sqrt(2), within(0.15));
        assertThat(vector.deviation()).isLessThan(last.deviation());
        for (Row row : List.of(last, vector)) {
            assertThat(row.bias()).isZero();
            assertThat(row.saturation()).isZero();
        }
    }

    @Test
    void tablesArePrintedInColumnsAndAsATree() throws IOException {
        ProblemFile file = fixture("reward_design");
        EstimatorTable table = EstimatorComparison.table(
                (FiniteProblem) file.problem(), 0, file.upper(), List.of(1.0), new CheckRule(0, 512, 1));
        String[] lines = table.text().split("\n");
        assertThat(lines[0]).startsWith("context 0: hypergradient norm 4.33");
        assertThat(lines[2]).startsWith("| sigma/tau |    sigma | sides  |");
        assertThat(lines).hasSize(10);
        assertThat(List.of(lines).subList(2, 10)).allMatch(line -> line.length() == lines[2].length());
        assertThat(JsonText.compact(table.tree()))
                .startsWith("{\"format\":1,\"context\":0,\"hypergradientNorm\":4.33")
                .contains(
                        "{\"sigma\":0.2,\"sigmaOverEntropyWeight\":1.0,\"sides\":\"two\",\"trajectories\":\"shared\"");
    }

    @Test
    void problemsWithoutEntropyAreRefused() {
        RandomProblem hard = RandomProblem.of(8, 4, 2, 3, 0);
        assertThatThrownBy(() -> EstimatorComparison.table(hard, 0, hard.point(1), DECADE, RULE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a table of estimators needs an entropyWeight above 0, where the hypergradient exists, but it"
                                + " is 0.0");
    }

    /** The least-squares slope of log(figure) over log(sigma). */
    private static double slope(
            EstimatorTable table, Sides sides, Trajectories trajectories, ToDoubleFunction<Row> figure) {
        List<Row> rows = rows(table, sides, trajectories, Returns.NONE);
        double meanX = 0;
        double meanY = 0;
        for (Row row : rows) {
            meanX += StrictMath.log(row.sigma()) / rows.size();
            meanY += StrictMath.log(figure.applyAsDouble(row)) / rows.size();
        }
        double covariance = 0;
        double variance = 0;
        for (Row row : rows) {
            double x = StrictMath.log(row.sigma()) - meanX;
            covariance += x * (StrictMath.log(figure.applyAsDouble(row)) - meanY);
            variance += x * x;
        }
        return covariance / variance;
    }

    private static List<Row> rows(EstimatorTable table, Sides sides, Trajectories trajectories, Returns returns) {
        return table.rows().stream()
                .filter(row -> row.sides() == sides && row.trajectories() == trajectories && row.returns() == returns)
                .toList();
    }

    private static ProblemFile fixture(String name) throws IOException {
        try (InputStream in = EstimatorComparisonTest.class.getResourceAsStream("/oracle/" + name + ".json")) {
            return ProblemFile.read(name, in);
        }
    }
}
