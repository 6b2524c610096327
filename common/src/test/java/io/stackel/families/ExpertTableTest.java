package io.stackel.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stackel.problem.ExpertVisits;
import io.stackel.problem.FiniteInverse;
import io.stackel.problem.MemoryBlocks;
import io.stackel.problem.ProblemFactory;
import io.stackel.problem.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpertTableTest {

    /** Trajectory 4 is cut in state 1 after two steps, trajectory 9 ends with its only action; rows in any order. */
    private static final double[][] ROWS = {{9, 0, 1, 0}, {4, 1, 2, 1}, {4, 0, 0, 1}, {4, 2, 1, -1}};

    private static final String FILE = """
            {"kind": "inverse_rl",
             "problem": {"states": 3, "actions": 2, "gamma": 0.5, "tau": 0.2, "regularization": 0.1,
              "transition": [[[0, 1, 0], [0, 0, 1]], [[1, 0, 0], [0, 1, 0]], [[0, 1, 0], [0, 1, 0]]],
              "experts": [[9, 0, 1, 0], [4, 1, 2, 1], [4, 0, 0, 1], [4, 2, 1, -1]]}}
            """;

    @Test
    void averagesAreOverTrajectories() {
        ExpertVisits visits = new ExpertTable(ROWS, "my.json", "/problem/experts").visits(3, 2, 0.5);
        assertThat(visits.occupancy()).containsExactly(0, 0.5, 0.5, 0, 0, 0.25);
        assertThat(visits.starts()).containsExactly(0.5, 0.5, 0);
        assertThat(visits.ends()).containsExactly(0, 0.125, 0);
    }

    @Test
    void problemFilesStartWhereTheirExpertsStart() throws IOException {
        ProblemFile file = read(FILE);
        FiniteInverse problem = (FiniteInverse) file.problem();
        assertThat(problem.game(0).start()).containsExactly(0.5, 0.5, 0);
        assertThat(problem.experts().ends()).containsExactly(0, 0.125, 0);
        assertThat(problem.trueReward()).isEmpty();
        assertThat(problem.entropyWeight()).isEqualTo(0.2);
        assertThat(file.upperShape()).containsExactly(3, 2);
        assertThat(ExactReport.of(file).leftOut())
                .containsExactly("surrogate_policy", "surrogate_objective", "surrogate_gradient");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[4, 1, 2, 1] | [4, 1, 3, 1] | /problem/experts/1/2 state must be a whole number from 0 to 2, but was 3.0",
                "[4, 1, 2, 1] | [4, 1, 0.5, 1] | /problem/experts/1/2 state must be a whole number from 0 to 2, but was 0.5",
                "[4, 1, 2, 1] | [4, 1, 2, 2] | /problem/experts/1/3 action must be a whole number from -1 to 1, but was 2.0",
                "[4, 1, 2, 1] | [4, 1, 2, -1] | /problem/experts/1/3 action must be at least 0 except in a trajectory's last row, but was -1.0",
                "[4, 1, 2, 1] | [4, 3, 2, 1] | /problem/experts/3/1 step must count 0, 1, 2, ... in its trajectory, where 1 is due, but was 2.0",
                "[4, 1, 2, 1] | [4, 0, 2, 1] | /problem/experts/2/1 step must count 0, 1, 2, ... in its trajectory, where 1 is due, but was 0.0",
                "[9, 0, 1, 0] | [-9, 0, 1, 0] | /problem/experts/0/0 trajectory must be a whole number from 0 to 4503599627370496, but was -9.0"
            })
    void brokenRowsAreNamed(String row, String broken, String message) {
        assertThatThrownBy(() -> read(FILE.replace(row, broken)))
                .isInstanceOf(ProblemFileException.class)
                .hasMessage("my.json: " + message);
    }

    @Test
    void rowsOfADataSetAreNamedByTrajectoryAndStep() {
        double[] features = {9, 0, 1, 4, 1, 7, 4, 0, 0};
        ExpertTable table =
                ExpertTable.ofProcess(MemoryBlocks.of(3, features, new double[] {0, 1, 1}, 2), "data/experts");
        assertThatThrownBy(() -> table.visits(3, 2, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "problem.table: data/experts: trajectory 4.0, step 1.0: state must be a whole number from 0 to"
                                + " 2, but was 7.0");
        assertThatThrownBy(
                        () -> ExpertTable.ofProcess(MemoryBlocks.of(1, new double[2], new double[2], 2), "data/other"))
                .hasMessage("problem.table must have the features trajectory, step, state and the label action, but"
                        + " data/other has 1 features");
    }

    @Test
    void dataSetsTakeThePlaceOfGeneratedExperts() {
        double[] features = new double[12];
        double[] labels = new double[4];
        for (int row = 0; row < 4; row++) {
            System.arraycopy(ROWS[row], 0, features, 3 * row, 3);
            labels[row] = ROWS[row][3];
        }
        ProblemFactory factory = InverseRl.FAMILY;
        TreeMap<String, Object> values = new TreeMap<>();
        factory.parameters().forEach(one -> one.fallback().ifPresent(value -> values.put(one.name(), value)));
        values.put("states", 3L);
        values.put("actions", 2L);
        values.put("table", "data/experts");
        FiniteInverse problem =
                (FiniteInverse) factory.create(new Settings(values), uri -> MemoryBlocks.of(3, features, labels, 3));
        assertThat(problem.experts().occupancy())
                .containsExactly(new double[] {0, 0.5, 0.5, 0, 0, 0.45}, within(1e-15));
        assertThat(problem.experts().ends()).containsExactly(new double[] {0, 0.405, 0}, within(1e-15));
        assertThat(problem.trueReward()).isEmpty();
    }

    private static ProblemFile read(String text) throws IOException {
        return ProblemFile.read("my.json", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
