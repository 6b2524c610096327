package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of a user's own problem and algorithm, as Maven built them, through the launcher and through spark-submit. */
class ExampleProjectIT {

    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final Path EXAMPLES = PROJECT.resolve("deploy/examples");
    private static final Path JOBS = PROJECT.resolve("spark-jobs/target");
    private static final List<String> SHORT = List.of(
            "--set",
            "stop.iterations=3",
            "--set",
            "upper.units=16",
            "--set",
            "lower.units=16",
            "--set",
            "evaluation.units=50");

    @TempDir
    Path folder;

    private static String jar(String example) {
        return EXAMPLES.resolve(example + "/target/" + example + ".jar").toString();
    }

    private static String configuration(String example) {
        return EXAMPLES.resolve(example + "/" + example + ".yaml").toString();
    }

    /** What a cluster has: everything but Stackel and the examples. */
    private static String provided() throws IOException {
        try (Stream<Path> jars = Files.list(JOBS.resolve("lib/jars"))) {
            List<String> all = jars.map(Path::toString).sorted().toList();
            assertThat(all).isNotEmpty().noneMatch(jar -> jar.contains("stackel-"));
            return String.join(File.pathSeparator, all);
        }
    }

    private Process start(String name, List<String> line, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private JsonNode result(String name, Process process) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(text(name, process));
    }

    private String text(String name, Process process) throws IOException, InterruptedException {
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroyForcibly();
        String err = Files.readString(folder.resolve(name + ".err"));
        assertThat(ended).as(err).isTrue();
        assertThat(process.exitValue()).as(err).isZero();
        return Files.readString(folder.resolve(name + ".out"));
    }

    private List<String> run(String example, String name, List<String> door, String... engine) {
        Path out = folder.resolve(name);
        List<String> command = List.of("run", configuration(example), "--out", out.toString(), "--json");
        return Stream.of(door, command, SHORT, List.of(engine))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> submit(String example) throws IOException {
        return submit(
                "io.stackel.cli.Main", jar(example), JOBS.resolve("stackel.jar").toString());
    }

    /** Starts the main class of an application with further jars. */
    private static List<String> submit(String main, String jars, String application) throws IOException {
        List<String> door = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-opens"))
                .forEach(door::add);
        door.addAll(List.of("-Xmx512m", "-cp", provided(), "org.apache.spark.deploy.SparkSubmit"));
        door.addAll(List.of("--class", main, "--master", "local-cluster[1,1,512]"));
        door.addAll(List.of("--conf", "spark.executor.memory=512m", "--jars", jars));
        door.add(application);
        return door;
    }

    @ParameterizedTest
    @ValueSource(strings = {"maintenance", "algorithm"})
    void theSameBitsComeThroughTheLauncherAndThroughSparkSubmit(String example)
            throws IOException, InterruptedException {
        List<String> launcher = List.of(PROJECT.resolve("deploy/bin/stackel").toString(), "--jars", jar(example));

        Process local = start(
                "local",
                run(example, "local", launcher, "--engine", "local"),
                Map.of("JAVA_HOME", System.getProperty("java.home")));
        JsonNode here = result("local", local);
        Process submitted = start(
                "submitted", run(example, "submitted", submit(example)), Map.of("SPARK_DIST_CLASSPATH", provided()));
        JsonNode there = result("submitted", submitted);

        assertThat(here.path("state").textValue()).isEqualTo("complete");
        assertThat(here.path("iteration").intValue()).isEqualTo(3);
        assertThat(there.path("stateSha256")).isEqualTo(here.path("stateSha256"));
        assertThat(there.path("metricsSha256")).isEqualTo(here.path("metricsSha256"));
        assertThat(here.path("problemCode").textValue()).matches("[0-9a-f]{64}");
        assertThat(there.path("problemCode")).isEqualTo(here.path("problemCode"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"maintenance", "algorithm"})
    void theExamplePassesItsCheck(String example) throws IOException, InterruptedException {
        Process check = start(
                "check",
                List.of(
                        PROJECT.resolve("deploy/bin/stackel").toString(),
                        "--jars",
                        jar(example),
                        "check",
                        configuration(example),
                        "--units",
                        "512",
                        "--json"),
                Map.of("JAVA_HOME", System.getProperty("java.home")));

        assertThat(result("check", check).path("passed").booleanValue()).isTrue();
    }

    @Test
    void aProgramOfItsOwnGetsTheBitsOfTheCommandLine() throws IOException, InterruptedException {
        String stackel = JOBS.resolve("stackel.jar").toString();
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path source = EXAMPLES.resolve("notebook/RewardDesign.java");
        String path = stackel + File.pathSeparator + provided();
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-cp", path, "-d", classes.toString(), source.toString()))
                .isZero();
        Path jar = folder.resolve("notebook.jar");
        assertThat(java.util.spi.ToolProvider.findFirst("jar")
                        .orElseThrow()
                        .run(System.out, System.err, "cf", jar.toString(), "-C", classes.toString(), "."))
                .isZero();
        String configuration =
                PROJECT.resolve("conf/experiments/reward-design.yaml").toString();
        String launcher = PROJECT.resolve("deploy/bin/stackel").toString();
        Map<String, String> java = Map.of("JAVA_HOME", System.getProperty("java.home"));

        List<String> program = new ArrayList<>(submit("org.example.RewardDesign", stackel, jar.toString()));
        program.addAll(List.of(configuration, folder.resolve("mine").toString()));
        String printed = text("program", start("program", program, Map.of("SPARK_DIST_CLASSPATH", provided())));
        List<String> same = List.of(launcher, "run", configuration, "--set", "stop.iterations=60", "--engine", "local");
        JsonNode expected = result(
                "expected",
                start(
                        "expected",
                        Stream.concat(
                                        same.stream(),
                                        Stream.of(
                                                "--json",
                                                "--out",
                                                folder.resolve("expected").toString()))
                                .toList(),
                        java));
        JsonNode found = result(
                "found",
                start(
                        "found",
                        List.of(launcher, "status", folder.resolve("mine").toString(), "--json"),
                        java));

        assertThat(found.path("stateSha256")).isEqualTo(expected.path("stateSha256"));
        assertThat(printed)
                .contains("(complete)", "80 numbers of x; the policy is a table of 20 states and 4 actions")
                .contains("|iteration|samples|upperObjectiveAtBestResponse|");
    }
}
