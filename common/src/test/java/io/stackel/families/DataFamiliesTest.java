package io.stackel.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.problem.BlockSource;
import io.stackel.problem.DataProblem;
import io.stackel.problem.DataProblemContract;
import io.stackel.problem.MemoryBlocks;
import io.stackel.problem.ProblemFactory;
import io.stackel.random.Purpose;
import io.stackel.random.RandomStream;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family that fits a model to data keeps the contract of data problems. */
class DataFamiliesTest {

    static Stream<Named<DataProblem>> problems() {
        return DataFamilies.factories()
                .flatMap(factory -> variants(factory.name())
                        .map(given -> Named.of(factory.name() + " " + given, DataFamilies.of(factory.name(), given))));
    }

    private static Stream<Map<String, Object>> variants(String name) {
        return switch (name) {
            case "hyper-parameters" -> Stream.of(Map.of("model", "ridge"), Map.of("model", "logistic"));
            case "hyper-cleaning" -> Stream.of(Map.of("model", "linear"), Map.of("model", "mlp", "startScale", 0.3));
            default -> Stream.of(Map.of());
        };
    }

    @ParameterizedTest
    @MethodSource("problems")
    void gradientsAndBlocksKeepTheContract(DataProblem problem) {
        new DataProblemContract(problem, normal(problem.upperSize(), 1), normal(problem.lowerSize(), 2)).require(1e-8);
    }

    @ParameterizedTest
    @MethodSource("problems")
    void aProblemIsTheSameWhereverItIsMade(DataProblem problem) {
        assertThat(problem.trainingBlock(1).rowMajor())
                .containsExactly(problem.trainingBlock(1).rowMajor());
        assertThat(problem.lowerStart(random(3))).isEqualTo(problem.lowerStart(random(3)));
        assertThat(problem.lowerStart(random(3)).size()).isEqualTo(problem.lowerSize());
        assertThat(problem.upperStart(random(3)).size()).isEqualTo(problem.upperSize());
    }

    @Test
    void dataSetsAreOpenedThroughTheSource() {
        ProblemFactory factory = DataFamilies.factories()
                .filter(one -> one.name().equals("hyper-parameters"))
                .findFirst()
                .orElseThrow();
        double[] features = {1, 2, 3, 4, 5, 6};
        double[] labels = {1, 0, 2};
        BlockSource source = uri -> {
            if (uri.startsWith("memory:")) {
                return MemoryBlocks.of(2, features, labels, uri.endsWith("training") ? 2 : 3);
            }
            throw new IllegalArgumentException("no data set at " + uri);
        };
        DataProblem problem = (DataProblem) factory.create(
                DataFamilies.settings(
                        factory, Map.of("training", "memory:training", "validation", "memory:validation")),
                source);
        assertThat(problem.trainingBlocks()).isEqualTo(2);
        assertThat(problem.validationBlocks()).isEqualTo(1);
        assertThat(problem.lowerSize()).isEqualTo(2);
        assertThatThrownBy(() -> factory.create(
                        DataFamilies.settings(factory, Map.of("training", "s3a://a", "validation", "s3a://b")), source))
                .hasMessage("no data set at s3a://a");
        assertThatThrownBy(() ->
                        factory.create(DataFamilies.settings(factory, Map.of("training", "memory:training")), source))
                .hasMessage(
                        "problem.training and problem.validation must be given together, but validation is missing");
        assertThatThrownBy(() -> factory.create(
                        DataFamilies.settings(
                                factory, Map.of("training", "memory:a", "validation", "memory:b", "model", "logistic")),
                        source))
                .hasMessage("training labels must be -1 or 1 for model: logistic, but one is 0.0");
    }

    private static RandomStream random(int role) {
        return RandomStream.at(1, Purpose.CHECK, role, 0, 0, 0);
    }

    private static double[] normal(int count, int role) {
        RandomStream random = random(role);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }
}
