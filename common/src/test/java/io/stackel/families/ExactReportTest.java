package io.stackel.families;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stackel.families.ExactReport.Entry;
import io.stackel.math.Tensor;
import io.stackel.math.VectorMath;
import io.stackel.problem.FiniteProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactReportTest {

    /** Both sides solve systems of a few unknowns in double precision; the oracle differs by 1e-12 between libraries. */
    private static final double TOLERANCE = 1e-9;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reward_design",
                "stackelberg",
                "zero_sum",
                "preferences",
                "ridge",
                "ending_reward_design",
                "ending_stackelberg",
                "ending_zero_sum"
            })
    void everyQuantityAgreesWithTheOracle(String name) throws IOException {
        String text = fixture(name);
        JsonNode wanted = new ObjectMapper().readTree(text).get("exact");
        ExactReport report = ExactReport.of(read(text));
        List<String> keys = new ArrayList<>();
        wanted.fieldNames().forEachRemaining(keys::add);
        assertThat(report.entries()).extracting(Entry::key).containsExactlyElementsOf(keys);
        assertThat(report.leftOut()).isEmpty();
        for (Entry entry : report.entries()) {
            requireClose(entry, tensor(wanted.get(entry.key())));
        }
    }

    @Test
    void withoutEntropyOptimumAndHypergradientAreLeftOut() throws IOException {
        ExactReport report = ExactReport.of(read(fixture("reward_design").replace("\"tau\": 0.2", "\"tau\": 0")));
        assertThat(report.leftOut())
                .containsExactly(
                        "optimal_policy",
                        "optimal_q",
                        "optimal_value",
                        "hyper_objective",
                        "hypergradient",
                        "surrogate_policy",
                        "surrogate_objective",
                        "surrogate_gradient");
        assertThat(report.entries())
                .extracting(Entry::key)
                .contains("value_penalty_grad_x", "bellman_penalty_grad_x")
                .doesNotContainAnyElementsOf(report.leftOut());
        ExactReport game = ExactReport.of(read(fixture("stackelberg").replace("\"tau\": 0.2", "\"tau\": 0")));
        assertThat(game.leftOut())
                .containsExactly("optimal_policy", "optimal_q", "optimal_value", "hyper_objective", "hypergradient");
    }

    @Test
    void withoutEntropyAndWithATiePenaltiesHaveNoGradientInX() throws IOException {
        String tied = """
                {"kind": "reward_design", "problem": {"states": 1, "actions": 2, "gamma": 0.5, "tau": 0, "cost": 0,
                 "rho": [1], "transition": [[[1], [1]]], "follower_reward": [[1, 1]], "leader_reward": [[0, 1]]}}
                """;
        assertThat(ExactReport.of(read(tied)).leftOut()).contains("value_penalty_grad_x", "bellman_penalty_grad_x");
    }

    @Test
    void contextsAreAveragedOrStacked() {
        FiniteProblem both =
                FourRooms.of(List.of(new FourRooms.Cell(1, 9), new FourRooms.Cell(11, 11)), 0.99, 0.05, 1, 0.01);
        DenseVector upper = new DenseVector(new double[105]);
        double[] lower = new double[104 * 4];
        ExactReport report = ExactReport.of(both, upper, lower, 0.05);
        ExactReport first = ExactReport.of(one(1, 9), upper, lower, 0.05);
        ExactReport second = ExactReport.of(one(11, 11), upper, lower, 0.05);
        double[] objectives = value(report, "hyper_objective_per_context").values();
        assertThat(objectives)
                .containsExactly(
                        value(first, "hyper_objective").values()[0],
                        value(second, "hyper_objective").values()[0]);
        assertThat(value(report, "hyper_objective").values()[0]).isEqualTo(0.5 * (objectives[0] + objectives[1]));
        double[] mean = value(first, "hypergradient").values().clone();
        VectorMath.addScaled(1, value(second, "hypergradient").values(), mean);
        assertThat(value(report, "hypergradient").values()).containsExactly(VectorMath.scaled(0.5, mean));
        assertThat(value(report, "visits").shape()).containsExactly(2, 104);
        assertThat(value(report, "optimal_q").shape()).containsExactly(2, 104, 4);
    }

    private static FourRooms one(int row, int column) {
        return FourRooms.of(List.of(new FourRooms.Cell(row, column)), 0.99, 0.05, 1, 0.01);
    }

    private static Tensor.Real value(ExactReport report, String key) {
        return report.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static void requireClose(Entry got, Tensor.Real wanted) {
        assertThat(got.value().shape()).as(got.key()).containsExactly(wanted.shape());
        double scale = Math.max(1, VectorMath.maxAbs(wanted.values()));
        assertThat(VectorMath.maxAbs(VectorMath.minus(got.value().values(), wanted.values())))
                .as(got.key())
                .isLessThanOrEqualTo(TOLERANCE * scale);
    }

    private static Tensor.Real tensor(JsonNode node) {
        List<Integer> shape = new ArrayList<>();
        for (JsonNode part = node; part.isArray(); part = part.get(0)) {
            shape.add(part.size());
        }
        List<Double> values = new ArrayList<>();
        flatten(node, values);
        return new Tensor.Real(
                values.stream().mapToDouble(Double::doubleValue).toArray(),
                shape.stream().mapToInt(Integer::intValue).toArray());
    }

    private static void flatten(JsonNode node, List<Double> into) {
        if (node.isArray()) {
            node.forEach(part -> flatten(part, into));
        } else {
            into.add(node.doubleValue());
        }
    }

    static String fixture(String name) throws IOException {
        try (InputStream in = ExactReportTest.class.getResourceAsStream("/oracle/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A problem file that another program wrote. */
    static ProblemFile file(String name) {
        try {
            return read(fixture(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static ProblemFile read(String text) throws IOException {
        return ProblemFile.read("test.json", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
