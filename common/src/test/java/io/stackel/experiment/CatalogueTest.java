package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.AlgorithmFactory;
import io.stackel.algorithm.Algorithms;
import io.stackel.algorithm.MisfitException;
import io.stackel.algorithm.ProblemSetup;
import io.stackel.policy.LinearSoftmax;
import io.stackel.policy.MlpGaussian;
import io.stackel.policy.Network;
import io.stackel.policy.Policy;
import io.stackel.policy.TabularSoftmax;
import io.stackel.problem.Parameter;
import io.stackel.problem.PolicyFactory;
import io.stackel.problem.Settings;
import io.stackel.problem.TrajectoryProblem;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Algorithms and policies that a class loader brings. */
class CatalogueTest {

    private static final String TEXT = """
            format: 1
            name: own
            problem: {name: reward-design, states: 4, actions: 2}
            policy: {name: NAME, shape: SHAPE}
            algorithm: {name: independent}
            upper: {units: 8}
            lower: {solver: sampled, optimizer: adam}
            sampling: {horizon: 10}
            stop: {iterations: 1}
            """;

    @TempDir
    private Path folder;

    /** Takes the name of a shipped algorithm. */
    public static final class SecondPbrl implements AlgorithmFactory {

        @Override
        public String name() {
            return "pbrl";
        }

        @Override
        public String summary() {
            return "another one";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Algorithm create(ProblemSetup setup, Settings settings) {
            return Algorithms.all().get(0).create(setup, settings);
        }
    }

    /** Takes the name of a shipped policy. */
    public static final class SecondSoftmax extends Shapes {

        @Override
        public String name() {
            return "linear-softmax";
        }
    }

    /** Policies for a problem of four states and two actions, of which one fits. */
    public static class Shapes implements PolicyFactory {

        @Override
        public String name() {
            return "shapes";
        }

        @Override
        public String summary() {
            return "policies of several shapes";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(Parameter.choice(
                    "shape", "right", List.of("right", "actions", "observation", "vectors"), "Which mistake it has."));
        }

        @Override
        public boolean vectors() {
            return false;
        }

        @Override
        public Policy create(TrajectoryProblem problem, Settings settings) {
            return switch (settings.text("shape")) {
                case "actions" -> new TabularSoftmax(4, 3);
                case "observation" -> new LinearSoftmax(9, 2);
                case "vectors" -> new MlpGaussian(Network.of(4, List.of(), 2, io.stackel.policy.Activation.TANH), 1, 0);
                default -> new TabularSoftmax(4, 2);
            };
        }
    }

    private Catalogue catalogue(Class<?> service, Class<?> provider) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(service.getName()), provider.getName() + "\n");
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            return Catalogue.load(loader);
        }
    }

    @Test
    void nameOfAnAlgorithmThatIsTakenIsRefused() {
        assertThatThrownBy(() -> catalogue(AlgorithmFactory.class, SecondPbrl.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("algorithm names must be unique, but pbrl is the name of io.stackel.algorithm.")
                .hasMessageEndingWith(" and of " + SecondPbrl.class.getName());
    }

    @Test
    void nameOfAPolicyThatIsTakenIsRefused() {
        assertThatThrownBy(() -> catalogue(PolicyFactory.class, SecondSoftmax.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policy names must be unique, but linear-softmax is the name of "
                        + PolicyFamily.class.getName() + " and of " + SecondSoftmax.class.getName());
    }

    @Test
    void catalogueOfWhatShipsHasNothingElse() throws IOException {
        assertThat(catalogue(PolicyFactory.class, Shapes.class).policies()).containsKeys("shapes", "tabular-softmax");
        assertThat(Catalogue.shipped().policies()).doesNotContainKey("shapes");
    }

    private Experiment experiment(String shape) throws IOException {
        Catalogue catalogue = catalogue(PolicyFactory.class, Shapes.class);
        byte[] text = TEXT.replace("NAME", "shapes").replace("SHAPE", shape).getBytes(StandardCharsets.UTF_8);
        return Experiment.of(
                new ConfigurationDecoder(catalogue.vocabulary()).decode("own.yaml", text, List.of()),
                catalogue,
                Optional.empty());
    }

    @Test
    void policyThatFitsIsTaken() throws IOException {
        assertThat(experiment("right").algorithm().init().tensors()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "actions | must have actions() = 2 for this problem, but has 3; fix the policy's code",
                "observation | must have observationSize() = 4 for this problem, but has 9; fix the policy's code",
                "vectors | makes a io.stackel.policy.MlpGaussian, which must be a DiscretePolicy, because actions are"
                        + " numbered; fix the policy's code"
            })
    void policyThatDoesNotFitIsRefusedWithItsKey(String shape, String rule) {
        assertThatThrownBy(() -> experiment(shape))
                .isInstanceOf(MisfitException.class)
                .hasMessage("policy.name: shapes " + rule);
    }
}
