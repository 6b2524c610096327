package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.DisallowUnknownKeywordFactory;
import io.stackel.families.FileKey;
import io.stackel.families.ProblemFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schemas of sweeps and problem files accept and refuse what their readers do. */
class FileSchemaTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Dialect STRICT = Dialect.builder(Dialects.getDraft202012())
            .unknownKeywordFactory(DisallowUnknownKeywordFactory.getInstance())
            .build();
    private static final String HEAD = "format: 1\nname: one\nconfiguration: base.yaml\n";

    private static Schema schema(FileSchema kind) {
        return SchemaRegistry.withDialect(STRICT).getSchema(kind.json(Vocabularies.SMALL), InputFormat.JSON);
    }

    private static Stream<Named<ProblemFormat>> formats() {
        return ProblemFormat.ALL.stream().map(format -> Named.of(format.kind(), format));
    }

    private static JsonNode tree(String yaml) {
        return MAPPER.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    @ParameterizedTest
    @EnumSource
    void schemaFollowsItsDraft(FileSchema kind) {
        Schema draft = SchemaRegistry.withDialect(STRICT).getSchema(SchemaLocation.of(KeySchema.DRAFT));

        assertThat(draft.validate(kind.json(Vocabularies.SMALL), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void theSweepWithEveryKeyIsAcceptedAndDecoded() {
        String text = SweepKeys.example();

        assertThat(schema(FileSchema.SWEEP).validate(tree(text))).isEmpty();
        assertThat(SweepDecoder.decode("sweep.yaml", text.getBytes(StandardCharsets.UTF_8))
                        .points())
                .as("8 draws of 5 seeds at the 3 cells that are not left out")
                .hasSize(120);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seeds: 3",
                "seeds: [1, 2]",
                "exclude: {a: 1}\\ngrid: {a: [1, 2]}",
                "grid: {a: [{x.y: 1, z.y: 2}, {n: 1}]}"
            })
    void schemaOfSweepsAcceptsWhatTheDecoderAccepts(String more) {
        String text = HEAD + more.replace("\\n", "\n");

        assertThatCode(() -> SweepDecoder.decode("sweep.yaml", text.getBytes(StandardCharsets.UTF_8)))
                .doesNotThrowAnyException();
        assertThat(schema(FileSchema.SWEEP).validate(tree(text))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sed: 1",
                "set: 3",
                "seeds: 0-4",
                "seeds: [1, 1]",
                "seeds: []",
                "grid: {a: 3}",
                "grid: {a: []}",
                "random: {a: {low: 1, high: 2}}",
                "random: {draws: 0, a: {low: 1, high: 2}}",
                "random: {draws: 1, a: {low: 1}}",
                "random: {draws: 1, a: {low: 1, high: 2, scale: square}}",
                "random: {draws: 1, a: {low: 1, high: 2, hihg: 3}}",
                "exclude: 3",
                "exclude: [{}]",
                "require: {completeShare: 2}",
                "require: {lowergap: 2}",
                "reference: 3"
            })
    void schemaOfSweepsRefusesWhatTheDecoderRefuses(String more) {
        String text = HEAD + more;

        assertThatThrownBy(() -> SweepDecoder.decode("sweep.yaml", text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ConfigurationException.class);
        assertThat(schema(FileSchema.SWEEP).validate(tree(text))).isNotEmpty();
    }

    /** The reader of problem files is held to the same declarations by ProblemFormatTest. */
    @ParameterizedTest
    @MethodSource("formats")
    void schemaOfProblemFilesAsksForWhatIsRequiredAndNothingElse(ProblemFormat format) throws IOException {
        Schema schema = schema(FileSchema.GAME);
        ObjectNode whole = (ObjectNode) MAPPER.readTree(format.example());

        assertThat(schema.validate(whole)).isEmpty();
        for (FileKey key : format.problem()) {
            ObjectNode file = whole.deepCopy();
            ((ObjectNode) file.path("problem")).remove(key.name());
            boolean needed = key.required() || format.together().contains(key.name());
            assertThat(schema.validate(file).isEmpty()).as(key.name()).isEqualTo(!needed);
            ((ObjectNode) file.path("problem")).put(key.name(), "text");
            assertThat(schema.validate(file)).as(key.name()).isNotEmpty();
        }
        ObjectNode misspelt = whole.deepCopy();
        ((ObjectNode) misspelt.path("at")).put("sigmaa", 1);
        assertThat(schema.validate(misspelt)).isNotEmpty();
        assertThat(schema.validate(whole.deepCopy().put("kind", "lasso"))).isNotEmpty();
        assertThat(schema.validate(whole.deepCopy().put("comment", "skipped"))).isEmpty();
    }
}
