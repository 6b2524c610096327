package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.experiment.Catalogue;
import io.stackel.experiment.FileSchema;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every YAML file that ships, through the programs that others read and check YAML with. */
class ShippedYamlTest {

    private static final String AJV = "8.20.0";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path PROJECT = MODULE.getParent();

    @TempDir
    Path folder;

    private static List<Path> shipped() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String place : List.of("conf", "deploy/examples")) {
            all.addAll(files(PROJECT.resolve(place), ".yaml"));
        }
        assertThat(all).hasSizeGreaterThan(25);
        return all;
    }

    private static List<Path> files(Path place, String end) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(file ->
                            file.toString().endsWith(end) && !file.toString().contains("target"))
                    .sorted()
                    .toList();
        }
    }

    private static JsonNode content(Path file) throws IOException {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        return MAPPER.readTree(MAPPER.writeValueAsString(tree));
    }

    /** YAML 1.1, which PyYAML reads, takes 1e-8 for a text, yes for true and 1:30 for 90. */
    @Test
    void pyYamlReadsTheSame() throws IOException, InterruptedException {
        assumeTrue(
                runs("python3", "-c", "import yaml"), "not run: PyYAML is not installed (Debian package python3-yaml)");
        List<String> line = new ArrayList<>(
                List.of("python3", MODULE.resolve("src/test/schema/read.py").toString()));
        shipped().forEach(file -> line.add(file.toString()));

        JsonNode read = MAPPER.readTree(output(line, "", Map.of()));

        for (Path file : shipped()) {
            assertThat(read.path(file.toString())).as(file.toString()).isEqualTo(content(file));
        }
    }

    @Test
    void ajvAcceptsThemInStrictMode() throws IOException, InterruptedException {
        assumeTrue(runs("node", "--version"), "not run: Node.js is not installed (node)");
        Catalogue catalogue = Catalogue.load(examples());
        Map<FileSchema, List<Path>> kinds = shipped().stream()
                .collect(Collectors.groupingBy(
                        file -> isSweep(file) ? FileSchema.SWEEP : FileSchema.RUN,
                        () -> new EnumMap<>(FileSchema.class),
                        Collectors.toList()));
        kinds.put(FileSchema.GAME, files(PROJECT.resolve("common/src/test/resources/oracle"), ".json"));
        ArrayNode jobs = MAPPER.createArrayNode();
        for (FileSchema kind : FileSchema.values()) {
            ObjectNode job = jobs.addObject();
            job.set("schema", MAPPER.readTree(kind.json(catalogue.vocabulary())));
            ArrayNode files = job.putArray("files");
            for (Path file : kinds.get(kind)) {
                files.addObject().put("name", file.toString()).set("content", content(file));
            }
        }

        String mistakes = output(
                List.of("node", MODULE.resolve("src/test/schema/validate.js").toString()),
                jobs.toString(),
                Map.of("AJV", ajv().toString()));

        assertThat(mistakes).isEmpty();
    }

    private static boolean isSweep(Path file) {
        try {
            return content(file).has("configuration");
        } catch (IOException unreadable) {
            throw new AssertionError(file.toString(), unreadable);
        }
    }

    /** The problem and the algorithm of the examples, compiled here. */
    private ClassLoader examples() throws IOException {
        List<URL> places = new ArrayList<>();
        for (String example : List.of("algorithm", "maintenance")) {
            Path sources = PROJECT.resolve("deploy/examples/" + example + "/src/main");
            Path classes = folder.resolve(example);
            List<String> line = new ArrayList<>(
                    List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
            files(sources.resolve("java"), ".java").forEach(file -> line.add(file.toString()));
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, line.toArray(String[]::new)))
                    .isZero();
            places.add(classes.toUri().toURL());
            places.add(sources.resolve("resources").toUri().toURL());
        }
        return new URLClassLoader(places.toArray(URL[]::new), getClass().getClassLoader());
    }

    /** The folder of ajv, which npm fetches once a build. */
    private static Path ajv() throws IOException, InterruptedException {
        Path place = Files.createDirectories(MODULE.resolve("target/schema"));
        Path ajv = place.resolve("node_modules/ajv");
        if (!Files.exists(ajv)) {
            boolean fetched =
                    runs("npm", "install", "--no-audit", "--no-fund", "--prefix", place.toString(), "ajv@" + AJV);
            assumeTrue(fetched, "not run: npm could not fetch ajv " + AJV);
        }
        return ajv;
    }

    private static boolean runs(String... line) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
            process.destroy();
            return ended;
        } catch (IOException notThere) {
            return false;
        }
    }

    private String output(List<String> line, String input, Map<String, String> environment)
            throws IOException, InterruptedException {
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectInput(Files.writeString(folder.resolve("in"), input).toFile())
                .redirectOutput(out)
                .redirectError(err);
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err.toPath())).isZero();
        return Files.readString(out.toPath());
    }
}
