package io.stackel.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.algorithm.Setup;
import io.stackel.check.InnerSolverStudy.Row;
import io.stackel.experiment.JsonText;
import io.stackel.families.SmallProblems;
import io.stackel.problem.FiniteProblem;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InnerSolverStudyTest {

    private static final double SIGMA = 0.1;

    /** A random game of 100 states and 5 x 5 actions: .1 has to be reached within 20 batches of 40,000 steps. */
    @ParameterizedTest
    @CsvSource({"0, 0.5, 6, 0.03", "1, 1, 2, 0.03"})
    void aTenthIsReachedWithinTwentyBatches(long seed, double stepSize, int batches, double last) {
        FiniteProblem game = SmallProblems.of("stackelberg", Map.of("problemSeed", seed));
        InnerSolverStudy study = study(setup(game, stepSize, false), 20);
        List<Row> rows = study.rows();
        assertThat(rows).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(rows.get(i).samples()).isEqualTo(40_000L * (i + 1));
        }
        assertThat(rows.get(batches - 1).error()).isLessThan(0.1);
        assertThat(rows.get(19).error()).isLessThan(last).isLessThan(rows.get(0).error() / 4);
    }

    /** The policies end at the optimum, where the bias of sigma is left: .0056 on this game. */
    @Test
    void whatIsLeftIsAboveTheBias() {
        FiniteProblem game = SmallProblems.of("stackelberg", Map.of("problemSeed", 0L));
        List<Row> rows = study(setup(game, 1, false), 3).rows();
        assertThat(rows).allSatisfy(row -> assertThat(row.error()).isGreaterThan(0.0056));
    }

    @Test
    void studiesArePrintedAsATableAndATree() {
        InnerSolverStudy study = new InnerSolverStudy(0, SIGMA, List.of(new Row(40_000, 0.25)));
        assertThat(study.text()).endsWith("|     1 |      40000 |                              0.2500 |\n");
        assertThat(JsonText.compact(study.tree()))
                .isEqualTo(
                        "{\"format\":1,\"context\":0,\"sigma\":0.1,\"rows\":[{\"samples\":40000,\"relativeError\":0.25}]}");
    }

    @Test
    void planningIsRefused() {
        FiniteProblem game = SmallProblems.stackelberg();
        assertThatThrownBy(() -> study(setup(game, 1, true), 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a study of the inner solver needs a finite problem, with tables, and lower.solver: sampled");
    }

    private static InnerSolverStudy study(Setup setup, int batches) {
        return InnerSolverStudy.run(setup, new DenseVector(setup.start()), SIGMA, batches);
    }

    private static Setup setup(FiniteProblem problem, double stepSize, boolean planned) {
        Setup setup = InnerSolverStudy.setup(problem, 0);
        Setup.LowerRule rule = setup.lower();
        Setup.LowerRule lower = new Setup.LowerRule(
                planned, 1, rule.step(), stepSize, rule.units(), rule.exploration(), rule.tolerance());
        return new Setup(problem, setup.policy(), setup.seed(), setup.upper(), lower, setup.sampling());
    }
}
