package io.stackel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The manifests for two Spark operators: they name what the image has, and they fit the operators' own definitions, which are
 * not part of this project. {@code STACKEL_CRDS} names a folder with the files of the definitions: of Kubeflow's operator
 * {@code config/crd/bases/sparkoperator.k8s.io_sparkapplications.yaml}, of Apache's
 * {@code build-tools/helm/spark-kubernetes-operator/crds/sparkapplications.spark.apache.org-v1.yaml}.
 */
class OperatorManifestsTest {

    private static final Path FOLDER = StandaloneServers.PROJECT.resolve("deploy/kubernetes");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static JsonNode yaml(Path file) throws IOException {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        return MAPPER.valueToTree(loaded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sparkapplication.yaml", "apache-sparkapplication.yaml"})
    void theImagesJobJarRunsAConfigurationThatPodsCanRead(String file) throws IOException {
        JsonNode spec = yaml(FOLDER.resolve(file)).path("spec");
        boolean apache = spec.has("driverArgs");

        assertThat(spec.path("mainClass").asText()).isEqualTo(Main.class.getName());
        assertThat(spec.path(apache ? "jars" : "mainApplicationFile").asText())
                .isEqualTo("local:///opt/stackel/lib/stackel.jar");
        List<String> words = new ArrayList<>();
        spec.path(apache ? "driverArgs" : "arguments").forEach(word -> words.add(word.asText()));
        assertThat(words).hasSize(4).startsWith("run").contains("--out");
        assertThat(words.stream().filter(word -> word.contains("/"))).allMatch(place -> place.startsWith("s3a://"));
    }

    /** What crosses between driver and executors, as in {@code conf/spark/cluster.conf}. */
    @ParameterizedTest
    @ValueSource(strings = {"sparkapplication.yaml", "apache-sparkapplication.yaml"})
    void settingsOfKryoAreThoseOfAnyCluster(String file) throws IOException {
        JsonNode settings = yaml(FOLDER.resolve(file)).at("/spec/sparkConf");

        try (Stream<String> lines = Files.lines(StandaloneServers.PROJECT.resolve("conf/spark/cluster.conf"))) {
            List<String[]> kryo = lines.filter(line -> line.matches("spark[.](serializer|kryo[.]).*"))
                    .map(line -> line.split("\\s+"))
                    .toList();
            assertThat(kryo)
                    .hasSize(3)
                    .allSatisfy(setting ->
                            assertThat(settings.path(setting[0]).asText()).isEqualTo(setting[1]));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sparkapplication.yaml", "apache-sparkapplication.yaml"})
    void theManifestFitsTheOperatorsDefinition(String file) throws IOException {
        String folder = System.getenv().getOrDefault("STACKEL_CRDS", "");
        assumeTrue(!folder.isEmpty(), "not run: STACKEL_CRDS names no folder with the operators' definitions");
        JsonNode manifest = yaml(FOLDER.resolve(file));
        List<JsonNode> definitions = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            for (Path definition :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                definitions.add(yaml(definition));
            }
        }

        assertThat(faults(manifest, definitions)).isEmpty();
    }

    /** The check itself, on a definition with every rule that the manifests need. */
    @Test
    void whatDoesNotFitADefinitionIsNamed() throws IOException {
        JsonNode definition = MAPPER.readTree("""
                {"spec": {"group": "g", "names": {"kind": "K"}, "versions": [{"name": "v1", "served": true, "schema":
                  {"openAPIV3Schema": {"type": "object", "properties": {"spec": {"type": "object", "required": ["mode"],
                    "properties": {"mode": {"type": "string", "enum": ["a", "b"]}, "count": {"type": "integer"},
                    "words": {"type": "array", "items": {"type": "string"}},
                    "conf": {"type": "object", "additionalProperties": {"type": "string"}}}}}}}}]}}""");

        assertThat(faults(
                        "g/v1",
                        "{\"mode\": \"a\", \"count\": 1, \"words\": [\"w\"], \"conf\": {\"x.y\": \"1\"}}",
                        definition))
                .isEmpty();
        assertThat(faults("g/v2", "{\"mode\": \"a\"}", definition)).hasSize(1);
        for (String broken : List.of(
                "{}",
                "{\"mode\": \"c\"}",
                "{\"mode\": \"a\", \"count\": \"1\"}",
                "{\"mode\": \"a\", \"words\": [1]}",
                "{\"mode\": \"a\", \"conf\": {\"x\": 1}}",
                "{\"mode\": \"a\", \"unknown\": 1}")) {
            assertThat(faults("g/v1", broken, definition)).as(broken).hasSize(1);
        }
    }

    private static List<String> faults(String version, String spec, JsonNode definition) throws IOException {
        JsonNode manifest =
                MAPPER.readTree("{\"apiVersion\": \"" + version + "\", \"kind\": \"K\", \"spec\": " + spec + "}");
        return faults(manifest, List.of(definition));
    }

    private static List<String> faults(JsonNode manifest, List<JsonNode> definitions) {
        String version = manifest.path("apiVersion").asText();
        String kind = manifest.path("kind").asText();
        for (JsonNode definition : definitions) {
            for (JsonNode each : definition.at("/spec/versions")) {
                String served = definition.at("/spec/group").asText() + "/"
                        + each.path("name").asText();
                if (served.equals(version)
                        && each.path("served").asBoolean()
                        && definition.at("/spec/names/kind").asText().equals(kind)) {
                    JsonNode schema =
                            each.at("/schema/openAPIV3Schema/properties/spec").deepCopy();
                    close(schema);
                    return SchemaRegistry.withDialect(Dialects.getDraft202012())
                            .getSchema(schema)
                            .validate(manifest.path("spec"))
                            .stream()
                            .map(Object::toString)
                            .toList();
                }
            }
        }
        return List.of("no definition of " + kind + " in " + version);
    }

    /** Kubernetes drops fields that a definition does not know; here they are faults. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(OperatorManifestsTest::close);
    }
}
