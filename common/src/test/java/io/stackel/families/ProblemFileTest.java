package io.stackel.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.problem.FiniteProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemFileTest {

    private static final String SMALL = """
            {"kind": "reward_design",
             "problem": {"states": 2, "actions": 1, "gamma": 0.9, "tau": 0.1, "cost": 0.5, "rho": [0.5, 0.5],
              "transition": [[[0.25, 0.75]], [[1, 0]]], "follower_reward": [[1], [2]], "leader_reward": [[3], [4]]},
             "at": {"x": [[5], [6]], "theta": [[7], [8]], "sigma": 0.2}}
            """;

    @Test
    void tablesAndPointAreReadInRowOrder() throws IOException {
        ProblemFile file = read(SMALL);
        assertThat(file.kind()).isEqualTo("reward_design");
        RewardDesign problem = (RewardDesign) file.problem();
        assertThat(problem.game().transition()).containsExactly(0.25, 0.75, 1, 0);
        assertThat(problem.game().start()).containsExactly(0.5, 0.5);
        assertThat(problem.reward()).containsExactly(1, 2);
        assertThat(problem.upperReward()).containsExactly(3, 4);
        assertThat(problem.discount()).isEqualTo(0.9);
        assertThat(problem.entropyWeight()).isEqualTo(0.1);
        assertThat(problem.regularization()).isEqualTo(0.5);
        assertThat(file.upper().values()).containsExactly(5, 6);
        assertThat(file.upperShape()).containsExactly(2, 1);
        assertThat(file.lower()).containsExactly(7, 8);
        assertThat(file.sigma()).isEqualTo(0.2);
    }

    /** Of every kind that has transitions. */
    @ParameterizedTest
    @ValueSource(strings = {"reward_design", "stackelberg", "zero_sum", "preferences", "inverse_rl"})
    void rowsOfTransitionsMaySumToLessThanOne(String kind) throws IOException {
        String transition = switch (kind) {
            case "reward_design", "preferences", "inverse_rl" -> "[[[0.25, 0.5]], [[0, 0]]]";
            default -> "[[[[0.25, 0.5]]], [[[0, 0]]]]";
        };
        String rest = switch (kind) {
            case "reward_design" ->
                "'rho': [1, 0], 'actions': 1, 'cost': 0, 'follower_reward': [[1], [2]], 'leader_reward': [[3], [4]]";
            case "stackelberg" ->
                "'rho': [1, 0], 'leader_actions': 1, 'follower_actions': 1, 'follower_reward': [[[1]], [[2]]],"
                        + " 'leader_reward': [[[3]], [[4]]]";
            case "zero_sum" -> "'rho': [1, 0], 'actions_1': 1, 'actions_2': 1, 'payoff': [[[1]], [[2]]]";
            case "preferences" -> "'rho': [1, 0], 'actions': 1, 'segments': [[[0, -1], [1, -1]]], 'labels': [1]";
            default -> "'actions': 1, 'experts': [[0, 0, 0, 0], [0, 1, 1, 0]]";
        };
        String text = "{'kind': '" + kind + "', 'problem': {'states': 2, 'gamma': 0.5, 'tau': 1, 'transition': "
                + transition + ", " + rest + "}}";

        FiniteProblem problem = (FiniteProblem)
                read(text.replace('\'', '"')).solvable("my.json").problem();

        assertThat(problem.game(0).transition()).containsExactly(0.25, 0.5, 0, 0);
    }

    @Test
    void sizesBeyondAnyArrayAreNamed() {
        String pairs =
                "{'kind': 'preferences', 'problem': {'states': 1000000000, 'actions': 3, 'segments': [[[0], [1]]],"
                        + " 'labels': [1]}}";
        assertThatThrownBy(() -> read(pairs.replace('\'', '"')))
                .isInstanceOf(ProblemFileException.class)
                .hasMessage("my.json: /problem/actions must make tables of at most 2147483639 cells, but makes some of"
                        + " 3000000000");
        String experts =
                "{'kind': 'inverse_rl', 'problem': {'states': 2000000000, 'actions': 1, 'gamma': 0.5, 'tau': 1,"
                        + " 'transition': [[[1]]], 'experts': [[0, 0, 0, 0]]}}";
        assertThatThrownBy(() -> read(experts.replace('\'', '"')))
                .isInstanceOf(ProblemFileException.class)
                .hasMessageStartingWith("my.json: /problem/transition must have the shape [2000000000, 1, 2000000000]");
    }

    @Test
    void stackelbergGamesAreRead() throws IOException {
        ProblemFile file = read(ExactReportTest.fixture("stackelberg"));
        Stackelberg problem = (Stackelberg) file.problem();
        assertThat(problem.game().leaderActions()).isEqualTo(3);
        assertThat(problem.game().transition()).hasSize(5 * 3 * 3 * 5).startsWith(0.026572705863626818);
        assertThat(file.upperShape()).containsExactly(5, 3);
    }

    @Test
    void zeroSumGamesAreReadWithOrWithoutADesigner() throws IOException {
        String text = ExactReportTest.fixture("zero_sum");
        ProblemFile plain = read(text);
        ZeroSumIncentive problem = (ZeroSumIncentive) plain.problem();
        assertThat(problem.firstActions()).isEqualTo(3);
        assertThat(problem.secondActions()).isEqualTo(3);
        assertThat(problem.upperReward()).hasSize(36).containsOnly(0);
        assertThat(plain.upperShape()).containsExactly(4, 3, 3);
        assertThat(plain.lower()).hasSize(4 * (3 + 3));
        String rows = "[[1, 1, 1], [1, 1, 1], [1, 1, 1]]";
        String designer = String.join(", ", rows, rows, rows, rows);
        ProblemFile designed =
                read(text.replace("\"gamma\"", "\"designer_reward\": [" + designer + "], \"cost\": 0.5, \"gamma\""));
        assertThat(((ZeroSumIncentive) designed.problem()).upperReward()).containsOnly(1);
        assertThat(((ZeroSumIncentive) designed.problem()).regularization()).isEqualTo(0.5);
        assertThatThrownBy(() -> read(text.replace("\"theta_1\"", "\"theta\"")))
                .isInstanceOf(ProblemFileException.class)
                .hasMessage("my.json: /at/theta must be one of x, theta_1, theta_2");
    }

    @Test
    void missingPointIsZerosAndATenth() throws IOException {
        ProblemFile file = read(SMALL.replaceAll(",\\s*\"at\".*}}", "}"));
        assertThat(file.upper().values()).containsExactly(0, 0);
        assertThat(file.lower()).containsExactly(0, 0);
        assertThat(file.sigma()).isEqualTo(0.1);
    }

    @Test
    void keysMayStandInAnyOrderAndExactIsNotRead() throws IOException {
        String at = SMALL.substring(SMALL.indexOf("\"at\""), SMALL.lastIndexOf('}'));
        String rest = SMALL.substring(1, SMALL.indexOf(",\n \"at\""));
        String text = "{" + at + ", \"exact\": {\"q\": [NaN, [\"nonsense\"]]}, \"seed\": 1, " + rest + "}";
        assertThat(read(text).lower()).containsExactly(7, 8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"gamma\": 0.9 | \"gamma\": 1.0 | /problem/gamma must be in [0, 1), but was 1.0",
                "\"tau\": 0.1 | \"tau\": -1 | /problem/tau must be in [0, inf), but was -1.0",
                "\"tau\": 0.1, | '' | /problem/tau must be given, but is missing",
                "\"tau\": 0.1 | \"tau\": 0.1, \"taw\": 1 | /problem/taw must be one of states, actions, gamma, tau, cost,"
                        + " rho, transition, follower_reward, leader_reward",
                "\"tau\": 0.1 | \"tau\": \"0.1\" | /problem/tau must be a number or an array of numbers, but was 0.1",
                "\"tau\": 0.1 | \"tau\": [0.1] | /problem/tau must be a number, but is an array of shape [1]",
                "\"states\": 2 | \"states\": 2.5 | /problem/states must be a whole number of at least 1, but was 2.5",
                "\"actions\": 1 | \"actions\": 2 | /problem/transition must have the shape [2, 2, 2], but has [2, 1, 2]",
                "[0.25, 0.75] | [0.25, 0.85] | /problem/transition/0/0 must sum to at most 1 (within 1e-9), the rest ending"
                        + " the episode, but sums to 1.1",
                "[0.25, 0.75] | [1.25, -0.25] | /problem/transition/0/0/0 must be in [0, 1], but was 1.25",
                "[0.25, 0.75] | [0.25, 0.75, 0] | /problem/transition/1/0 must have 3 entries as its neighbours, but has 2",
                "[0.25, 0.75] | 0.25 | /problem/transition/1/0 must have as many axes as its neighbours, but was [",
                "[0.5, 0.5] | [0.5, 0.4] | /problem/rho must sum to 1 (within 1e-9), but sums to 0.9",
                "[[1], [2]] | [[1], [NaN]] | /problem/follower_reward/1/0 must be a finite number, but was NaN",
                "[[1], [2]] | [[1], [1e999]] | /problem/follower_reward/1/0 must be a finite number, but was 1e999",
                "[[5], [6]] | [[5], [null]] | /at/x/1/0 must be a number or an array of numbers, but was null",
                "[[7], [8]] | [7, 8] | /at/theta must have the shape [2, 1], but has [2]",
                "\"sigma\": 0.2 | \"sigma\": 0 | /at/sigma must be in (0, inf), but was 0.0",
                "\"sigma\": 0.2 | \"sigmaa\": 0.2 | /at/sigmaa must be one of x, theta, sigma",
                "\"reward_design\" | \"lasso\" | /kind must be one of reward_design, stackelberg, zero_sum, preferences, inverse_rl, ridge, but was lasso",
                "\"reward_design\" | [1] | /kind must be one of reward_design, stackelberg, zero_sum, preferences, inverse_rl, ridge, but was [",
                "\"kind\": \"reward_design\", | '' | /kind must be given, but is missing",
                "\"problem\": | \"problems\": | /problem must be given, but is missing"
            })
    void aBrokenRuleIsNamedWithItsPlace(String from, String to, String message) {
        assertThat(SMALL).contains(from);
        assertThatThrownBy(() -> read(SMALL.replace(from, to)))
                .isInstanceOf(ProblemFileException.class)
                .hasMessage("my.json: " + message);
    }

    @Test
    void whatIsNoJsonIsNamedWithLineAndColumn() {
        assertThatThrownBy(() -> read("{\"kind\":\n nonsense}"))
                .isInstanceOf(ProblemFileException.class)
                .hasMessageStartingWith("my.json: line 2, column 2 must be JSON: Unrecognized token 'nonsense'");
        assertThatThrownBy(() -> read(SMALL.substring(0, SMALL.indexOf("\"cost\""))))
                .isInstanceOf(ProblemFileException.class)
                .hasMessageContaining("must be JSON: Unexpected end-of-input");
        assertThatThrownBy(() -> read(SMALL.replace("\"tau\": 0.1", "\"tau\": 0.1, \"tau\": 0.2")))
                .isInstanceOf(ProblemFileException.class)
                .hasMessageContaining("must be JSON: Duplicate field 'tau'");
        assertThatThrownBy(() -> read("[1]"))
                .isInstanceOf(ProblemFileException.class)
                .hasMessage("my.json: content must be a JSON object");
        assertThatThrownBy(() -> read(SMALL + "{}"))
                .isInstanceOf(ProblemFileException.class)
                .hasMessage("my.json: content must end after one JSON object");
    }

    private static ProblemFile read(String text) throws IOException {
        return ProblemFile.read("my.json", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
