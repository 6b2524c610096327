package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactCommandTest {

    /** Problems with exact values by an independent program; the tests of common read them, too. */
    private static final Path ORACLE =
            Path.of(System.getProperty("basedir", ""), "../common/src/test/resources/oracle");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    private Path without(String name, String... removed) throws IOException {
        ObjectNode tree =
                (ObjectNode) MAPPER.readTree(ORACLE.resolve(name + ".json").toFile());
        tree.remove(List.of(removed));
        return Files.writeString(folder.resolve(name + ".json"), tree.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"reward_design", "stackelberg", "zero_sum", "preferences", "ridge", "ending_stackelberg"})
    void fileGivesTheKeysShapesAndNumbersOfTheOracle(String name) throws IOException {
        Invocation exact = Invocation.of("exact", without(name, "exact"));

        assertThat(exact.code()).isZero();
        assertThat(exact.err()).isEmpty();
        JsonNode wanted =
                MAPPER.readTree(ORACLE.resolve(name + ".json").toFile()).path("exact");
        assertThat(names(exact.json())).containsExactlyInAnyOrderElementsOf(names(wanted));
        wanted.properties().forEach(entry -> {
            JsonNode got = exact.json().path(entry.getKey());
            assertThat(skeleton(got)).as(entry.getKey()).isEqualTo(skeleton(entry.getValue()));
            assertThat(distance(got, entry.getValue()))
                    .as(entry.getKey())
                    .isCloseTo(0, Offset.offset(1e-9 * Math.max(1, largest(entry.getValue()))));
        });
    }

    /** Payoffs of up to 1e6 at an entropy weight of .25 are solved; 1e300 are refused with the rule. */
    @ParameterizedTest
    @CsvSource({"1e6, 0", "1e300, 3"})
    void payoffsMayBeLargeBesideTheEntropyWeight(double scale, int code) throws IOException {
        ObjectNode tree =
                (ObjectNode) MAPPER.readTree(without("zero_sum", "exact").toFile());
        ObjectNode problem = (ObjectNode) tree.path("problem");
        problem.set("payoff", scaled(problem.path("payoff"), scale));
        Path large = Files.writeString(folder.resolve("large.json"), tree.toString());

        Invocation exact = Invocation.of("exact", large);

        assertThat(exact.code()).as(exact.err()).isEqualTo(code);
        assertThat(exact.err()).doesNotContain("\tat ").isEqualTo(code == 0 ? "" : exact.err());
    }

    private static JsonNode scaled(JsonNode node, double scale) {
        if (!node.isArray()) {
            return MAPPER.getNodeFactory().numberNode(scale * node.doubleValue());
        }
        ArrayNode array = MAPPER.createArrayNode();
        node.forEach(part -> array.add(scaled(part, scale)));
        return array;
    }

    @Test
    void exactSectionOfTheFileIsNotRead() throws IOException {
        Path plain = without("reward_design", "exact");
        ObjectNode tree = (ObjectNode) MAPPER.readTree(plain.toFile());
        tree.set("exact", MAPPER.createObjectNode().put("hypergradient", "wrong"));
        Path lying = Files.writeString(folder.resolve("lying.json"), tree.toString());

        assertThat(Invocation.of("exact", lying)).isEqualTo(Invocation.of("exact", plain));
    }

    @Test
    void pointIsZeroAndSigmaATenthWhereTheFileGivesNone() throws IOException {
        Path plain = without("reward_design", "exact", "at");
        ObjectNode tree = (ObjectNode) MAPPER.readTree(plain.toFile());
        tree.set("at", MAPPER.createObjectNode().put("sigma", 0.1));

        assertThat(Invocation.of("exact", plain).json())
                .isEqualTo(Invocation.of("exact", Files.writeString(folder.resolve("at.json"), tree.toString()))
                        .json());
    }

    @Test
    void withoutEntropyTheOptimumIsLeftOutAndNamed() throws IOException {
        ObjectNode tree =
                (ObjectNode) MAPPER.readTree(without("reward_design", "exact").toFile());
        ((ObjectNode) tree.path("problem")).put("tau", 0);
        Path hard = Files.writeString(folder.resolve("hard.json"), tree.toString());

        Invocation exact = Invocation.of("exact", hard);

        assertThat(exact.code()).isZero();
        assertThat(names(exact.json())).contains("follower_value").doesNotContain("hypergradient", "optimal_policy");
        assertThat(exact.err()).contains("left out").contains("hypergradient").contains("optimal_policy");
    }

    @Test
    void configuredProblemIsSeenWhereItsRunStarts() throws IOException {
        Path tiny = Invocation.configuration("tiny-rooms.yaml", folder);

        JsonNode exact = Invocation.of("exact", tiny).json();

        Invocation.of("run", tiny, "--engine", "local", "--out", folder.resolve("a"), "--set", "stop.iterations=1");
        JsonNode first = firstRow(folder.resolve("a/metrics"));
        assertThat(first.path("iteration").longValue()).isZero();
        assertThat(exact.path("hyper_objective").doubleValue())
                .isCloseTo(first.path("upperObjectiveAtBestResponse").doubleValue(), Offset.offset(1e-9));
        double square = 0;
        for (JsonNode element : exact.path("hypergradient")) {
            square += element.doubleValue() * element.doubleValue();
        }
        assertThat(Math.sqrt(square)).isCloseTo(first.path("stationarityGap").doubleValue(), Offset.offset(1e-9));
        assertThat(exact.path("optimal_policy")).hasSize(2);
        assertThat(Invocation.of("exact", tiny, "--set", "problem.goals=one")
                        .json()
                        .path("optimal_policy"))
                .hasSize(104);
    }

    private static JsonNode firstRow(Path metrics) throws IOException {
        String[] names = metrics.toFile().list();
        Arrays.sort(names);
        return MAPPER.readTree(Files.readAllLines(metrics.resolve(names[0])).get(0));
    }

    @Test
    void overridesOfAProblemFileAreRefused() throws IOException {
        Invocation exact = Invocation.of("exact", without("reward_design"), "--set", "sigma=1");

        assertThat(exact.code()).isEqualTo(2);
        assertThat(exact.err()).contains("--set sigma=1 changes a key of a configuration");
    }

    @Test
    void wrongTableIsTheUsersData() throws IOException {
        ObjectNode tree =
                (ObjectNode) MAPPER.readTree(without("reward_design", "exact").toFile());
        ((ObjectNode) tree.path("problem")).put("gamma", 1.5);
        Path wrong = Files.writeString(folder.resolve("wrong.json"), tree.toString());

        Invocation exact = Invocation.of("exact", wrong);

        assertThat(exact.code()).isEqualTo(3);
        assertThat(exact.err()).contains(wrong + ": /problem/gamma must be in [0, 1), but was 1.5");
        assertThat(exact.out()).isEmpty();
    }

    private static List<String> names(JsonNode object) {
        return List.copyOf(MAPPER.convertValue(object, new TypeReference<Map<String, Object>>() {})
                .keySet());
    }

    /** The nesting of arrays. */
    private static String skeleton(JsonNode node) {
        if (!node.isArray()) {
            return "n";
        }
        StringBuilder text = new StringBuilder("[");
        node.forEach(element -> text.append(skeleton(element)));
        return text.append(']').toString();
    }

    private static double distance(JsonNode got, JsonNode wanted) {
        if (!wanted.isArray()) {
            return Math.abs(got.doubleValue() - wanted.doubleValue());
        }
        double worst = 0;
        for (int i = 0; i < wanted.size(); i++) {
            worst = Math.max(worst, distance(got.get(i), wanted.get(i)));
        }
        return worst;
    }

    private static double largest(JsonNode node) {
        double largest = node.isArray() ? 0 : Math.abs(node.doubleValue());
        for (JsonNode element : node) {
            largest = Math.max(largest, largest(element));
        }
        return largest;
    }
}
