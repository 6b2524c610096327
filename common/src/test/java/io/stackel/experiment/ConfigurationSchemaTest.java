package io.stackel.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationSchemaTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Fails on a keyword that is not of the draft. */
    private static final Dialect STRICT = Dialect.builder(Dialects.getDraft202012())
            .unknownKeywordFactory(DisallowUnknownKeywordFactory.getInstance())
            .build();

    private static final String LEAST = """
            {"format": 1, "name": "x", "problem": PROBLEM, "policy": {"name": "tabular-softmax"},
             "algorithm": {"name": "first-order", "sigma": 0.1}, "sampling": {"horizon": 200}}
            """;

    private final ConfigurationDecoder decoder = new ConfigurationDecoder(Vocabularies.SMALL);
    private final String schema = ConfigurationSchema.json(Vocabularies.SMALL);
    private final Schema validator = SchemaRegistry.withDialect(STRICT).getSchema(schema, InputFormat.JSON);

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\": \"four-rooms\"}", "{\"name\": \"stackelberg\"}", "{\"file\": \"p.json\"}"})
    void schemaAcceptsWhatTheDecoderAcceptsAndItsResolvedForm(String problem) throws JsonProcessingException {
        String text = LEAST.replace("PROBLEM", problem);

        assertThat(accepts(text)).isTrue();
        assertThat(accepts(decoder.decode("t.json", text.getBytes(StandardCharsets.UTF_8), List.of())
                        .resolvedJson()))
                .isTrue();
    }

    /** Each change makes a configuration that the decoder refuses. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "/format, '2'",
                "/name, '\"Not A Name\"'",
                "/seed, '0.5'",
                "/sed, '1'",
                "/problem, '{\"name\": \"stackelberg\", \"walls\": true}'",
                "/problem, '{\"name\": \"four\"}'",
                "/problem, '{}'",
                "/problem, '{\"file\": \"p.json\", \"walls\": true}'",
                "/algorithm, '{\"name\": \"first-order\", \"sigma\": 1, \"sides\": \"three\"}'",
                "/upper, '{\"stepSize\": 0}'",
                "/upper, '{\"stepSize\": \"1\"}'",
                "/upper, '{\"units\": 0}'",
                "/lower, '{\"exploration\": 1}'",
                "/lower, '[]'",
                "/sampling, '{}'",
                "/stop, '{\"stationarityGap\": 0}'",
                "/stop, '{\"iterations\": null}'"
            })
    void schemaRefusesWhatTheDecoderRefuses(String pointer, String value) throws JsonProcessingException {
        ObjectNode configuration = (ObjectNode) MAPPER.readTree(LEAST.replace("PROBLEM", "{\"name\": \"four-rooms\"}"));
        configuration.set(pointer.substring(1), MAPPER.readTree(value));

        assertThat(accepts(configuration.toString())).isFalse();
        assertThat(catchThrowable(() ->
                        decoder.decode("t.json", configuration.toString().getBytes(StandardCharsets.UTF_8), List.of())))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void schemaFollowsTheDraftThatItNames() throws JsonProcessingException {
        SchemaLocation draft =
                SchemaLocation.of(MAPPER.readTree(schema).path("$schema").textValue());

        assertThat(SchemaRegistry.withDialect(STRICT).getSchema(draft).validate(schema, InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void everyKeyCarriesItsDefaultHelpAndEffect() throws JsonProcessingException {
        JsonNode tree = MAPPER.readTree(schema);

        assertThat(tree.at("/properties/upper/properties/stepSize").toString())
                .isEqualTo("{\"type\":\"number\",\"exclusiveMinimum\":0.0,\"default\":0.1,"
                        + "\"description\":\"Step size of x.\",\"$comment\":\"effect: identity\"}");
        assertThat(tree.at("/properties/upper/properties/units/maximum").toString())
                .isEqualTo("2147483647");
        assertThat(tree.at("/properties/stop/properties/samples/type").toString())
                .isEqualTo("[\"integer\",\"null\"]");
        assertThat(tree.at("/properties/stop/properties/iterations/$comment").textValue())
                .isEqualTo("effect: tunable");
        assertThat(tree.at("/properties/checkpoint/properties/keep/$comment").textValue())
                .isEqualTo("effect: free");
        assertThat(tree.at("/properties/lower/properties/valueHidden/default").toString())
                .as("a default that no resolved configuration has")
                .isEqualTo("[64,64]");
        assertThat(tree.at("/properties/stop/properties/samples/examples").toString())
                .isEqualTo("[1000000]");
        assertThat(tree.at("/required").toString())
                .isEqualTo("[\"problem\",\"policy\",\"algorithm\",\"format\",\"name\",\"sampling\"]");
    }

    private boolean accepts(String text) {
        return validator.validate(text, InputFormat.JSON).isEmpty();
    }
}
