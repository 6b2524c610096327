package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class SchemaCommandTest {

    private static final Path SWEEPS = Path.of(System.getProperty("basedir", ""), "../conf/sweeps");
    private static final Path EXPERIMENTS = Path.of(System.getProperty("basedir", ""), "../conf/experiments");
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(Dialects.getDraft202012());
    private static final String TEXT = Invocation.of("schema").out();
    private static final Schema SCHEMA = REGISTRY.getSchema(TEXT, InputFormat.JSON);

    @Test
    void schemaFollowsItsDraft() {
        Schema draft = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(draft.validate(TEXT, InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void schemaAcceptsEveryExperimentHere(Path file) throws IOException {
        assertThat(SCHEMA.validate(tree(file))).isEmpty();
    }

    /** A problem of trajectories needs them, one of data refuses them. */
    @ParameterizedTest
    @MethodSource("experiments")
    void schemaRefusesEveryExperimentWithSamplingTurnedRound(Path file) throws IOException {
        ObjectNode configuration = tree(file);
        if (configuration.remove("sampling") == null) {
            configuration.putObject("sampling").put("horizon", 10);
        }

        assertThat(SCHEMA.validate(configuration)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void schemaOfSweepsAcceptsEverySweepHere(Path file) throws IOException {
        String sweep = Invocation.of("schema", "sweep").out();

        assertThat(REGISTRY.getSchema(sweep, InputFormat.JSON).validate(tree(file)))
                .isEmpty();
        assertThat(SCHEMA.validate(tree(file)))
                .as("a sweep is no configuration")
                .isNotEmpty();
    }

    @Test
    void schemaOfProblemFilesAcceptsTheOnesOfTheOracle() throws IOException {
        Path oracle = Path.of(System.getProperty("basedir", ""), "../common/src/test/resources/oracle");
        Schema game = REGISTRY.getSchema(Invocation.of("schema", "game").out(), InputFormat.JSON);
        List<Path> files = files(oracle, ".json");

        assertThat(files).hasSizeGreaterThan(4);
        for (Path file : files) {
            assertThat(game.validate(Files.readString(file), InputFormat.JSON))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @Test
    void anotherKindIsRefused() {
        Invocation other = Invocation.of("schema", "games");

        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("KIND must be run, sweep or game, but was games");
    }

    /** The whole of it, with problems of tests beside those that ship; ReferenceTest compares it without them. */
    @Test
    void markdownHasEverySectionOfTheReferenceHere() throws IOException {
        String[] sections =
                Files.readString(EXPERIMENTS.resolve("../REFERENCE.md")).split("\n(?=#)");

        assertThat(Invocation.of("schema", "--markdown").out()).contains(sections);
    }

    private static List<Path> sweeps() throws IOException {
        return files(SWEEPS, ".yaml");
    }

    private static List<Path> experiments() throws IOException {
        return files(EXPERIMENTS, ".yaml");
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    private static ObjectNode tree(Path file) throws IOException {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        return new ObjectMapper().valueToTree(tree);
    }
}
