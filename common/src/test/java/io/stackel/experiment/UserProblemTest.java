package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stackel.algorithm.Algorithm;
import io.stackel.algorithm.Evaluation;
import io.stackel.algorithm.LocalOracle;
import io.stackel.algorithm.MisfitException;
import io.stackel.algorithm.Outcome;
import io.stackel.algorithm.RunLoop;
import io.stackel.algorithm.RunRecorder;
import io.stackel.algorithm.State;
import io.stackel.algorithm.StateHash;
import io.stackel.problem.ProblemFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.spark.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Problems that Stackel does not know: one on the class path, one in a jar that is compiled here. */
class UserProblemTest {

    private static final String RUN = """
            format: 1
            name: user
            problem: {name: PROBLEM}
            policy: {name: linear-softmax}
            algorithm: {ALGORITHM}
            upper: {optimizer: adam, stepSize: 0.02, units: 40}
            lower: {solver: sampled, optimizer: adam, innerSteps: 4, stepSize: 0.1, units: 40}
            sampling: {horizon: 25, baseline: none}
            stop: {iterations: 25}
            evaluation: {every: 25, units: 2000}
            """;

    @TempDir
    private Path folder;

    /** The leader starts without a toll and gains by many standard errors, in the same bits on two threads. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: first-order, sigma: 0.1",
                "name: first-order, penaltyWeight: 10, sides: one, coupling: none",
                "name: pbrl, penaltyWeight: 10, policyOptimizer: adam, policyStepSize: 0.1"
            })
    void aProblemOnTheClassPathRuns(String algorithm) {
        ClassLoader loader = UserProblemTest.class.getClassLoader();
        Report report = run(text("toll-walk", algorithm), loader, 1);
        SortedMap<String, Double> first = report.rows.get(0);
        SortedMap<String, Double> last = report.rows.get(1);
        assertThat(report.last().real("upper")[0]).isBetween(0.1, 1.0);
        double error = first.get("upperObjectiveStandardError") + last.get("upperObjectiveStandardError");
        assertThat(first.get(Evaluation.UPPER_OBJECTIVE) - last.get(Evaluation.UPPER_OBJECTIVE))
                .as("gain of the leader, in standard errors of %s", error)
                .isGreaterThan(6 * error);
        assertThat(last.get("lowerSamples")).isGreaterThan(last.get("upperSamples"));
        Report threaded = run(text("toll-walk", algorithm), loader, 2);
        assertThat(StateHash.sha256(threaded.last())).isEqualTo(StateHash.sha256(report.last()));
        assertThat(threaded.rows).isEqualTo(report.rows);
    }

    @Test
    void aProblemInAJarRuns() throws Exception {
        Path jar = jar("example.lottery.PricedLottery", source());
        try (URLClassLoader loader = loader(jar)) {
            assertThat(Catalogue.load(loader).problems()).containsKeys("priced-lottery", "toll-walk", "four-rooms");
            assertThat(Catalogue.load(UserProblemTest.class.getClassLoader()).problems())
                    .doesNotContainKey("priced-lottery");
            ProblemFactory factory = Catalogue.load(loader).problems().get("priced-lottery");
            assertThat(factory.getClass().getClassLoader()).isSameAs(loader);
            Report report = run(text("priced-lottery", "name: first-order, sigma: 0.1"), loader, 2);
            assertThat(report.last().real("upper")[0]).isBetween(0.1, 1.0);
        }
    }

    @Test
    void keysOfAUsersProblemAreCheckedLikeAllOthers() throws Exception {
        Path jar = jar("example.lottery.PricedLottery", source());
        try (URLClassLoader loader = loader(jar)) {
            String text = text("priced-lottery, chance: 1.5", "name: first-order, sigma: 0.1");
            ConfigurationDecoder decoder =
                    new ConfigurationDecoder(Catalogue.load(loader).vocabulary());
            assertThatThrownBy(() -> decoder.decode("run.yaml", text.getBytes(StandardCharsets.UTF_8), List.of()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("problem.chance must be a number in [0, 1], but was 1.5");
        }
    }

    @Test
    void aNameThatIsTakenIsRefused() throws Exception {
        Path jar = jar("example.lottery.PricedLottery", source().replace("\"priced-lottery\"", "\"four-rooms\""));
        try (URLClassLoader loader = loader(jar)) {
            assertThatThrownBy(() -> Catalogue.load(loader))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("problem names must be unique, but four-rooms is the name of"
                            + " io.stackel.families.ProblemFamily and of example.lottery.PricedLottery");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tabular-softmax", "tabular-direct"})
    void tabularPoliciesAreRefusedWhereObservationsAreNoStates(String policy) {
        String text = text("toll-walk", "name: first-order, sigma: 0.1").replace("linear-softmax", policy);
        assertThatThrownBy(() -> experiment(text, UserProblemTest.class.getClassLoader()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a tabular policy needs observations that are numbers of states, but this problem observes 2"
                                + " numbers; use policy.name: linear-softmax");
    }

    @Test
    void plannedFollowersAreRefusedWithAWayOut() {
        String text = text("toll-walk", "name: first-order, sigma: 0.1").replace("solver: sampled", "solver: planned");
        Experiment experiment = experiment(text, UserProblemTest.class.getClassLoader());
        assertThatThrownBy(experiment::algorithm)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lower.solver: planned needs a finite problem")
                .hasMessageContaining("use first-order, pbrl or independent with lower.solver: sampled");
    }

    /** Natural is the default, so the line that is told may have to be that of the section. */
    @Test
    void naturalStepsAreRefusedWithTheLine() {
        String text = text("toll-walk", "name: first-order, sigma: 0.1");
        String rule =
                "lower.optimizer: natural needs a finite problem, with tables, but this one can only be sampled; use"
                        + " first-order, pbrl or independent with lower.solver: sampled and lower.optimizer: adam";
        requireMisfit(text.replace("adam, innerSteps", "natural, innerSteps"), List.of(), "run.yaml:7:26: " + rule);
        requireMisfit(text.replace("optimizer: adam, innerSteps", "innerSteps"), List.of(), "run.yaml:7:1: " + rule);
        requireMisfit(text, List.of("lower.optimizer=natural"), "--set lower.optimizer: " + rule);
    }

    /** Where a policy reads features, a network has the values. */
    @Test
    void fittedBaselinesAreThoseOfANetwork() {
        String text = text("toll-walk", "name: first-order, sigma: 0.1").replace("none", "fitted");

        assertThat(experiment(text, UserProblemTest.class.getClassLoader())
                        .algorithm()
                        .init()
                        .tensors()
                        .keySet())
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains("value"));
    }

    private static void requireMisfit(String text, List<String> overrides, String line) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Catalogue catalogue = Catalogue.load(UserProblemTest.class.getClassLoader());
        ConfigurationDecoder decoder = new ConfigurationDecoder(catalogue.vocabulary());
        Experiment experiment =
                Experiment.of(decoder.decode("run.yaml", bytes, overrides), catalogue, Optional.empty());
        MisfitException misfit = catchThrowableOfType(MisfitException.class, experiment::algorithm);
        assertThat(ConfigurationDecoder.misfit("run.yaml", bytes, overrides, misfit))
                .hasMessage("1 mistake in run.yaml:\n  " + line);
    }

    private static String text(String problem, String algorithm) {
        return RUN.replace("PROBLEM", problem).replace("ALGORITHM", algorithm);
    }

    private static Experiment experiment(String text, ClassLoader loader) {
        Catalogue catalogue = Catalogue.load(loader);
        ExperimentConfiguration configuration = new ConfigurationDecoder(catalogue.vocabulary())
                .decode("run.yaml", text.getBytes(StandardCharsets.UTF_8), List.of());
        return Experiment.of(configuration, catalogue, Optional.empty());
    }

    private static Report run(String text, ClassLoader loader, int threads) {
        Experiment experiment = experiment(text, loader);
        Algorithm algorithm = experiment.algorithm();
        Report report = new Report();
        try (LocalOracle oracle = new LocalOracle(experiment.source(), threads, 2 * threads)) {
            Evaluation evaluation = experiment.evaluation(oracle);
            RunLoop loop = new RunLoop(algorithm, oracle, evaluation, report, experiment.plan(), () -> false);
            assertThat(loop.run(algorithm.init(), true)).isEqualTo(Outcome.COMPLETE);
        }
        return report;
    }

    private static final class Report implements RunRecorder {

        private final List<SortedMap<String, Double>> rows = new ArrayList<>();
        private final List<State> checkpoints = new ArrayList<>();

        @Override
        public void progressed(State state, SortedMap<String, Double> measurements) {}

        @Override
        public void measured(SortedMap<String, Double> row) {
            rows.add(row);
        }

        @Override
        public void checkpoint(State state, Outcome outcome) {
            checkpoints.add(state);
        }

        State last() {
            return checkpoints.get(checkpoints.size() - 1);
        }
    }

    private static String source() throws IOException {
        try (InputStream stream = UserProblemTest.class.getResourceAsStream("userjar/PricedLottery.java")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static URLClassLoader loader(Path jar) throws IOException {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, UserProblemTest.class.getClassLoader());
    }

    /** Compiles one class against what a user has: common and the linear algebra that it names. */
    private Path jar(String className, String source) throws IOException, URISyntaxException {
        Path file = Files.createDirectories(folder.resolve("source")).resolve("PricedLottery.java");
        Files.writeString(file, source);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int code = compiler.run(
                null, null, null, "-proc:none", "-cp", classPath(), "-d", classes.toString(), file.toString());
        assertThat(code).as("the compiler's exit code").isZero();
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve(ProblemFactory.class.getName()), className + "\n");
        Path jar = folder.resolve("user.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream into = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path one : files.filter(Files::isRegularFile).sorted().toList()) {
                into.putNextEntry(
                        new JarEntry(classes.relativize(one).toString().replace('\\', '/')));
                Files.copy(one, into);
                into.closeEntry();
            }
        }
        return jar;
    }

    private static String classPath() throws URISyntaxException {
        List<Path> places = new ArrayList<>();
        for (Class<?> one : List.of(ProblemFactory.class, DenseVector.class, scala.Product.class)) {
            places.add(Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        return places.stream().map(Path::toString).collect(Collectors.joining(java.io.File.pathSeparator));
    }
}
