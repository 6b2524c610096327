package io.stackel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.algorithm.GradientOracle;
import io.stackel.estimate.BatchRequest;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationException;
import io.stackel.experiment.GivenProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.Test;

class EngineChoiceIT {

    /** The object of a program, which no other process can build. */
    @Test
    void aSparkThatCannotBuildTheProblemIsStoppedAgain() {
        String text = """
            format: 1
            name: tiny
            problem: {name: reward-design, states: 3, actions: 2}
            policy: {name: tabular-softmax}
            algorithm: {name: first-order, sigma: 0.1}
            sampling: {horizon: 5}
            """;
        Catalogue shipped = Catalogue.shipped();
        LoadedExperiment named = loaded(text, shipped);
        LoadedExperiment given = loaded(
                text.replaceFirst("name: reward-design.*}", "name: mine}"),
                shipped.with(new GivenProblem("mine", named.experiment().setup().problem())));
        EngineChoice spark =
                new EngineChoice(EngineChoice.Kind.SPARK, OptionalInt.empty(), OptionalInt.of(1), Optional.empty());
        BatchRequest request = given.algorithm().request(given.algorithm().init());

        try (GradientOracle oracle = spark.open(given)) {
            assertThatThrownBy(() -> oracle.evaluate(request, "first"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("problem.name must be a known name");
            assertThat(SparkEnv.get()).isNull();
        }
    }

    private static LoadedExperiment loaded(String text, Catalogue catalogue) {
        return LoadedExperiment.decode(
                new LoadedExperiment.Text("text", text.getBytes(StandardCharsets.UTF_8), List.of()), catalogue);
    }
}
