package io.stackel.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stackel.experiment.ConfigurationDecoder;
import io.stackel.experiment.ConfigurationException;
import io.stackel.experiment.ExperimentConfiguration;
import io.stackel.experiment.ResolvedKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the values of a resolved configuration come from, as far as that can still be found: a key that takes the same
 * value when it is left out is as the default has it; every other one was given.
 */
final class Origins {

    private final ConfigurationDecoder decoder;
    private final String text;
    private final ExperimentConfiguration configuration;

    /**
     * Decodes a configuration and finds where each value comes from.
     *
     * @param text resolved, as JSON
     * @throws ConfigurationException if a name in it is unknown here, as one of a jar that is not on the class path
     */
    Origins(ConfigurationDecoder decoder, String text) {
        this.decoder = decoder;
        this.text = text;
        configuration = decode(text, decoder.ofRecords());
    }

    private static ExperimentConfiguration decode(String json, ConfigurationDecoder decoder) {
        return decoder.decode("recorded configuration", json.getBytes(StandardCharsets.UTF_8), List.of());
    }

    /** The decoded configuration. */
    ExperimentConfiguration configuration() {
        return configuration;
    }

    /** A table with a row for each key: its value and where that comes from. */
    Html table() {
        return new Table<>(
                        "Resolved configuration; a change of an identity or content key makes another run, of a tunable key"
                                + " extends this one, of a free key changes nothing",
                        List.copyOf(configuration.keys().entrySet()))
                .text("key", Map.Entry::getKey)
                .text("value", key -> String.valueOf(key.getValue().value()))
                .text("origin", key -> isDefault(key.getKey(), key.getValue().value()) ? "as the default" : "given")
                .text("effect", key -> key.getValue().effect().name().toLowerCase(Locale.ROOT))
                .html();
    }

    private boolean isDefault(String path, Object value) {
        try {
            ResolvedKey without = decode(without(path), decoder).keys().get(path);
            return without != null && without.value().equals(value);
        } catch (ConfigurationException needed) {
            return false;
        }
    }

    private String without(String path) {
        try {
            ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(text);
            int dot = path.indexOf('.');
            ((ObjectNode) (dot < 0 ? tree : tree.get(path.substring(0, dot)))).remove(path.substring(dot + 1));
            return tree.toString();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the configuration was decoded before, so it must be JSON", impossible);
        }
    }
}
