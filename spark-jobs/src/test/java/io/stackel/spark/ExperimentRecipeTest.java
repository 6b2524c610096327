package io.stackel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.stackel.algorithm.LocalOracle;
import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.BatchResult;
import io.stackel.estimate.ChunkEvaluator;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.Experiment;
import io.stackel.experiment.ExperimentConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class ExperimentRecipeTest {

    private static final ClassLoader LOADER = ExperimentRecipeTest.class.getClassLoader();
    private static final Path ORACLE =
            Path.of(System.getProperty("basedir", ""), "../common/src/test/resources/oracle");

    private static double[] firstGradient(Experiment experiment, ChunkEvaluator.Source source) {
        BatchRequest request =
                experiment.algorithm().request(experiment.algorithm().init());
        try (LocalOracle oracle = LocalOracle.single(source)) {
            BatchResult result = oracle.evaluate(request, "test");
            return result.estimate(0).upperGradient();
        }
    }

    private static void assertSameProblem(String problem, Optional<byte[]> file) {
        String text = """
                format: 1
                name: recipe
                problem: %s
                policy: {name: tabular-softmax}
                algorithm: {name: first-order, sigma: 0.1}
                upper: {units: 16}
                lower: {solver: planned}
                sampling: {horizon: 20}
                """.formatted(problem);
        Catalogue catalogue = Catalogue.load(LOADER);
        ExperimentConfiguration configuration = new ConfigurationDecoder(catalogue.vocabulary())
                .decode("test", text.getBytes(StandardCharsets.UTF_8), List.of());
        Experiment experiment = Experiment.of(configuration, catalogue, file);

        ChunkEvaluator.Source built = new ExperimentRecipe()
                .build(ExperimentRecipe.pack(configuration, file, Optional.empty(), Configuration::new), LOADER);

        assertThat(firstGradient(experiment, built))
                .isEqualTo(firstGradient(experiment, experiment.source()))
                .isNotEqualTo(new double[experiment.setup().problem().upperSize()]);
    }

    @Test
    void namedProblemIsBuiltAgain() {
        assertSameProblem("{name: reward-design, states: 6, problemSeed: 4}", Optional.empty());
    }

    @Test
    void problemOfAFileIsBuiltFromItsContent() throws IOException {
        byte[] content = Files.readAllBytes(ORACLE.resolve("reward_design.json"));

        assertSameProblem("{file: nowhere/any.json}", Optional.of(content));
    }
}
